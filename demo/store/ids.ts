// Shopify's ids: a number, and its GraphQL form gid://shopify/Type/number.
import { randomBytes, randomInt } from "node:crypto";

export function gid(type: string, id: number): string {
  return `gid://shopify/${type}/${id}`;
}

export function parseGid(value: string): { type: string; id: number } | undefined {
  const match = /^gid:\/\/shopify\/(\w+)\/(\d+)/.exec(value);
  return match ? { type: match[1]!, id: Number(match[2]) } : undefined;
}

/** The number of a gid of the given type; undefined for anything else. */
export function idOf(type: string, value: unknown): number | undefined {
  const parsed = typeof value === "string" ? parseGid(value) : undefined;
  return parsed?.type === type ? parsed.id : undefined;
}

export function secretToken(): string {
  return randomBytes(16).toString("hex");
}

const READABLE = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/** Nine letters and digits without look-alikes, as on Shopify's thank-you page. */
export function confirmationNumber(random: (limit: number) => number = randomInt): string {
  return Array.from({ length: 9 }, () => READABLE[random(READABLE.length)]).join("");
}
