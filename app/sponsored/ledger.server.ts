import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import { waitForTurn } from "#app/db/wait-for-turn";
import { publish } from "#app/queue/queue.server";

/**
 * The ledger of sponsored offers: append-only entries from the shop's side, each written once (unique source key). The
 * database refuses to change one; a correction is another entry. Whoever reads a balance adds the entries up.
 *
 *   charge    an advertiser owes for a click or a sale          +   (− where we owe a partner)
 *   reversal  a charge is taken back                            −   (+ where a partner takes one back)
 *   share     the part of whoever runs this installation        −   (+ when its charge is taken back)
 *   payout    an advertiser paid, or we paid or paid back       −   (+)
 *
 * What a partner booked with us stands here under keys that begin with "partner:" (partner-money).
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
  await waitForTurn(tx, turnOf(shopId, cause));
  const entries = await entriesOf(tx, shopId, cause);
  const charged = entries.find(({ kind }) => kind === "charge");
  if (!charged) return null;
  // A partner may have agreed to a part only: then that is what is kept or taken back.
  const agreedMinor = charged.amountMinor + sumOf(entries.filter(isFollowing(cause, charged.id)));
  const keptMinor = Math.round(agreedMinor * kept);
  const reversedMinor = standingOf(entries) - keptMinor;
  if (reversedMinor <= 0) return { reversedMinor: 0, keptMinor: keptMinor + reversedMinor };
  const { advertiserId, campaignId, currency } = charged;
  const common = { advertiserId, campaignId, currency, note };
  // What stands only falls, so it names each step down.
  const step = keptMinor > 0 ? `${cause}:${keptMinor}` : cause;
  const reversal = { ...common, kind: "reversal" as const, amountMinor: -reversedMinor };
  const entryId = await append(tx, shopId, { ...reversal, sourceKey: `reversal:${step}` }, now);
  if (!entryId) return { reversedMinor: 0, keptMinor };
  await tellPartner(tx, shopId, entryId, advertiserId);
  await balanceShare(tx, shopId, { cause, step, note }, now);
  return { reversedMinor, keptMinor };
}

/**
 * What a partner agreed to of an entry that it was told: where that is not the whole, our ledger follows by an entry of its
 * own. What was taken back of a charge before is then the same part of less. The campaign's budget gets nothing back: what
 * the partner did not agree to is beyond what it offered.
 *
 * @param toldMinor as it was told: `tellableMinor`
 */
export async function settle(
  tx: Tx,
  shopId: ShopId,
  entryId: string,
  { toldMinor, agreedMinor }: { toldMinor: number; agreedMinor: number },
  now: Date,
): Promise<void> {
  const amountMinor = agreedMinor - toldMinor;
  if (amountMinor === 0) return;
  const told = await tx.sponsoredEntry.findUniqueOrThrow({ where: { shopId_id: { shopId, id: entryId } } });
  const { advertiserId, campaignId, currency } = told;
  const cause = causeOf(told.sourceKey);
  const step = `${cause}:${AGREED}:${entryId}`;
  const note = "The partner agreed to less";
  const entry = { advertiserId, campaignId, currency, note, kind: "reversal" as const };
  await waitForTurn(tx, turnOf(shopId, cause));
  if (!(await append(tx, shopId, { ...entry, amountMinor, sourceKey: `reversal:${step}` }, now))) return;
  if (told.kind === "charge")
    for (const { id, byMinor } of reversalsAnew(await entriesOf(tx, shopId, cause), agreedMinor)) {
      const sourceKey = `reversal:${cause}:${ANEW}:${id}`;
      await append(tx, shopId, { ...entry, note: ANEW_NOTE, amountMinor: byMinor, sourceKey }, now);
    }
  await balanceShare(tx, shopId, { cause, step, note }, now);
}

/** Marks, in their keys, of the entries by which our ledger follows a partner. */
const [AGREED, ANEW] = ["agreed", "anew"];
const ANEW_NOTE = "Part of what the partner agreed to";

/** Whoever reads the entries of a charge to write another one waits here for those that do the same. */
const turnOf = (shopId: ShopId, cause: string) => `sponsored-charge:${shopId}:${cause}`;

/** By how much each reversal of a charge changes, now that less of the charge was agreed to; none was told before. */
function reversalsAnew(entries: Stored[], agreedMinor: number): { id: string; byMinor: number }[] {
  const charged = entries.find(({ kind }) => kind === "charge")!;
  const reversals = entries
    .filter(({ kind, sourceKey }) => kind === "reversal" && !isOurFollowing(sourceKey))
    // What stands only falls: the one after which most stood came first.
    .sort((a, b) => keptIn(b) - keptIn(a));
  let [stands, standsAnew] = [charged.amountMinor, agreedMinor];
  return reversals.flatMap(({ id, amountMinor }) => {
    const before = standsAnew;
    stands += amountMinor;
    standsAnew = Math.round((agreedMinor * stands) / charged.amountMinor);
    const byMinor = standsAnew - before - amountMinor;
    return byMinor === 0 ? [] : [{ id, byMinor }];
  });
}

/** What stood after a reversal, as its key says. */
function keptIn({ sourceKey }: Stored): number {
  return Number(sourceKey.split(":")[3] ?? 0);
}

/** An entry as a partner is told it: a reversal as the part of what was agreed to. */
export function tellableMinor(
  { id, amountMinor }: Pick<Stored, "id" | "amountMinor">,
  entries: Stored[],
): number {
  const anew = entries.filter(({ sourceKey }) => sourceKey.endsWith(`:${ANEW}:${id}`));
  return amountMinor + sumOf(anew);
}

