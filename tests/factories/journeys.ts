import { recordConsent } from "#app/contact-policy/contact-policy.server";
import { inShop } from "#app/db/in-shop.server";
import { newId } from "#app/db/id";
import { prisma } from "#app/db/pool.server";
import type { Order, Shop } from "#app/generated/prisma/client";
import { journeyOf, journeysOf, saveJourney, switchJourney } from "#app/journeys/journeys.server";
import type { JourneyDefinition } from "#app/journeys/definition";
import type { Telling } from "#app/journeys/moments.server";
import type { ReadyKey } from "#app/journeys/ready/ready-journeys";
import { AdminApiError, type AdminClient } from "#app/shops/admin-client";
import { journeysJobs, journeysSweeps } from "#app/worker/journeys-jobs.server";
import type { Ports } from "#app/worker/ports.server";
import { testPorts } from "./ports";

type ShopKey = Pick<Shop, "id">;
const LONG_AGO = new Date("2026-11-01T00:00:00Z");

/** Tells a fact as the queue does. */
export async function hears(shop: ShopKey, telling: Telling, now: Date): Promise<void> {
  await journeysJobs(testPorts({ now: () => now }))["journeys.hear"]({ shopId: shop.id, ...telling });
}

/** Runs every sweep of the journeys once, over all shops. */
export async function sweepJourneys(now: Date): Promise<void> {
  for (const sweep of journeysSweeps) await sweep.run(testPorts({ now: () => now }));
}

/** Runs the sweeps, then the journeys' jobs that they and earlier facts have started, until none is left. */
export async function sweepAndHear(now: Date, ports: Partial<Ports> = {}): Promise<void> {
  const handlers = journeysJobs(testPorts({ now: () => now, ...ports }));
  await sweepJourneys(now);
  for (let jobs = await takeJobs(); jobs.length > 0; jobs = await takeJobs()) {
    for (const { name, data } of jobs) await (handlers[name] as (payload: unknown) => Promise<void>)(data);
  }
}

/** The queue's own way asks each of its many queues in turn; this one is quicker. */
function takeJobs(): Promise<{ name: keyof ReturnType<typeof journeysJobs>; data: unknown }[]> {
  return prisma.$queryRaw`
    DELETE FROM pgboss.job WHERE name IN ('journeys.hear', 'journeys.fulfil-intent', 'journeys.learn') AND state = 'created'
    RETURNING name, data`;
}

/** "template state" of the shop's messages, in the order in which they were asked for. */
export async function messagesOf(shop: ShopKey): Promise<string[]> {
  const rows = await inShop(shop.id, (tx) =>
    tx.message.findMany({ orderBy: [{ queuedAt: "asc" }, { id: "asc" }] }),
  );
  return rows.map((row) => `${row.templateKey} ${row.state}`);
}

/** Switches exactly these ready journeys on, for everybody: nobody is held out. */
export async function onlyJourneys(shop: ShopKey, ...keys: ReadyKey[]): Promise<void> {
  await inShop(shop.id, async (tx) => {
    for (const { id, key, name } of await journeysOf(tx, shop.id, LONG_AGO)) {
      const isWanted = key !== null && keys.includes(key);
      await switchJourney(tx, shop.id, id, isWanted, LONG_AGO);
      if (!isWanted) continue;
      const { definition } = (await journeyOf(tx, shop.id, id))!;
      const form = { id, name, definition: { ...definition, holdoutPercent: 0 }, author: "", now: LONG_AGO };
      const saved = await saveJourney(tx, shop.id, form);
      if (saved.status !== "saved") throw new Error(JSON.stringify(saved));
    }
  });
}

const NOTHING_BUT: JourneyDefinition = {
  version: 1,
  trigger: { fact: "order.placed", filters: [] },
  steps: [],
  exits: [],
  reentry: { rule: "per-subject", afterDays: null },
  goal: null,
  holdoutPercent: 0,
};

/** A journey of the shop's own, switched on; everything that is not said is as plain as can be. */
export async function aJourney(shop: ShopKey, definition: Partial<JourneyDefinition>): Promise<string> {
  return inShop(shop.id, async (tx) => {
    const form = { name: "Test", definition: { ...NOTHING_BUT, ...definition }, author: "", now: LONG_AGO };
    const saved = await saveJourney(tx, shop.id, form);
    if (saved.status !== "saved") throw new Error(JSON.stringify(saved));
    await switchJourney(tx, shop.id, saved.id, true, LONG_AGO);
    return saved.id;
  });
}

/** The order's buyer agrees to marketing. */
export async function agreesToMarketing(shop: ShopKey, order: Order): Promise<void> {
  const whose = { channel: "email", address: order.email!, customerGid: order.customerGid } as const;
  await inShop(shop.id, (tx) =>
    recordConsent(
      tx,
      shop.id,
      { ...whose, state: "subscribed", source: "shopify", changedAt: LONG_AGO, sourceKey: order.gid },
      { secret: testPorts().secret },
    ),
  );
}

/** Something went wrong with the order's delivery. @returns the exception's id */
export async function anException(
  shop: ShopKey,
  kind: string,
  { orderGid, parcelId = null }: { orderGid: string; parcelId?: string | null },
  openedAt: Date,
): Promise<string> {
  const id = newId(openedAt);
  await inShop(shop.id, (tx) =>
    tx.deliveryException.create({
      data: { shopId: shop.id, id, kind, subject: parcelId ?? orderGid, orderGid, parcelId, openedAt },
    }),
  );
  return id;
}

/** Shopify as far as journeys write to it: codes are unique, and everything that was asked is kept. */
export function shopifyWrites() {
  const asked: { name: string; variables: Record<string, unknown> }[] = [];
  const codes = new Set<string>();
  let breakAfter: string | null = null;
  const admin: AdminClient = {
    async query<Data>(document: string, variables: Record<string, unknown> = {}): Promise<Data> {
      const name = /(?:mutation|query) (\w+)/.exec(document)![1]!;
      asked.push({ name, variables });
      const answer = answerTo(name, variables);
      if (breakAfter === name) {
        breakAfter = null;
        throw new AdminApiError("unreachable", "The answer got lost.");
      }
      return answer as Data;
    },
  };
  function answerTo(name: string, variables: Record<string, unknown>): unknown {
    switch (name) {
      case "CreateOfferDiscount": {
        const { code } = variables.discount as { code: string };
        if (codes.has(code)) throw new Error(`the code ${code} was asked for twice`);
        codes.add(code);
        const codeDiscountNode = { id: `gid://shopify/DiscountCodeNode/${codes.size}` };
        return { discountCodeBasicCreate: { codeDiscountNode, userErrors: [] } };
      }
      case "FindOfferDiscount":
        return {
          codeDiscountNodeByCode: codes.has(variables.code as string)
            ? { id: "gid://shopify/DiscountCodeNode/1" }
            : null,
        };
      case "TagCustomer":
        return { tagsAdd: { node: { id: variables.id }, userErrors: [] } };
      case "SetCustomerField":
        return { metafieldsSet: { metafields: [{ id: "1" }], userErrors: [] } };
      default:
        throw new Error(`not modelled: ${name}`);
    }
  }
  return {
    asked,
    codes,
    ports: { adminFor: async () => admin } satisfies Partial<Ports>,
    /** The next call of this name is carried out, but its answer gets lost. */
    loseAnswerOf: (name: string) => (breakAfter = name),
  };
}
