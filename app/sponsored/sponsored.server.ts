import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import { publish } from "#app/queue/queue.server";
import { dayBeside, localDay, startOfDay } from "#app/shops/local-day";
import { readAdvertiser, type Advertiser } from "./advertiser";
import { isPartnerGone } from "./advertisers.server";
import { objectionTo } from "./block-rules";
import {
  campaignProblems,
  readCampaign,
  type Campaign,
  type CampaignForm,
  type CampaignStatus,
  type CampaignTerms,
} from "./campaign";
import { sponsoredTerms } from "./terms.server";
import { reserveOf } from "./terms";

/**
 * Sponsored offers as the merchant keeps them. Nothing is shown before both the advertiser and the campaign are approved,
 * whoever brought them. Clicks, conversions and money are behind doors of their own (clicks, conversions, ledger).
 */

/** Whose campaigns, and in which time zone and currency they run. */
export type SponsoredShop = { id: ShopId; timezone: string; currency: string };

export type ListedCampaign = Campaign & { advertiser: Advertiser; updatedAt: Date };
export type Saved =
  | { status: "saved"; id: string }
  | { status: "invalid"; problems: Record<string, string> }
  /** A partner's offer: what it pays and says is the partner's to change. */
  | { status: "theirs"; id: string }
  /** Somebody, or the feed, saved it since it was opened. */
  | { status: "changed" }
  | { status: "unknown" };

/** All campaigns, those that wait for approval first, then the newest. */
export async function listCampaigns(
  tx: Tx,
  shopId: ShopId,
  { archived = false } = {},
): Promise<ListedCampaign[]> {
  const rows = await tx.sponsoredCampaign.findMany({
    where: { shopId, status: archived ? "archived" : { not: "archived" } },
    include: { advertiser: true },
    orderBy: [{ status: "asc" }, { createdAt: "desc" }, { id: "desc" }],
    take: 300,
  });
  return rows.map(readListed);
}

function readListed(
  row: Parameters<typeof readCampaign>[0] & {
    advertiser: Parameters<typeof readAdvertiser>[0];
    updatedAt: Date;
  },
): ListedCampaign {
  return { ...readCampaign(row), advertiser: readAdvertiser(row.advertiser), updatedAt: row.updatedAt };
}

export async function campaignById(tx: Tx, shopId: ShopId, id: string): Promise<ListedCampaign | null> {
  const row = await tx.sponsoredCampaign.findUnique({
    where: { shopId_id: { shopId, id } },
    include: { advertiser: true },
  });
  return row && readListed(row);
}

/** As `campaignById`, and nobody else changes it until the transaction ends. */
export async function lockCampaign(tx: Tx, shopId: ShopId, id: string): Promise<ListedCampaign | null> {
  await tx.$queryRaw`
    SELECT 1 FROM "SponsoredCampaign" WHERE "shopId" = ${shopId} AND id = ${id}::uuid FOR UPDATE`;
  return campaignById(tx, shopId, id);
}

export type NewCampaign = {
  advertiserId: string;
  form: CampaignForm;
  /** Id where it comes from; its own id otherwise. */
  sourceKey?: string;
};

/**
 * A campaign that waits for approval. Told again under the same source key, it changes that one.
 *
 * @param byOther told by the advertiser's side: nobody else makes a partner's campaigns
 */
export async function createCampaign(
  tx: Tx,
  shop: SponsoredShop,
  { advertiserId, form, sourceKey }: NewCampaign,
  now: Date,
  { byOther = false } = {},
): Promise<Saved> {
  const advertiser = await tx.advertiser.findUnique({
    where: { shopId_id: { shopId: shop.id, id: advertiserId } },
  });
  if (!advertiser || (advertiser.source === "partner" && !byOther)) return { status: "unknown" };
  const lastDay = lastDayFor(shop, advertiser, null, now);
  const problems = await problemsOf(tx, shop, form, { domain: advertiser.domain, spentMinor: 0, lastDay });
  if (Object.keys(problems).length > 0) return { status: "invalid", problems };
  const id = newId(now);
  await tx.sponsoredCampaign.create({
    data: {
      ...{ shopId: shop.id, id, advertiserId, sourceKey: sourceKey ?? id, status: "waiting" },
      ...{ createdAt: now, updatedAt: now },
      ...columnsOf(form, shop.timezone),
    },
  });
  return { status: "saved", id };
}

