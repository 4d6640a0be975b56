// The stand-in for a carrier's own system that pushes plain JSON to the app. It says what AfterShip has no word for.
import type { Demo } from "../demo.ts";
import type { Connection, Told } from "./aggregator.ts";

/** What it can tell: key → its fields and words. */
export const FEED_EVENTS: Record<string, { status: string; handover?: string; message: string }> = {
  "safe-place": { status: "delivered", handover: "safe-place", message: "Left in the shed" },
  letterbox: { status: "delivered", handover: "letterbox", message: "Put into the letterbox" },
};

const connections = new WeakMap<Demo, Connection>();

/** `address` and `secret` as the app shows them once. */
export function connectFeed(demo: Demo, { address = "", secret = "" }: Partial<Connection>): Connection {
  const connection = { address: address.trim(), secret: secret.trim() };
  if (!URL.canParse(connection.address)) throw new Error("Paste the address that the app shows.");
  if (!connection.secret) throw new Error("Paste the secret that the app shows.");
  connections.set(demo, connection);
  return connection;
}

export function feedOf(demo: Demo): Connection | undefined {
  return connections.get(demo);
}

export async function tellByFeed(demo: Demo, number: string, key: string): Promise<Told> {
  const connection = connections.get(demo);
  if (!connection) throw new Error("The carrier's system does not know the app's address yet.");
  const event = FEED_EVENTS[key];
  if (!event) throw new Error(`The carrier's system has no event "${key}".`);
  const scan = { tracking_number: number, happened_at: demo.clock.iso(), ...event };
  const response = await fetch(connection.address, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${connection.secret}` },
    body: JSON.stringify({ scans: [scan] }),
  });
  demo.log.add("aggregator", `${key} of ${number} → ${response.status}`);
  return { status: response.status, answer: await response.text() };
}
