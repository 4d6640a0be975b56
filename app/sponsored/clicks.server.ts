import { addressHash } from "#app/db/seal";
import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import { waitForTurn } from "#app/db/wait-for-turn";
import { decisionById } from "#app/decisions/explain.server";
import { recordAcceptance, recordOutcome, type PlacementKey } from "#app/decisions/outcomes.server";
import type { Visit } from "#app/messages/human";
import { localDay } from "#app/shops/local-day";
import { secondPrice } from "./auction";
import { objectionTo } from "./block-rules";
import { spend } from "./budget.server";
import { isRunning } from "./campaign";
import { DAY, HOUR, invalidRule, type Company, type InvalidRule } from "./invalid-traffic";
import { charge } from "./ledger.server";
import { campaignById, type ListedCampaign } from "./sponsored.server";
import { reserveOf, type SponsoredTerms } from "./terms";
import { sponsoredTerms } from "./terms.server";

/**
 * Clicks on sponsored offers. Every visit is kept with its judgement; one per placement counts, and only that one may cost
 * the advertiser something. Judgement, budget, ledger and outcome are one transaction. The way leads where the campaign's
 * row says, never where the visitor says.
 */
export type ClickVisit = Visit & {
  /** The visitor's network address; kept as a keyed hash, for two days. */
  address: string;
};
export type ClickShop = { id: ShopId; timezone: string };
type Keys = { secret: string };

/**
 * What goes to the advertiser's page: the click's id, and whose it is (the last part of the address that takes reports), for
 * brands that are shown in several shops. Nothing about the person.
 */
const CLICK_PARAMETER = "pl_click";
const ACCOUNT_PARAMETER = "pl_account";

export async function recordClick(
  tx: Tx,
  shop: ClickShop,
  key: PlacementKey,
  visit: ClickVisit,
  keys: Keys,
): Promise<{ status: "gone" } | { status: "found"; url: string }> {
  const placement = await lockPlacement(tx, shop.id, key);
  const campaign = placement && (await campaignById(tx, shop.id, placement.candidateId));
  if (!campaign) return { status: "gone" };
  const terms = await sponsoredTerms(tx, shop.id);
  if (!mayLead(campaign, terms)) return { status: "gone" };

  const visitorHash = addressHash(keys.secret, shop.id, `${localDay(visit.at, "UTC")} ${visit.address}`);
  const counted = await tx.sponsoredClick.findFirst({ where: { shopId: shop.id, ...key, reason: null } });
  const company = await companyOf(tx, shop.id, campaign, placement, {
    counted: counted !== null,
    visitorHash,
    at: visit.at,
  });
  const rule = invalidRule(visit, placement.decidedAt, company);
  const click = { ...key, id: newId(visit.at), campaign, visitorHash, at: visit.at };
  if (rule) {
    await keep(tx, shop.id, click, { reason: rule });
    // A machine gets no id: nobody is to be paid for what it does.
    return { status: "found", url: landingUrl(shop.id, campaign, rule === "machine" ? null : counted?.id) };
  }
  await count(tx, shop, click, terms);
  return { status: "found", url: landingUrl(shop.id, campaign, click.id) };
}

/** Something rejected or blocked leads nowhere any more; something paused still does, for the shopper who has the page open. */
function mayLead(campaign: ListedCampaign, terms: SponsoredTerms): boolean {
  const { status, advertiser } = campaign;
  const isOpen = (status === "live" || status === "paused") && advertiser.status === "approved";
  return isOpen && objectionTo(campaign, advertiser.domain, terms)?.kind !== "blocked";
}

type Shown = { candidateId: string; personKey: string; decidedAt: Date };

/** Locked, so that two clicks at the same moment wait for one another. */
async function lockPlacement(
  tx: Tx,
  shopId: ShopId,
  { decisionId, position }: PlacementKey,
): Promise<Shown | undefined> {
  const [row] = await tx.$queryRaw<Shown[]>`
    SELECT "candidateId", "personKey", "decidedAt" FROM "Placement"
    WHERE "shopId" = ${shopId} AND "decisionId" = ${decisionId}::uuid AND position = ${position} AND kind = 'sponsored'
    FOR UPDATE`;
  return row;
}

async function companyOf(
  tx: Tx,
  shopId: ShopId,
  { advertiserId }: ListedCampaign,
  { personKey }: Shown,
  { counted, visitorHash, at }: { counted: boolean; visitorHash: string; at: Date },
): Promise<Company> {
  // Clicks on several links at once are counted one after the other. Always in this order, so that no two wait for one another.
  await waitForTurn(tx, `sponsored address ${shopId} ${visitorHash}`);
  await waitForTurn(tx, `sponsored person ${shopId} ${advertiserId} ${personKey}`);
  const since = (milliseconds: number) => new Date(at.getTime() - milliseconds);
  const [person] = await tx.$queryRaw<{ clicks: bigint }[]>`
    SELECT count(*) AS clicks FROM "Placement" p
    JOIN "SponsoredClick" c ON c."shopId" = p."shopId" AND c."decisionId" = p."decisionId" AND c.position = p.position
    WHERE p."shopId" = ${shopId} AND p."personKey" = ${personKey} AND p.kind = 'sponsored'
      AND c."advertiserId" = ${advertiserId}::uuid AND c.reason IS NULL AND c."happenedAt" > ${since(DAY)}`;
  return {
    isRepeated: counted,
    byPerson: Number(person!.clicks),
    byAddress: await tx.sponsoredClick.count({
      where: { shopId, visitorHash, reason: null, happenedAt: { gt: since(HOUR) } },
    }),
  };
}

