import type { ShopId, Tx } from "#app/db/tx";
import { dayBeside, startOfDay } from "#app/shops/local-day";
import { isPartnersEntry, type EntryKind } from "./ledger.server";

/** A month of the ledger, for one advertiser or for the shop. Everything adds up: opening + entries = closing. */
export type StatementEntry = {
  id: string;
  advertiser: string;
  campaign: string;
  kind: EntryKind;
  amountMinor: number;
  currency: string;
  note: string;
  happenedAt: Date;
  /** A partner booked it with this shop. */
  isPartners: boolean;
};

export type Totals = Record<EntryKind, number> & {
  /** What advertisers owe for the period: charges less reversals. */
  billed: number;
  /** What the shop earned: billed less the host's share. */
  earned: number;
  /** What partners charged this shop, less reversals: negative. No part of what was earned. */
  partners: number;
};

export type Statement = {
  month: string;
  entries: StatementEntry[];
  totals: Totals;
  /** Owed by advertisers before the first and after the last moment of the month, minor units; negative: owed to them. */
  openingMinor: number;
  closingMinor: number;
};

export type StatementOf = { /** "2026-11" */ month: string; timezone: string; advertiserId?: string };

export async function statementOf(
  tx: Tx,
  shopId: ShopId,
  { month, timezone, advertiserId }: StatementOf,
): Promise<Statement> {
  const { from, to } = monthSpan(month, timezone);
  const scope = { shopId, ...(advertiserId ? { advertiserId } : {}) };
  const rows = await tx.sponsoredEntry.findMany({
    where: { ...scope, happenedAt: { gte: from, lt: to } },
    orderBy: [{ happenedAt: "asc" }, { kind: "asc" }, { id: "asc" }],
  });
  const names = await namesOf(tx, shopId);
  const before = await tx.sponsoredEntry.aggregate({
    where: { ...scope, kind: { not: "share" }, happenedAt: { lt: from } },
    _sum: { amountMinor: true },
  });
  const entries = rows.map((row) => ({
    ...{ id: row.id, kind: row.kind as EntryKind, amountMinor: row.amountMinor, currency: row.currency },
    ...{ note: row.note, happenedAt: row.happenedAt, isPartners: isPartnersEntry(row.sourceKey) },
    advertiser: names.advertisers.get(row.advertiserId) ?? "",
    campaign: names.campaigns.get(row.campaignId ?? "") ?? "",
  }));
  const totals = totalsOf(entries);
  const openingMinor = Number(before._sum.amountMinor ?? 0);
  const closingMinor = openingMinor + totals.billed + totals.partners + totals.payout;
  return { month, entries, totals, openingMinor, closingMinor };
}

function totalsOf(entries: Pick<StatementEntry, "kind" | "amountMinor" | "isPartners">[]): Totals {
  const sums: Record<EntryKind | "partners", number> = {
    ...{ charge: 0, reversal: 0, share: 0, payout: 0, partners: 0 },
  };
  for (const { kind, amountMinor, isPartners } of entries)
    sums[isPartners && kind !== "payout" ? "partners" : kind] += amountMinor;
  const billed = sums.charge + sums.reversal;
  return { ...sums, billed, earned: billed + sums.share };
}

/** Months that have entries, newest first, at most two years. */
export async function statementMonths(tx: Tx, shopId: ShopId, timezone: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ month: string }[]>`
    SELECT DISTINCT to_char("happenedAt" AT TIME ZONE ${timezone}, 'YYYY-MM') AS month FROM "SponsoredEntry"
    WHERE "shopId" = ${shopId} ORDER BY month DESC LIMIT 24`;
  return rows.map(({ month }) => month);
}

/** The month's first moment, and the next one's, in the shop's time zone. */
function monthSpan(month: string, timezone: string): { from: Date; to: Date } {
  const first = `${month}-01`;
  const next = `${dayBeside(first, 31).slice(0, 7)}-01`;
  return { from: startOfDay(first, timezone), to: startOfDay(next, timezone) };
}

async function namesOf(tx: Tx, shopId: ShopId) {
  const advertisers = await tx.advertiser.findMany({ where: { shopId }, select: { id: true, name: true } });
  const campaigns = await tx.sponsoredCampaign.findMany({
    where: { shopId },
    select: { id: true, name: true },
  });
  const byId = (rows: { id: string; name: string }[]) => new Map(rows.map(({ id, name }) => [id, name]));
  return { advertisers: byId(advertisers), campaigns: byId(campaigns) };
}
