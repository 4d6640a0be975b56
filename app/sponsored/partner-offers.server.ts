import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import { publish } from "#app/queue/queue.server";
import { localDay } from "#app/shops/local-day";
import { objectionTo } from "./block-rules";
import { CampaignFormSchema, campaignProblems, standingOf, type CampaignForm } from "./campaign";
import type { TheirStanding, TheirState } from "./partner";
import { takeBack } from "./partner-end.server";
import { advertiserOfPartner, partnerById } from "./partner-links.server";
import { owedByOffer } from "./partner-money.server";
import {
  campaignById,
  createCampaign,
  saveCampaign,
  spanOf,
  type ListedCampaign,
  type SponsoredShop,
} from "./sponsored.server";
import { sponsoredTerms } from "./terms.server";

/**
 * Offers that a shop lets its partner show. The one keeps the offer and hears what became of it, the other has a campaign
 * that its merchant approves; what it says and pays is only the first one's to change.
 */
export type SharedOffer = {
  id: string;
  linkId: string;
  name: string;
  terms: CampaignForm;
  withdrawn: boolean;
  theirState: TheirStanding;
};

/** @param self dates are judged in this shop's time zone; the partner's may end the day some hours apart */
export async function listSharedOffers(
  tx: Tx,
  { id: shopId, timezone }: Pick<SponsoredShop, "id" | "timezone">,
  now: Date,
): Promise<SharedOffer[]> {
  const rows = await tx.partnerOffer.findMany({
    where: { shopId },
    orderBy: { createdAt: "desc" },
    take: 200,
  });
  const owed = await owedByOffer(tx, shopId);
  return rows.map(({ id, linkId, name, withdrawn, ...row }) => {
    const terms = row.terms as CampaignForm;
    const status = row.theirState as TheirState;
    const running = { ...terms, ...spanOf(terms, timezone), spentMinor: owed.get(id) ?? 0 };
    const theirState = status === "live" ? standingOf({ ...running, status }, now) : status;
    return { id, linkId, name, terms, withdrawn, theirState };
  });
}

export async function shareOffer(
  tx: Tx,
  self: SponsoredShop & { domain: string },
  linkId: string,
  terms: CampaignForm,
  now: Date,
): Promise<
  | { status: "shared"; id: string }
  | { status: "invalid"; problems: Record<string, string> }
  | { status: "no-partner" }
> {
  const link = await partnerById(tx, self.id, linkId);
  if (link?.state !== "active") return { status: "no-partner" };
  // Over there we are the advertiser: the offer leads to our own shop. Currency and least price are the partner's affair.
  const reserve = { cpc: 0, cpa: 0 };
  const problems = campaignProblems(terms, {
    domain: self.domain,
    shopCurrency: terms.currency,
    reserve,
    spentMinor: 0,
    lastDay: { today: localDay(now, self.timezone), before: null },
  });
  if (Object.keys(problems).length > 0) return { status: "invalid", problems };
  const id = newId(now);
  await tx.partnerOffer.create({
    data: { shopId: self.id, id, linkId, name: terms.name, terms, createdAt: now, updatedAt: now },
  });
  await publish(tx, "partner.offer-changed", { shopId: self.id, offerId: id });
  return { status: "shared", id };
}

export async function withdrawOffer(
  tx: Tx,
  shopId: ShopId,
  id: string,
  withdrawn: boolean,
  now: Date,
): Promise<boolean> {
  const changed = await tx.partnerOffer.updateMany({
    where: { shopId, id, withdrawn: !withdrawn },
    data: { withdrawn, updatedAt: now },
  });
  if (changed.count > 0) await publish(tx, "partner.offer-changed", { shopId, offerId: id });
  return changed.count > 0;
}

export type ToldOffer = { fromDomain: string; offerId: string; terms: unknown; withdrawn: boolean };

/** A partner's offer arrives here and becomes a campaign that waits for this merchant's approval. */
export async function hearOffer(
  tx: Tx,
  self: SponsoredShop,
  told: ToldOffer,
  now: Date,
): Promise<TheirState> {
  const advertiser = await advertiserOfPartner(tx, self.id, told.fromDomain);
  const terms = CampaignFormSchema.safeParse(told.terms);
  if (!advertiser || !terms.success) return "refused";
  const key = { shopId: self.id, advertiserId: advertiser.id, sourceKey: told.offerId };
  const known = await tx.sponsoredCampaign.findUnique({ where: { shopId_advertiserId_sourceKey: key } });
  if (told.withdrawn) {
    await takeBack(tx, key, now);
    return "archived";
  }
  const form: CampaignForm = { ...terms.data, disclosure: "partner" };
  const { advertiserId, sourceKey } = key;
  const saved = known
    ? await saveCampaign(tx, self, known.id, form, now, { byOther: true })
    : await createCampaign(tx, self, { advertiserId, form, sourceKey }, now, { byOther: true });
  if (saved.status !== "saved") return "refused";
  // An offer that was withdrawn and comes back is judged anew.
  await tx.sponsoredCampaign.updateMany({
    where: { ...key, status: "archived" },
    data: { status: "waiting" },
  });
  return (await stateHere(tx, self.id, saved.id))!;
}

/** What the owner of a partner's offer is to hear of it; null where the campaign is not there. */
export async function stateHere(tx: Tx, shopId: ShopId, campaignId: string): Promise<TheirState | null> {
  const campaign = await campaignById(tx, shopId, campaignId);
  if (!campaign) return null;
  const { status, advertiser } = campaign;
  if (status === "archived" || status === "rejected") return status;
  if (advertiser.status !== "approved") return advertiser.status;
  return (await objectionAsState(tx, shopId, campaign)) ?? status;
}

const OBJECTIONS = { blocked: "blocked", "too-low": "refused" } as const;

async function objectionAsState(
  tx: Tx,
  shopId: ShopId,
  campaign: ListedCampaign,
): Promise<TheirState | null> {
  const objection = objectionTo(campaign, campaign.advertiser.domain, await sponsoredTerms(tx, shopId));
  return objection && OBJECTIONS[objection.kind];
}

/** What the partner decided about our offer arrives here. */
export async function hearState(
  tx: Tx,
  shopId: ShopId,
  offerId: string,
  theirState: TheirState,
): Promise<void> {
  await tx.partnerOffer.updateMany({ where: { shopId, id: offerId }, data: { theirState } });
}
