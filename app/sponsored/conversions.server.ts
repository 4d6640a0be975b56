import { z } from "zod";
import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import { recordAcceptance } from "#app/decisions/outcomes.server";
import { localDay } from "#app/shops/local-day";
import { giveBack, spend } from "./budget.server";
import { noteEarnings, type ClickShop } from "./clicks.server";
import { charge, reverse } from "./ledger.server";
import { campaignById } from "./sponsored.server";
import { sponsoredTerms } from "./terms.server";

/**
 * Sales that advertisers report for clicks of ours. Each is written once, however often it is told, with what it cost or
 * why it cost nothing. What is paid is the price of the auction that the click won; nothing in the report can change it.
 */
export const PostbackSchema = z.object({
  kind: z.enum(["conversion", "reversal"]),
  /** The advertiser's own id of the sale. */
  conversionId: z.string().trim().min(1).max(200),
  clickId: z.uuid().optional(),
  /** What the sale was worth, minor units; for the advertiser's own comparison. */
  valueMinor: z.int().min(0).max(1_000_000_000_000).optional(),
  /** Of a reversal: what is left of the sale's value after all refunds so far; left out, nothing is. */
  netMinor: z.int().min(0).max(1_000_000_000_000).optional(),
});
export type Postback = z.infer<typeof PostbackSchema>;

/** Why a reported sale costs nothing. */
export type FreeReason =
  | "unknown-click" // no click of ours, or one that did not count
  | "foreign-click" // another advertiser's
  | "late" // more than 30 days after the click
  | "not-per-sale" // the click itself was paid for
  | "already-converted" // this click brought a sale before
  | "over-budget";

export type PostbackResult =
  | { status: "charged"; chargedMinor: number; currency: string }
  | { status: "not-charged"; reason: FreeReason }
  | { status: "already-recorded"; chargedMinor: number }
  /** `chargedMinor`: what the sale still costs. */
  | { status: "reversed"; reversedMinor: number; chargedMinor: number }
  /** A part can be given back only where the sale was told with its value. */
  | { status: "value-unknown" }
  | { status: "unknown-conversion" };

const WINDOW_DAYS = 30;

export async function recordPostback(
  tx: Tx,
  shop: ClickShop,
  advertiserId: string,
  postback: Postback,
  now: Date,
): Promise<PostbackResult> {
  if (postback.kind === "reversal") return reverseConversion(tx, shop, advertiserId, postback, now);
  const row = { shopId: shop.id, advertiserId, conversionId: postback.conversionId };
  // Written first: whoever tells the same at the same moment waits here, and then finds it.
  const written = await tx.sponsoredConversion.createMany({
    data: [
      { ...row, id: newId(now), reason: "unknown-click", valueMinor: postback.valueMinor, happenedAt: now },
    ],
    skipDuplicates: true,
  });
  const conversion = await tx.sponsoredConversion.findUniqueOrThrow({
    where: { shopId_advertiserId_conversionId: row },
  });
  if (written.count === 0) return { status: "already-recorded", chargedMinor: conversion.chargedMinor };
  const result = await settle(tx, shop, advertiserId, { ...postback, id: conversion.id }, now);
  await tx.sponsoredConversion.update({
    where: { shopId_id: { shopId: shop.id, id: conversion.id } },
    data: result.columns,
  });
  return result.columns.reason === null
    ? { status: "charged", chargedMinor: result.columns.chargedMinor, currency: result.currency }
    : { status: "not-charged", reason: result.columns.reason };
}

type Settled = {
  columns: { reason: FreeReason | null; chargedMinor: number; clickId?: string; campaignId?: string };
  currency: string;
};

