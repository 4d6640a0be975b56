import type { PoolClient } from "pg";
import { inShopRaw } from "#app/db/in-shop.server";
import { newId } from "#app/db/id";
import type { JudgedCandidate } from "#app/decisions/candidate";
import type { DecisionContext } from "#app/decisions/decision";
import { isHeldOut } from "#app/decisions/judge";
import { randomFrom } from "#app/decisions/random";
import { packCandidates } from "#app/decisions/pack-candidates";
import { verdictsOf } from "#app/decisions/verdicts";
import type { Shop } from "#app/generated/prisma/client";

export type Simulated = {
  people: number;
  /** Share of shown shoppers who add `addedMinor` to the order in hand. */
  taken: number;
  addedMinor: number;
  /** Share of all who come back, and of the shown ones beyond that. */
  returning: number;
  broughtBack: number;
  returningMinor: number;
  holdoutPercent: number;
  from: Date;
  days: number;
  /** Share of decisions of the held out that were lost before they were stored. */
  lost?: number;
};

/** What each shown shopper brings more than each held out one, minor units: the truth. */
export function trueUplift({ taken, addedMinor, broughtBack, returningMinor }: Simulated): number {
  return taken * addedMinor + broughtBack * returningMinor;
}

/**
 * Writes a shop's decisions and orders as the endpoint and the webhooks would have stored them: people in and out of
 * the real holdout, with amounts of long tails, some refunds and cancellations.
 */
export async function simulateShoppers(shop: Shop, offerId: string, plan: Simulated, seed: string) {
  const random = randomFrom(seed);
  const spread = () =>
    Math.exp(0.5 * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()) - 0.125);
  const decisions: object[] = [];
  const orders: object[] = [];
  const order = (number: string, customer: string, totalMinor: number, placedAt: Date) => {
    // A tenth is refunded in part, a fiftieth cancelled: in both arms alike.
    const refundedMinor = random() < 0.1 ? Math.round(totalMinor / 4) : 0;
    orders.push({
      shopId: shop.id,
      gid: `gid://shopify/Order/${number}`,
      name: `#${number}`,
      customerGid: customer,
      currency: shop.currency,
      totalMinor,
      refundedMinor,
      placedAt,
      cancelledAt: random() < 0.02 ? placedAt : null,
      shopifyUpdatedAt: placedAt,
    });
    return `gid://shopify/Order/${number}`;
  };
  for (let person = 0; person < plan.people; person++) {
    const customer = `gid://shopify/Customer/${person}`;
    const at = new Date(plan.from.getTime() + (plan.days * 86_400_000 * person) / plan.people);
    const holdout = isHeldOut(shop.id, customer, plan.holdoutPercent);
    const worth = Math.round(8_000 * spread());
    const added = !holdout && random() < plan.taken ? Math.round(plan.addedMinor * (0.5 + random())) : 0;
    const gid = order(`${shop.id}${person}`, customer, worth + added, at);
    const comesBack = random() < plan.returning + (holdout ? 0 : plan.broughtBack);
    if (comesBack) {
      const later = new Date(at.getTime() + 20 * 86_400_000 * random());
      order(
        `${shop.id}${person}0000`,
        customer,
        Math.round(plan.returningMinor * (0.2 + 1.6 * random())),
        later,
      );
    }
    if (holdout && random() < (plan.lost ?? 0)) continue;
    decisions.push(decisionRow(shop.id, { gid, customer, worth, at, holdout, offerId }));
  }
  await inShopRaw(shop.id, async (client) => {
    await insertAll(client, "Order", orders);
    await insertAll(client, "Decision", decisions);
  });
}

/** All rows in one statement: Prisma takes ten times as long for thousands. Columns left out get their defaults. */
export async function insertAll(client: PoolClient, table: string, rows: object[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = Object.keys(rows[0]!)
    .map((name) => `"${name}"`)
    .join(",");
  await client.query(
    `INSERT INTO "${table}" (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::"${table}", $1::jsonb)`,
    [JSON.stringify(rows)],
  );
}

type Met = { gid: string; customer: string; worth: number; at: Date; holdout: boolean; offerId: string };

function decisionRow(shopId: number, { gid, customer, worth, at, holdout, offerId }: Met): object {
  const id = newId(at);
  const context: DecisionContext = {
    orderValueMinor: worth,
    floorMinor: 16,
    forced: 0.02,
    limit: 1,
    holdout,
    eligible: true,
    drawn: !holdout,
    mayLink: true,
  };
  const candidate: JudgedCandidate = {
    ...{ kind: "offer", id: offerId, probability: 0.05, spread: 0.01, value: 1_000, score: 34 },
    ...(holdout ? { propensity: 0, reason: "holdout" as const } : { propensity: 1, position: 1 }),
    features: {},
  };
  return {
    ...{ shopId, id, surface: "thank-you", block: "offers", personKey: customer, customerGid: customer },
    ...{
      orderGid: gid,
      locale: "en",
      context,
      candidates: `\\x${packCandidates([candidate], verdictsOf([candidate])).toString("hex")}`,
    },
    ...{ seed: id, modelVersion: "test", decidedAt: at },
  };
}
