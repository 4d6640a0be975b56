import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import { publish } from "#app/queue/queue.server";

/**
 * The ledger of sponsored offers: append-only entries from the shop's side, each written once (unique source key). The
 * database refuses to change one; a correction is another entry. Whoever reads a balance adds the entries up.
 *
 *   charge    an advertiser owes for a click or a sale          +   (− where we owe a partner)
 *   reversal  a charge is taken back                            −
 *   share     the part of whoever runs this installation        −   (+ when its charge is taken back)
 *   payout    an advertiser paid, or we paid a partner          −   (+)
 */
export type EntryKind = "charge" | "reversal" | "share" | "payout";

export type Charge = {
  advertiserId: string;
  campaignId: string;
  amountMinor: number;
  currency: string;
  /** The shop's part, 0..100. */
  sharePercent: number;
  /** What was charged, e.g. "click:<id>". */
  cause: string;
  note: string;
};

/** @returns what the shop earns of it, minor units */
export async function charge(tx: Tx, shopId: ShopId, charge: Charge, now: Date): Promise<number> {
  const { advertiserId, campaignId, amountMinor, currency, sharePercent, cause, note } = charge;
  const earned = Math.floor((amountMinor * sharePercent) / 100);
  const common = { advertiserId, campaignId, currency, note };
  const entry = { ...common, kind: "charge" as const, amountMinor, sourceKey: `charge:${cause}` };
  const entryId = await append(tx, shopId, entry, now);
  if (entryId) await tellPartner(tx, shopId, entryId, advertiserId);
  if (earned < amountMinor) {
    const share = { ...common, kind: "share" as const, amountMinor: earned - amountMinor };
    await append(tx, shopId, { ...share, sourceKey: `share:${cause}` }, now);
  }
  return earned;
}

/**
 * Takes a charge back with its share, wholly or down to the part that is kept. Each part is taken back once, however often
 * and in whatever order it is told: what was taken back stays so.
 *
 * @param kept share of the charge that stands, 0..1
 * @returns what this took back and what stands of the charge now, minor units; null where there was no such charge
 */
export async function reverse(
  tx: Tx,
  shopId: ShopId,
  { cause, kept, note }: { cause: string; kept: number; note: string },
  now: Date,
): Promise<{ reversedMinor: number; keptMinor: number } | null> {
  const entries = await tx.sponsoredEntry.findMany({
    where: { shopId, OR: CAUSED.map((kind) => ({ sourceKey: { startsWith: `${kind}:${cause}` } })) },
  });
  const charged = entries.find(({ kind }) => kind === "charge");
  if (!charged) return null;
  const standing = (kinds: string[]) =>
    entries.reduce((sum, { kind, amountMinor }) => sum + (kinds.includes(kind) ? amountMinor : 0), 0);
  const keptMinor = Math.round(charged.amountMinor * kept);
  const reversedMinor = standing(["charge", "reversal"]) - keptMinor;
  if (reversedMinor <= 0) return { reversedMinor: 0, keptMinor: keptMinor + reversedMinor };
  const { advertiserId, campaignId, currency } = charged;
  const common = { advertiserId, campaignId, currency, note };
  // What stands only falls, so it names each step down.
  const step = keptMinor > 0 ? `${cause}:${keptMinor}` : cause;
  const reversal = { ...common, kind: "reversal" as const, amountMinor: -reversedMinor };
  const entryId = await append(tx, shopId, { ...reversal, sourceKey: `reversal:${step}` }, now);
  if (!entryId) return { reversedMinor: 0, keptMinor };
  await tellPartner(tx, shopId, entryId, advertiserId);
  const share = entries.find(({ sourceKey }) => sourceKey === `share:${cause}`);
  const shareBack = share ? Math.round(share.amountMinor * kept) - standing(["share"]) : 0;
  if (shareBack !== 0) {
    const back = { ...common, kind: "share" as const, amountMinor: shareBack };
    await append(tx, shopId, { ...back, sourceKey: `share-back:${step}` }, now);
  }
  return { reversedMinor, keptMinor };
}

/** What the keys of a charge's entries begin with. */
const CAUSED = ["charge", "share", "reversal", "share-back"];

export type Payment = {
  advertiserId: string;
  amountMinor: number;
  currency: string;
  note: string;
  /** Of the form that recorded it: sent twice, it is one payment. */
  key: string;
};

/** The advertiser settled a part of what it owes. */
export async function recordPayout(tx: Tx, shopId: ShopId, payment: Payment, now: Date): Promise<boolean> {
  const { advertiserId, amountMinor, currency, note, key } = payment;
  const known = await tx.advertiser.count({ where: { shopId, id: advertiserId } });
  if (known === 0) return false;
  const entry = {
    advertiserId,
    campaignId: null,
    kind: "payout" as const,
    amountMinor: -amountMinor,
    currency,
    note,
  };
  await append(tx, shopId, { ...entry, sourceKey: `payout:${key}` }, now);
  return true;
}

export type Entry = {
  advertiserId: string;
  campaignId: string | null;
  kind: EntryKind;
  amountMinor: number;
  currency: string;
  sourceKey: string;
  note: string;
};

/** @returns the entry's id, or null where it is there already */
export async function append(tx: Tx, shopId: ShopId, entry: Entry, now: Date): Promise<string | null> {
  const id = newId(now);
  const written = await tx.sponsoredEntry.createMany({
    data: [{ shopId, id, happenedAt: now, ...entry }],
    skipDuplicates: true,
  });
  return written.count > 0 ? id : null;
}

/** What is charged to a partner shop stands in its own ledger too, as what it owes. */
async function tellPartner(tx: Tx, shopId: ShopId, entryId: string, advertiserId: string): Promise<void> {
  const partner = await tx.advertiser.count({ where: { shopId, id: advertiserId, source: "partner" } });
  if (partner > 0) await publish(tx, "partner.charged", { shopId, entryId });
}

/** What each advertiser owes: charges less reversals and payments, minor units. Negative: we owe them. */
export async function balances(tx: Tx, shopId: ShopId): Promise<Map<string, number>> {
  const sums = await tx.sponsoredEntry.groupBy({
    by: ["advertiserId"],
    where: { shopId, kind: { not: "share" } },
    _sum: { amountMinor: true },
  });
  return new Map(sums.map(({ advertiserId, _sum }) => [advertiserId, Number(_sum.amountMinor ?? 0)]));
}
