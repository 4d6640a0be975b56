import { acrossShops, inShop } from "#app/db/in-shop.server";
import type { ShopId, Tx } from "#app/db/tx";
import {
  dueEnrolments,
  fulfilIntent,
  hear,
  learnReplenishment,
  moveDue,
  ringClocks,
  seedBirthdays,
  seedLapses,
  seedReplenishment,
  shopsToLearnFrom,
  shopsWithDueJourneyClocks,
  type JourneyConfig,
} from "#app/journeys/journeys.server";
import { log } from "#app/log.server";
import { enqueue, type JobHandlers } from "#app/queue/queue.server";
import type { Ports, Sweep } from "./ports.server";

type JourneyJobs = "journeys.hear" | "journeys.learn" | "journeys.fulfil-intent";

export function journeysJobs(ports: Ports): Pick<JobHandlers, JourneyJobs> {
  return {
    "journeys.hear": ({ shopId, ...telling }) =>
      inShop(shopId, (tx) => hear(tx, shopId, telling, configOf(ports))),
    "journeys.learn": ({ shopId }) => learn(shopId, ports.now()),
    "journeys.fulfil-intent": ({ shopId, intentId }) => fulfil(ports, shopId, intentId),
  };
}

function configOf({ appUrl, secret, now }: Ports): JourneyConfig {
  return { appUrl, secret, now: now() };
}

/**
 * What the calendar needs to know about who was there before us, and when products are used up. Each part and each batch is
 * a transaction of its own: a large shop has time for all of them, and what is done stays done where a later one fails.
 * What takes all orders at once comes last.
 */
async function learn(shopId: ShopId, now: Date): Promise<void> {
  await forAllCustomers(shopId, (tx, after) => seedLapses(tx, shopId, now, after));
  await forAllCustomers(shopId, (tx, after) => seedBirthdays(tx, shopId, now, after));
  await inShop(shopId, (tx) => learnReplenishment(tx, shopId, now));
  await inShop(shopId, (tx) => seedReplenishment(tx, shopId, now));
}

type Batch = (tx: Tx, after: string) => Promise<string | null>;

async function forAllCustomers(shopId: ShopId, seed: Batch): Promise<void> {
  for (let after: string | null = ""; after !== null;) {
    const from: string = after;
    after = await inShop(shopId, (tx) => seed(tx, from));
  }
}

async function fulfil(ports: Ports, shopId: ShopId, intentId: string): Promise<void> {
  const shop = await inShop(shopId, (tx) => tx.shop.findUniqueOrThrow({ where: { id: shopId } }));
  if (shop.status !== "installed") return;
  await fulfilIntent(shopId, intentId, {
    admin: await ports.adminFor(shop.domain),
    inShop: (work) => inShop(shopId, work),
    now: ports.now(),
    currency: shop.currency,
  });
}

/** Found in one scan; moved in one transaction, short enough that nobody waits long for its rows. */
const SCAN = 1_000;
const CHUNK = 10;

/** Waits that are over. The index holds only who waits, so a million of them cost nothing until they are due. */
const moveOn: Sweep = {
  name: "journeys.move-due",
  everySeconds: 5,
  run: async (ports) => {
    const due = await acrossShops((tx) => dueEnrolments(tx, ports.now(), SCAN));
    const byShop = new Map<ShopId, string[]>();
    for (const { shopId, id } of due) byShop.set(shopId, (byShop.get(shopId) ?? []).concat(id));
    let moved = 0;
    for (const [shopId, ids] of byShop) {
      for (let at = 0; at < ids.length; at += CHUNK) {
        moved += await moveChunk(ports, shopId, ids.slice(at, at + CHUNK));
      }
    }
    return moved;
  },
};

async function moveChunk(ports: Ports, shopId: ShopId, ids: string[]): Promise<number> {
  try {
    const { moved, failures } = await inShop(shopId, (tx) => moveDue(tx, shopId, ids, configOf(ports)));
    for (const { id, error } of failures) log.error({ shopId, enrolment: id, error }, "journey step failed");
    return moved;
  } catch (error) {
    log.error({ shopId, error: String(error) }, "journeys did not move");
    return 0;
  }
}

/** Birthdays, days without an order, products that are used up. */
const ring: Sweep = {
  name: "journeys.ring-clocks",
  everySeconds: 30,
  run: async ({ now }) => {
    let rung = 0;
    for (const shopId of await acrossShops((tx) => shopsWithDueJourneyClocks(tx, now()))) {
      rung += await inShop(shopId, (tx) => ringClocks(tx, shopId, now()));
    }
    return rung;
  },
};

/** Habits drift slowly: once a week is enough. */
const learnWeekly: Sweep = {
  name: "journeys.learn",
  everySeconds: 6 * 3600,
  run: async ({ now }) => {
    for (const shopId of await acrossShops((tx) => shopsToLearnFrom(tx, now()))) {
      await inShop(shopId, (tx) => enqueue(tx, "journeys.learn", { shopId }));
    }
    return 0;
  },
};

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A request to Shopify whose job ran out of tries is asked again for a day. */
const askAgain: Sweep = {
  name: "journeys.ask-again",
  everySeconds: 900,
  run: async ({ now }) => {
    const at = now().getTime();
    const stuck = await acrossShops((tx) =>
      tx.journeyIntent.findMany({
        where: {
          state: { in: ["pending", "unknown"] },
          createdAt: { lt: new Date(at - 30 * MINUTE), gt: new Date(at - DAY) },
        },
        select: { shopId: true, id: true },
        take: 500,
      }),
    );
    for (const { shopId, id } of stuck) {
      await inShop(shopId, (tx) => enqueue(tx, "journeys.fulfil-intent", { shopId, intentId: id }));
    }
    return 0;
  },
};

export const journeysSweeps: Sweep[] = [moveOn, ring, learnWeekly, askAgain];