/**
 * A partner's campaign is saved by the partner only: it would be charged for what it never agreed to.
 *
 * @param byOther told by the advertiser's side: what shoppers would see is then approved anew
 * @param seen when the campaign was last changed before the editor was opened. Where somebody changed it since, nothing is
 *   saved ("changed"): their work, or the feed's, would be lost without a word. Left out: saved whatever happened meanwhile.
 */
export async function saveCampaign(
  tx: Tx,
  shop: SponsoredShop,
  id: string,
  form: CampaignForm,
  now: Date,
  { byOther = false, seen }: { byOther?: boolean; seen?: Date } = {},
): Promise<Saved> {
  const campaign = await lockCampaign(tx, shop.id, id);
  if (!campaign) return { status: "unknown" };
  if (campaign.advertiser.source === "partner" && !byOther) return { status: "theirs", id };
  if (seen && campaign.updatedAt.getTime() !== seen.getTime()) return { status: "changed" };
  const problems = await problemsIn(tx, shop, campaign, form, now);
  if (Object.keys(problems).length > 0) return { status: "invalid", problems };
  const again =
    byOther && (campaign.status === "live" || campaign.status === "paused") && isSeenChange(campaign, form);
  await tx.sponsoredCampaign.update({
    where: { shopId_id: { shopId: shop.id, id } },
    data: { ...columnsOf(form, shop.timezone), updatedAt: now, ...(again ? { status: "waiting" } : {}) },
  });
  return { status: "saved", id };
}

function isSeenChange(campaign: Campaign, form: CampaignForm): boolean {
  return seenOf(campaign) !== seenOf(form);
}

/** What shoppers see, in an order that storing does not change. */
function seenOf({ texts, imageUrl, targetUrl, category, disclosure }: Campaign | CampaignForm): string {
  const words = Object.entries(texts).map(([locale, { title, body, action }]) => [
    locale,
    title,
    body,
    action,
  ]);
  return JSON.stringify([words.sort(), imageUrl, targetUrl, category, disclosure]);
}

/** What speaks against giving a campaign this form, by field. */
export function problemsIn(
  tx: Tx,
  shop: SponsoredShop,
  campaign: ListedCampaign,
  form: CampaignForm,
  now: Date,
): Promise<Record<string, string>> {
  const { advertiser, spentMinor } = campaign;
  const lastDay = lastDayFor(shop, advertiser, formOf(campaign, shop.timezone).endsOn, now);
  return problemsOf(tx, shop, form, { domain: advertiser.domain, spentMinor, lastDay });
}

async function problemsOf(
  tx: Tx,
  shop: SponsoredShop,
  form: CampaignForm,
  known: Pick<CampaignTerms, "domain" | "spentMinor" | "lastDay">,
) {
  const terms = await sponsoredTerms(tx, shop.id);
  const reserve = { cpc: reserveOf(terms, "cpc"), cpa: reserveOf(terms, "cpa") };
  return campaignProblems(form, { ...known, shopCurrency: shop.currency, reserve });
}

/** A partner's offer that is over may be told: it is only shown no longer, and the partner lives by another clock. */
function lastDayFor(
  { timezone }: SponsoredShop,
  { source }: { source: string },
  before: string | null,
  now: Date,
): CampaignTerms["lastDay"] {
  return source === "partner" ? undefined : { today: localDay(now, timezone), before };
}

