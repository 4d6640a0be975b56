import { randomUUID } from "node:crypto";

/**
 * Whether Postgres can read it as a UUID: it answers anything else with an error, not with "unknown". Ids from outside are
 * asked this before they reach a query.
 */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

/**
 * A UUID of version 7 (RFC 9562): 48 bits of time, then random bits. New rows land at the end of their index.
 * @param now business time in UTC
 */
export function newId(now: Date): string {
  const time = now.getTime().toString(16).padStart(12, "0");
  // The last 74 random bits of version 4 stand where version 7 has its own; Node draws them in bulk.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