async function settle(
  tx: Tx,
  shop: ClickShop,
  advertiserId: string,
  { id, clickId }: Postback & { id: string },
  now: Date,
): Promise<Settled> {
  const free = (reason: FreeReason, known = {}): Settled => ({
    columns: { reason, chargedMinor: 0, ...known },
    currency: "",
  });
  const click = clickId ? await lockClick(tx, shop.id, clickId) : undefined;
  if (!click) return free("unknown-click");
  if (click.advertiserId !== advertiserId) return free("foreign-click");
  const known = { clickId: click.id, campaignId: click.campaignId };
  const campaign = await campaignById(tx, shop.id, click.campaignId);
  // By what the click cost, not by what the campaign pays for today: it may have been changed since.
  if (!campaign || click.chargedMinor > 0) return free("not-per-sale", known);
  if (now.getTime() - click.happenedAt.getTime() > WINDOW_DAYS * 24 * 60 * 60 * 1000)
    return free("late", known);
  const before = await tx.sponsoredConversion.count({
    where: { shopId: shop.id, clickId: click.id, reason: null },
  });
  if (before > 0) return free("already-converted", known);
  const amountMinor = click.priceMinor;
  if (!(await spend(tx, shop.id, campaign.id, { amountMinor, day: localDay(now, shop.timezone) }))) {
    return free("over-budget", known);
  }
  const { sharePercent } = await sponsoredTerms(tx, shop.id);
  const { currency, name: note } = campaign;
  const cause = causeOf(id);
  const charged = { advertiserId, campaignId: campaign.id, amountMinor, currency, sharePercent, cause, note };
  const earned = await charge(tx, shop.id, charged, now);
  await recordAcceptance(tx, shop.id, click, now);
  await noteEarnings(tx, shop.id, click, { earned, currency });
  await tx.placement.updateMany({
    where: { shopId: shop.id, decisionId: click.decisionId, position: click.position },
    data: { convertedAt: now },
  });
  return { columns: { reason: null, chargedMinor: amountMinor, ...known }, currency };
}

type Click = {
  id: string;
  advertiserId: string;
  campaignId: string;
  decisionId: string;
  position: number;
  priceMinor: number;
  chargedMinor: number;
  happenedAt: Date;
};

/** Locked, so that two sales told at once for one click wait for one another. */
async function lockClick(tx: Tx, shopId: ShopId, id: string): Promise<Click | undefined> {
  const [click] = await tx.$queryRaw<Click[]>`
    SELECT id, "advertiserId", "campaignId", "decisionId", position, "priceMinor", "chargedMinor", "happenedAt" FROM "SponsoredClick"
    WHERE "shopId" = ${shopId} AND id = ${id}::uuid AND reason IS NULL
    FOR UPDATE`;
  return click && { ...click, priceMinor: Number(click.priceMinor) };
}

type Reversed = {
  id: string;
  clickId: string | null;
  campaignId: string | null;
  valueMinor: bigint | null;
  netMinor: bigint | null;
  happenedAt: Date;
};

/**
 * The sale was refunded, wholly or in part: charge, share and budget go back in proportion. Told twice is once, and the
 * least that is left counts: an older telling that comes late changes nothing.
 */
async function reverseConversion(
  tx: Tx,
  { id: shopId, timezone }: ClickShop,
  advertiserId: string,
  { conversionId, netMinor = 0 }: Postback,
  now: Date,
): Promise<PostbackResult> {
  const [conversion] = await tx.$queryRaw<Reversed[]>`
    SELECT id, "clickId", "campaignId", "valueMinor", "netMinor", "happenedAt" FROM "SponsoredConversion"
    WHERE "shopId" = ${shopId} AND "advertiserId" = ${advertiserId}::uuid AND "conversionId" = ${conversionId}
    FOR UPDATE`;
  if (!conversion) return { status: "unknown-conversion" };
  const value = Number(conversion.valueMinor ?? 0);
  if (netMinor > 0 && value === 0) return { status: "value-unknown" };
  const left = Math.min(netMinor, Number(conversion.netMinor ?? Infinity));
  const kept = left === 0 ? 0 : Math.min(1, left / value);
  const cause = causeOf(conversion.id);
  const note = kept === 0 ? "Refunded" : "Refunded in part";
  const reversal = await reverse(tx, shopId, { cause, kept, note }, now);
  if (!reversal) return { status: "reversed", reversedMinor: 0, chargedMinor: 0 };
  const { reversedMinor, keptMinor: chargedMinor } = reversal;
  if (reversedMinor > 0) {
    await tx.sponsoredConversion.update({
      where: { shopId_id: { shopId, id: conversion.id } },
      data: { netMinor: left, chargedMinor, ...(kept === 0 ? { reversedAt: now } : {}) },
    });
    const day = localDay(conversion.happenedAt, timezone);
    await giveBack(tx, shopId, conversion.campaignId!, { amountMinor: reversedMinor, day });
    await takeEarningsBack(tx, shopId, conversion.clickId!, kept);
  }
  return { status: "reversed", reversedMinor, chargedMinor };
}

async function takeEarningsBack(tx: Tx, shopId: ShopId, clickId: string, kept: number): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Placement" p SET "refundedMinor" = p."revenueMinor" - round(p."revenueMinor" * ${kept}::float8)::bigint
    FROM "SponsoredClick" c
    WHERE c."shopId" = ${shopId} AND c.id = ${clickId}::uuid
      AND p."shopId" = ${shopId} AND p."decisionId" = c."decisionId" AND p.position = c.position`;
}

function causeOf(id: string): string {
  return `conversion:${id}`;
}
