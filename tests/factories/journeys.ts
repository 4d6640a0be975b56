import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { journeysOf, switchJourney } from "#app/journeys/journeys.server";
import type { Telling } from "#app/journeys/moments.server";
import type { ReadyKey } from "#app/journeys/ready/ready-journeys";
import { journeysJobs, journeysSweeps } from "#app/worker/journeys-jobs.server";
import type { Ports } from "#app/worker/ports.server";
import { testPorts } from "./ports";

const LONG_AGO = new Date("2026-11-01T00:00:00Z");
type ShopKey = Pick<Shop, "id">;

/** Tells a fact as the queue does. */
export async function hears(shop: ShopKey, telling: Telling, now: Date): Promise<void> {
  await journeysJobs(testPorts({ now: () => now }))["journeys.hear"]({ shopId: shop.id, ...telling });
}

/** Runs every sweep of the journeys once, over all shops. */
export async function sweepJourneys(now: Date, ports: Partial<Ports> = {}): Promise<void> {
  for (const sweep of journeysSweeps) await sweep.run(testPorts({ now: () => now, ...ports }));
}

/** "template state" of the shop's messages, in the order in which they were asked for. */
export async function messagesOf(shop: ShopKey): Promise<string[]> {
  const rows = await inShop(shop.id, (tx) =>
    tx.message.findMany({ orderBy: [{ queuedAt: "asc" }, { id: "asc" }] }),
  );
  return rows.map((row) => `${row.templateKey} ${row.state}`);
}

/** Switches exactly these ready journeys on. */
export async function onlyJourneys(shop: ShopKey, ...keys: ReadyKey[]): Promise<Record<string, string>> {
  return inShop(shop.id, async (tx) => {
    const journeys = await journeysOf(tx, shop.id, LONG_AGO);
    for (const { id, key } of journeys) {
      await switchJourney(tx, shop.id, id, key !== null && keys.includes(key), LONG_AGO);
    }
    return Object.fromEntries(journeys.flatMap(({ id, key }) => (key ? [[key, id]] : [])));
  });
}