/** Written by our ledger to follow a partner; the partner is not told of it. */
export function isOurFollowing(sourceKey: string): boolean {
  return sourceKey.includes(`:${AGREED}:`) || sourceKey.includes(`:${ANEW}:`);
}

/** The entry by which our ledger followed what a partner agreed to of this one. */
function isFollowing(cause: string, entryId: string) {
  return ({ sourceKey }: { sourceKey: string }) => sourceKey === `reversal:${cause}:${AGREED}:${entryId}`;
}

const LATE_MS = 3 * 24 * 3_600_000;

/**
 * What was booked for a campaign before one of its entries, in that order, as far as a job may still be on its way to tell
 * it: it stands there for days, not for ever.
 */
export async function entriesBefore(
  tx: Tx,
  shopId: ShopId,
  { id, campaignId, advertiserId, happenedAt }: Place,
): Promise<string[]> {
  const since = new Date(happenedAt.getTime() - LATE_MS);
  const rows = await tx.sponsoredEntry.findMany({
    where: {
      ...{ shopId, campaignId, advertiserId, happenedAt: { gte: since, lte: happenedAt } },
      ...{ kind: { in: ["charge", "reversal"] }, NOT: { sourceKey: { startsWith: PARTNERS } } },
    },
    orderBy: [{ happenedAt: "asc" }, { id: "asc" }],
    select: { id: true, sourceKey: true },
  });
  const before = rows.slice(
    0,
    rows.findIndex((one) => one.id === id),
  );
  return before.filter(({ sourceKey }) => !isOurFollowing(sourceKey)).map((one) => one.id);
}

type Place = { id: string; campaignId: string | null; advertiserId: string; happenedAt: Date };

type Step = { cause: string; step: string; note: string };

/** The host's share is a part of what stands of its charge, also after that became less. */
async function balanceShare(tx: Tx, shopId: ShopId, { cause, step, note }: Step, now: Date): Promise<void> {
  const entries = await entriesOf(tx, shopId, cause);
  const charged = entries.find(({ kind }) => kind === "charge");
  const share = entries.find(({ sourceKey }) => sourceKey === `share:${cause}`);
  if (!charged || !share) return;
  const due = Math.round((share.amountMinor * standingOf(entries)) / charged.amountMinor);
  const amountMinor = due - sumOf(entries.filter(({ kind }) => kind === "share"));
  if (amountMinor === 0) return;
  const { advertiserId, campaignId, currency } = charged;
  const back = { advertiserId, campaignId, currency, note, kind: "share" as const, amountMinor };
  await append(tx, shopId, { ...back, sourceKey: `share-back:${step}` }, now);
}

type Stored = { id: string; kind: string; amountMinor: number; sourceKey: string };

/** All entries of the charge that an entry belongs to. */
export function entriesOfCause(tx: Tx, shopId: ShopId, sourceKey: string): Promise<Stored[]> {
  return entriesOf(tx, shopId, causeOf(sourceKey));
}

function entriesOf(tx: Tx, shopId: ShopId, cause: string) {
  const keys = CAUSED.map((kind) => `${kind}:${cause}`);
  const within = keys.map((key) => ({ sourceKey: { startsWith: `${key}:` } }));
  return tx.sponsoredEntry.findMany({ where: { shopId, OR: [{ sourceKey: { in: keys } }, ...within] } });
}

/** What the keys of a charge's entries begin with. */
const CAUSED = ["charge", "share", "reversal", "share-back"];

/** "click:<id>" of "charge:click:<id>" and of "reversal:click:<id>:<step>". */
function causeOf(sourceKey: string): string {
  return sourceKey.split(":").slice(1, 3).join(":");
}

/** What is left of a charge. */
function standingOf(entries: Stored[]): number {
  return sumOf(entries.filter(({ kind }) => kind === "charge" || kind === "reversal"));
}

function sumOf(entries: Stored[]): number {
  return entries.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

/** What a partner booked with us: its charges are what we owe. */
export function isPartnersEntry(sourceKey: string): boolean {
  return sourceKey.startsWith(PARTNERS);
}
export const PARTNERS = "partner:";

export type Payment = {
  advertiserId: string;
  /** Who paid: the advertiser, or we: what a partner is owed, or what an advertiser gets back. */
  paidBy?: "them" | "us";
  amountMinor: number;
  currency: string;
  note: string;
  /** Of the form that recorded it: sent twice, it is one payment. */
  key: string;
};

/** Somebody settled a part of what is owed. A partner's ledger gets it too. */
export async function recordPayout(tx: Tx, shopId: ShopId, payment: Payment, now: Date): Promise<boolean> {
  const { advertiserId, paidBy = "them", amountMinor, currency, note, key } = payment;
  const known = await tx.advertiser.findUnique({ where: { shopId_id: { shopId, id: advertiserId } } });
  if (!known) return false;
  const entry = {
    advertiserId,
    campaignId: null,
    kind: "payout" as const,
    amountMinor: paidBy === "us" ? amountMinor : -amountMinor,
    currency,
    note,
  };
  const entryId = await append(tx, shopId, { ...entry, sourceKey: `payout:${key}` }, now);
  if (entryId) await tellPartner(tx, shopId, entryId, advertiserId);
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

/** What is booked with a partner shop stands in its own ledger too, with the opposite sign. */
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
