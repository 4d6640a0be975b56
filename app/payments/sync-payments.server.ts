import type { ShopId, Tx } from "#app/db/tx";
import type { PaymentRanking, Prisma } from "#app/generated/prisma/client";
import type { AdminClient } from "#app/shops/admin-client";
import {
  activate,
  createCustomization,
  findCustomization,
  setConfig,
  type Outcome,
} from "./customization.server";
import { configOf } from "./learnt";
import { switchedOn } from "./pauses";

/**
 * Brings Shopify's payment customization to what the shop wants. The shop's row is the intent: its revision says what is
 * wanted, `syncedRevision` what Shopify has. Running twice, at once or after a crash makes one customization: before the
 * first call the row says "unknown", one job at a time talks to Shopify, and what is unknown is looked up before it is
 * made.
 */

type InShop = <Result>(work: (tx: Tx) => Promise<Result>) => Promise<Result>;
export type SyncPorts = { admin: AdminClient; inShop: InShop; now: Date };

const TITLE = "Postlude: likely payment methods first";
/** Longer than the calls of one job can take. After it, the job is taken for dead. */
const LEASE_MS = 60_000;

/** @throws where Shopify could not be reached, or another job is at it; the job is then tried again */
export async function syncPayments(
  shopId: ShopId,
  { admin, inShop, now }: SyncPorts,
): Promise<{ status: "done" | "nothing-to-do" | "failed" }> {
  const wanted = await inShop((tx) => takeIntent(tx, shopId, now));
  if (!wanted) return { status: "nothing-to-do" };
  try {
    const outcome = await bringUpToDate(admin, wanted);
    await inShop((tx) => settle(tx, wanted, outcome, now));
    return { status: outcome.status === "done" ? "done" : "failed" };
  } finally {
    await inShop((tx) =>
      tx.paymentRanking.updateMany({ where: { shopId, askedAt: now }, data: { askedAt: null } }),
    );
  }
}

async function takeIntent(tx: Tx, shopId: ShopId, now: Date): Promise<PaymentRanking | null> {
  const ranking = await tx.paymentRanking.findUnique({ where: { shopId } });
  if (!ranking || ranking.revision === ranking.syncedRevision) return null;
  const lapsed = new Date(now.getTime() - LEASE_MS);
  const taken = await tx.paymentRanking.updateMany({
    where: { shopId, OR: [{ askedAt: null }, { askedAt: { lt: lapsed } }] },
    data: { syncState: "unknown", askedAt: now },
  });
  if (taken.count === 0) throw new Error("another job is telling Shopify about the payment step");
  return ranking;
}

/** Never switched on: nothing is made only to be switched off. */
async function bringUpToDate(
  admin: AdminClient,
  wanted: PaymentRanking,
): Promise<Outcome<{ gid: string | null }>> {
  let gid = wanted.customizationGid;
  if (gid) {
    const told = await tell(admin, gid, wanted);
    if (told.status !== "gone") return told;
    gid = null; // somebody deleted it in Shopify
  }
  const found = await findCustomization(admin);
  if (found.status !== "done") return found;
  if (!found.gid && !wanted.enabled) return { status: "done", gid: null };
  const made = found.gid
    ? { status: "done" as const, gid: found.gid }
    : await createCustomization(admin, TITLE);
  return made.status === "done" ? tell(admin, made.gid, wanted) : made;
}

async function tell(
  admin: AdminClient,
  gid: string,
  wanted: PaymentRanking,
): Promise<Outcome<{ gid: string }>> {
  const set = await setConfig(admin, gid, configOf(wanted));
  if (set.status !== "done") return set;
  const activated = await activate(admin, gid, wanted.enabled);
  return activated.status === "done" ? { status: "done", gid } : activated;
}

/** What was wanted meanwhile stays pending: its own job follows. */
async function settle(
  tx: Tx,
  wanted: PaymentRanking,
  outcome: Outcome<{ gid: string | null }>,
  now: Date,
): Promise<void> {
  const { shopId, revision } = wanted;
  if (outcome.status !== "done") {
    const syncError = outcome.status === "refused" ? outcome.problem : "The payment customization is gone.";
    await tx.paymentRanking.updateMany({
      where: { shopId, revision },
      data: { syncState: "failed", syncError },
    });
    return;
  }
  await tx.paymentRanking.update({
    where: { shopId },
    data: { customizationGid: outcome.gid, syncedRevision: revision, syncedAt: now },
  });
  await tx.paymentRanking.updateMany({
    where: { shopId, revision },
    data: { syncState: wanted.enabled || outcome.gid ? "done" : "idle", syncError: null },
  });
  if (wanted.enabled) await countFrom(tx, wanted, now);
}

/** Shopify has the order: figures begin, or go on after a pause. Read anew, for the merchant may have begun them anew meanwhile. */
async function countFrom(tx: Tx, { shopId, revision }: PaymentRanking, now: Date): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "PaymentRanking" WHERE "shopId" = ${shopId} FOR UPDATE`;
  const ranking = await tx.paymentRanking.findUniqueOrThrow({ where: { shopId } });
  const change = ranking.revision === revision ? switchedOn(ranking, now) : null;
  if (change)
    await tx.paymentRanking.update({ where: { shopId }, data: change as Prisma.PaymentRankingUpdateInput });
}
