// The stand-in for a tracking aggregator: it signs and sends AfterShip's webhook `tracking_update` about a parcel, with all
// checkpoints so far, as AfterShip does.
import { createHmac, randomUUID } from "node:crypto";
import type { Demo } from "../demo.ts";

/** Where the app wants to be told, and the secret that the merchant pasted there. */
export type Connection = { address: string; secret: string };
export type Told = { status: number; answer: string };

type Checkpoint = { tag: string; subtag: string; message: string; city: string | null; at: string };

export const DEFAULT_SECRET = "demo-aftership-secret";

/** What it can tell: sub-status → its words. */
export const EVENTS: Record<string, string> = {
  InTransit_007: "Departed from the sorting centre",
  OutForDelivery_001: "Out for delivery",
  AttemptFail_002: "Nobody was at home",
  AvailableForPickup_001: "Waits at the pickup point",
  Delivered_001: "Delivered",
  Delivered_002: "Fetched by the customer",
  Delivered_003: "Delivered and signed for",
  Delivered_005: "Left with a neighbour",
  Exception_005: "Delayed by the weather",
  Exception_007: "The address is wrong",
  Exception_010: "On its way back to the sender",
  Exception_012: "Damaged",
  Exception_013: "Lost",
};

const connections = new WeakMap<Demo, Connection>();
const checkpoints = new Map<string, Checkpoint[]>();

export function connect(demo: Demo, { address = "", secret = "" }: Partial<Connection>): Connection {
  const connection = { address: address.trim(), secret: secret.trim() || DEFAULT_SECRET };
  if (!URL.canParse(connection.address)) throw new Error("Paste the address that the app shows.");
  connections.set(demo, connection);
  return connection;
}

export function connectionOf(demo: Demo): Connection | undefined {
  return connections.get(demo);
}

/** What it tells of one box. `days`: from now, the day on which the carrier expects to be there. */
export type News = { number: string; subtag: string; city?: string | null; days?: number | null };

/** Tells the app what happened to the parcel just now. */
export async function tell(demo: Demo, { number, subtag, city = null, days = null }: News): Promise<Told> {
  const connection = connections.get(demo);
  if (!connection) throw new Error("The aggregator does not know the app's address yet.");
  const message = EVENTS[subtag];
  if (!message) throw new Error(`The aggregator has no event "${subtag}".`);
  const tag = subtag.split("_")[0]!;
  const told = [...(checkpoints.get(number) ?? []), { tag, subtag, message, city, at: demo.clock.iso() }];
  checkpoints.set(number, told);
  const expected = days === null ? null : new Date(demo.clock.now().getTime() + days * 86_400_000);
  const body = JSON.stringify(updateOf(number, told, expected?.toISOString() ?? null));
  const signature = createHmac("sha256", connection.secret).update(body).digest("base64");
  const response = await fetch(connection.address, {
    method: "POST",
    headers: { "content-type": "application/json", "aftership-hmac-sha256": signature },
    body,
  });
  const answer = await response.text();
  demo.log.add("aggregator", `${subtag} of ${number} → ${response.status}`);
  return { status: response.status, answer };
}

function updateOf(number: string, told: Checkpoint[], expected: string | null) {
  const newest = told.at(-1)!;
  return {
    ts: Math.floor(new Date(newest.at).getTime() / 1000),
    event: "tracking_update",
    event_id: randomUUID(),
    is_tracking_first_tag: told.filter(({ tag }) => tag === newest.tag).length === 1,
    msg: {
      id: randomUUID().replaceAll("-", "").slice(0, 24),
      tracking_number: number,
      slug: "demo-carrier",
      active: true,
      tag: newest.tag,
      subtag: newest.subtag,
      subtag_message: newest.message,
      expected_delivery: expected,
      checkpoints: told.map(({ tag, subtag, message, city, at }) => ({
        slug: "demo-carrier",
        created_at: at,
        checkpoint_time: at,
        tag,
        subtag,
        subtag_message: message,
        message,
        city,
        location: city,
        country_iso3: null,
        state: null,
        zip: null,
        coordinates: [],
      })),
    },
  };
}