/** From which states a step may be taken, and where it leads. */
const STEPS = {
  approve: { from: ["waiting", "rejected"], to: "live" },
  reject: { from: ["waiting", "live", "paused"], to: "rejected" },
  pause: { from: ["live"], to: "paused" },
  resume: { from: ["paused"], to: "live" },
  archive: { from: ["waiting", "live", "paused", "rejected"], to: "archived" },
  /** Takes a rejection or an archiving back: it waits for approval again, so that nothing goes live by accident. */
  reconsider: { from: ["rejected", "archived"], to: "waiting" },
} as const satisfies Record<string, { from: readonly CampaignStatus[]; to: CampaignStatus }>;
export type CampaignStep = keyof typeof STEPS;

export type Moved = {
  /**
   * `partner-gone`: the partnership has ended, or the partner withdrew its offer or let it run out.
   * `blocked`: the shop's rules block its category, or a domain that it comes from or leads to.
   */
  status: "moved" | "not-possible" | "advertiser-not-approved" | "partner-gone" | "blocked";
};

export async function moveCampaign(
  tx: Tx,
  shopId: ShopId,
  id: string,
  step: CampaignStep,
  now: Date,
): Promise<Moved> {
  const { from, to } = STEPS[step];
  if (to === "live" || to === "waiting") {
    const campaign = await campaignById(tx, shopId, id);
    if (campaign && (await isTakenBack(tx, shopId, campaign, now))) return { status: "partner-gone" };
    if (to === "live" && campaign && campaign.advertiser.status !== "approved")
      return { status: "advertiser-not-approved" };
    if (to === "live" && campaign && (await isBlocked(tx, shopId, campaign))) return { status: "blocked" };
  }
  const moved = await tx.sponsoredCampaign.updateMany({
    where: { shopId, id, status: { in: [...from] } },
    // Whoever takes a step knows why it was paused.
    data: { status: to, heldBecause: null, updatedAt: now },
  });
  if (moved.count === 0) return { status: "not-possible" };
  await publish(tx, "campaign.judged", { shopId, campaignId: id });
  return { status: "moved" };
}

async function isBlocked(tx: Tx, shopId: ShopId, campaign: ListedCampaign): Promise<boolean> {
  const terms = await sponsoredTerms(tx, shopId);
  return objectionTo(campaign, campaign.advertiser.domain, terms)?.kind === "blocked";
}

/** Only the partner brings back what it took back. A withdrawn offer is over from that moment on. */
async function isTakenBack(
  tx: Tx,
  shopId: ShopId,
  { advertiser, endsAt }: ListedCampaign,
  now: Date,
): Promise<boolean> {
  if (advertiser.source !== "partner") return false;
  return (endsAt !== null && endsAt <= now) || (await isPartnerGone(tx, shopId, advertiser.id));
}

/** What the editor edits. */
export function formOf(campaign: Campaign, timezone: string): CampaignForm {
  const { name, category, texts, imageUrl, targetUrl, disclosure, countries, audience, model } = campaign;
  const { bidMinor, currency, budgetMinor, dailyBudgetMinor, startsAt, endsAt } = campaign;
  return {
    ...{ name, category, texts, imageUrl, targetUrl, disclosure, countries, audience, model },
    ...{ bidMinor, currency, budgetMinor, dailyBudgetMinor },
    startsOn: startsAt && localDay(startsAt, timezone),
    // The end is stored as the first moment after the last day.
    endsOn: endsAt && localDay(new Date(endsAt.getTime() - 1), timezone),
  };
}

function columnsOf({ startsOn, endsOn, imageUrl, ...form }: CampaignForm, timezone: string) {
  return { ...form, imageUrl: imageUrl || null, ...spanOf({ startsOn, endsOn }, timezone) };
}

/** From the first moment of the first day to the first after the last. */
export function spanOf({ startsOn, endsOn }: Pick<CampaignForm, "startsOn" | "endsOn">, timezone: string) {
  return {
    startsAt: startsOn ? startOfDay(startsOn, timezone) : null,
    endsAt: endsOn ? startOfDay(dayBeside(endsOn, 1), timezone) : null,
  };
}