type Click = PlacementKey & { id: string; campaign: ListedCampaign; visitorHash: string; at: Date };

/** The click that counts: charged where the campaign pays per click and has the budget. */
async function count(tx: Tx, shop: ClickShop, click: Click, terms: SponsoredTerms): Promise<void> {
  const { campaign, at } = click;
  const priceMinor = await priceOf(tx, shop.id, click, terms);
  const free = await whyFree(tx, shop, campaign, priceMinor, at);
  if (free) return keep(tx, shop.id, click, { reason: free });
  const isCharged = campaign.model === "cpc";
  await keep(tx, shop.id, click, { reason: null, priceMinor, chargedMinor: isCharged ? priceMinor : 0 });
  await recordOutcome(tx, shop.id, click, "click", at);
  if (!isCharged) return;
  const earned = await charge(
    tx,
    shop.id,
    {
      advertiserId: campaign.advertiserId,
      campaignId: campaign.id,
      amountMinor: priceMinor,
      currency: campaign.currency,
      sharePercent: terms.sharePercent,
      cause: `click:${click.id}`,
      note: campaign.name,
    },
    at,
  );
  await recordAcceptance(tx, shop.id, click, at);
  await noteEarnings(tx, shop.id, click, { earned, currency: campaign.currency });
}

/** Says why the click costs nothing, or takes its price from the budget; that of a sale is taken when it is reported. */
async function whyFree(
  tx: Tx,
  shop: ClickShop,
  campaign: ListedCampaign,
  amountMinor: number,
  now: Date,
): Promise<InvalidRule | null> {
  if (!isRunning(campaign, now)) return "not-running";
  if (campaign.model === "cpa") return null;
  const day = localDay(now, shop.timezone);
  return (await spend(tx, shop.id, campaign.id, { amountMinor, day })) ? null : "over-budget";
}

/** The second price, from the decision as it was stored; never above what the campaign bids by now. */
async function priceOf(tx: Tx, shopId: ShopId, click: Click, terms: SponsoredTerms): Promise<number> {
  const { bidMinor: bidNow, model } = click.campaign;
  const reserveMinor = Math.min(bidNow, reserveOf(terms, model));
  const decision = await decisionById(tx, shopId, click.decisionId);
  const winner = decision?.candidates.find(({ position }) => position === click.position);
  // The person was erased meanwhile: what the auction rested on went with them.
  if (!decision?.context || !winner) return reserveMinor;
  const { candidates, context } = decision;
  // What a yes was worth to the shop was its share of the bid: the scores are those of the bid of that moment.
  const bidMinor = Math.round((winner.value * 100) / terms.sharePercent);
  const price = secondPrice({ winner, candidates, costMinor: context.floorMinor, bidMinor, reserveMinor });
  return Math.min(bidNow, price);
}

type Judged = { reason: InvalidRule | null; priceMinor?: number; chargedMinor?: number };

/** A flood of visits to one link fills no table. */
const MOST_MARKED = 200;

async function keep(tx: Tx, shopId: ShopId, click: Click, judged: Judged): Promise<void> {
  const { id, decisionId, position, campaign, visitorHash, at } = click;
  if (judged.reason !== null) {
    const kept = await tx.sponsoredClick.count({ where: { shopId, decisionId, position } });
    if (kept >= MOST_MARKED) return;
  }
  await tx.sponsoredClick.create({
    data: {
      ...{ shopId, id, decisionId, position, visitorHash, happenedAt: at },
      ...{ campaignId: campaign.id, advertiserId: campaign.advertiserId },
      ...judged,
    },
  });
}

/** The placement knows what it brought, so that own and sponsored offers can be compared. */
export async function noteEarnings(
  tx: Tx,
  shopId: ShopId,
  { decisionId, position }: PlacementKey,
  { earned, currency }: { earned: number; currency: string },
): Promise<void> {
  await tx.placement.updateMany({
    where: { shopId, decisionId, position },
    data: { revenueMinor: earned, currency },
  });
}

function landingUrl(shopId: ShopId, campaign: ListedCampaign, clickId: string | null | undefined): string {
  const url = new URL(campaign.targetUrl);
  if (clickId) {
    url.searchParams.set(CLICK_PARAMETER, clickId);
    url.searchParams.set(ACCOUNT_PARAMETER, `${shopId}.${campaign.advertiserId}`);
  }
  return url.href;
}
