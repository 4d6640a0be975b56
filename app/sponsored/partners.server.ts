import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import { log } from "#app/log.server";
import { publish } from "#app/queue/queue.server";
import { addAdvertiser } from "./advertisers.server";
import type { CampaignForm } from "./campaign";
import { CampaignFormSchema, campaignProblems } from "./campaign";
import { append, type EntryKind } from "./ledger.server";
import { stateAfter, type PartnerLink, type PartnerState, type TheirState } from "./partner";
import { createCampaign, saveCampaign, type SponsoredShop } from "./sponsored.server";

/**
 * The partner exchange. Each shop has rows of its own and never sees the other's; what one side does is carried to the
 * other by a job, which works in one shop at a time. No personal data crosses: links, offers, states and amounts only.
 */
type Self = SponsoredShop & { domain: string; name: string };

export async function listPartners(tx: Tx, shopId: ShopId): Promise<PartnerLink[]> {
  const rows = await tx.partnerLink.findMany({
    where: { shopId },
    orderBy: [{ state: "asc" }, { createdAt: "desc" }],
  });
  return rows.map(({ id, partnerDomain, partnerName, state }) => ({ id, partnerDomain, partnerName, state }));
}

export async function partnerById(tx: Tx, shopId: ShopId, id: string): Promise<PartnerLink | null> {
  return tx.partnerLink.findUnique({ where: { shopId_id: { shopId, id } } });
}

/** Asks another shop. Whether it exists is not told: that is nobody's business. */
export async function invitePartner(
  tx: Tx,
  self: Self,
  partnerDomain: string,
  now: Date,
): Promise<{ status: "invited" | "agreed" | "already" | "self" }> {
  if (partnerDomain === self.domain) return { status: "self" };
  const known = await tx.partnerLink.findUnique({
    where: { shopId_partnerDomain: { shopId: self.id, partnerDomain } },
  });
  if (known?.state === "active" || known?.state === "invited") return { status: "already" };
  // They asked before: then both want it.
  const state: PartnerState = known?.state === "asked" ? "active" : "invited";
  const id = await writeLink(tx, self.id, { partnerDomain, state, known }, now);
  await publish(tx, "partner.link-changed", { shopId: self.id, linkId: id });
  return { status: state === "active" ? "agreed" : "invited" };
}

export async function answerPartner(
  tx: Tx,
  shopId: ShopId,
  id: string,
  answer: "accept" | "end",
  now: Date,
): Promise<{ status: "done" | "not-possible" }> {
  const known = await tx.partnerLink.findUnique({ where: { shopId_id: { shopId, id } } });
  const possible = answer === "accept" ? known?.state === "asked" : known !== null && known.state !== "ended";
  if (!known || !possible) return { status: "not-possible" };
  const state = answer === "accept" ? "active" : "ended";
  await writeLink(tx, shopId, { partnerDomain: known.partnerDomain, state, known }, now);
  await publish(tx, "partner.link-changed", { shopId, linkId: id });
  return { status: "done" };
}

export type ToldLink = { from: { id: ShopId; domain: string; name: string }; state: PartnerState };

/** The other side's state arrives here, carried by the job. */
export async function hearLink(tx: Tx, shopId: ShopId, { from, state }: ToldLink, now: Date): Promise<void> {
  const known = await tx.partnerLink.findUnique({
    where: { shopId_partnerDomain: { shopId, partnerDomain: from.domain } },
  });
  const next = stateAfter(known?.state ?? null, state);
  if (!next || (next === known?.state && known.partnerShopId === from.id)) return;
  const link = {
    partnerDomain: from.domain,
    partnerName: from.name,
    partnerShopId: from.id,
    state: next,
    known,
  };
  const id = await writeLink(tx, shopId, link, now);
  // They only asked, and hear now that we had asked too.
  if (next === "active" && state === "invited")
    await publish(tx, "partner.link-changed", { shopId, linkId: id });
}

type LinkChange = {
  partnerDomain: string;
  partnerName?: string;
  partnerShopId?: ShopId;
  state: PartnerState;
  known: { id: string } | null;
};

async function writeLink(
  tx: Tx,
  shopId: ShopId,
  { known, ...change }: LinkChange,
  now: Date,
): Promise<string> {
  const id = known?.id ?? newId(now);
  const link = await tx.partnerLink.upsert({
    where: { shopId_id: { shopId, id } },
    create: { shopId, id, createdAt: now, updatedAt: now, ...change },
    update: { ...change, updatedAt: now },
  });
  await trustAdvertiser(tx, shopId, link, now);
  return id;
}

/** A partner stands among the advertisers: approved as long as both sides want it. */
async function trustAdvertiser(
  tx: Tx,
  shopId: ShopId,
  { id, state, partnerDomain, partnerName }: PartnerLink,
  now: Date,
): Promise<void> {
  const source = { source: "partner" as const, sourceKey: id };
  if (state === "active") {
    const name = partnerName || partnerDomain;
    await addAdvertiser(tx, shopId, { ...source, name, domain: partnerDomain, status: "approved" }, now);
  }
  await tx.advertiser.updateMany({
    where: { shopId, ...source, status: { not: "blocked" } },
    data: {
      status: state === "active" ? "approved" : "rejected",
      ...(partnerName ? { name: partnerName } : {}),
    },
  });
}

// ───────── offers that we let a partner show ─────────

export type SharedOffer = {
  id: string;
  linkId: string;
  name: string;
  terms: CampaignForm;
  withdrawn: boolean;
  theirState: TheirState;
};

export async function listSharedOffers(tx: Tx, shopId: ShopId): Promise<SharedOffer[]> {
  const rows = await tx.partnerOffer.findMany({
    where: { shopId },
    orderBy: { createdAt: "desc" },
    take: 200,
  });
  return rows.map((row) => ({
    ...row,
    terms: row.terms as CampaignForm,
    theirState: row.theirState as TheirState,
  }));
}

export async function shareOffer(
  tx: Tx,
  self: Self,
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
  const advertiserId = await advertiserOfPartner(tx, self.id, told.fromDomain);
  const terms = CampaignFormSchema.safeParse(told.terms);
  if (!advertiserId || !terms.success) return "refused";
  const key = { shopId: self.id, advertiserId, sourceKey: told.offerId };
  const known = await tx.sponsoredCampaign.findUnique({ where: { shopId_advertiserId_sourceKey: key } });
  if (told.withdrawn) {
    // Over from now on, so that the merchant here cannot bring back alone what was withdrawn there.
    await tx.sponsoredCampaign.updateMany({
      where: key,
      data: { status: "archived", endsAt: now, updatedAt: now },
    });
    return "archived";
  }
  const form: CampaignForm = { ...terms.data, disclosure: "partner" };
  const saved = known
    ? await saveCampaign(tx, self, known.id, form, now, { byOther: true })
    : await createCampaign(tx, self, { advertiserId, form, sourceKey: told.offerId }, now, { byOther: true });
  if (saved.status !== "saved") return "refused";
  // An offer that was withdrawn and comes back is judged anew.
  await tx.sponsoredCampaign.updateMany({
    where: { ...key, status: "archived" },
    data: { status: "waiting" },
  });
  const campaign = await tx.sponsoredCampaign.findUniqueOrThrow({
    where: { shopId_advertiserId_sourceKey: key },
  });
  return campaign.status;
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

export type ToldEntry = {
  fromShopId: ShopId;
  fromDomain: string;
  entryId: string;
  /** Our offer that the partner showed. */
  offerId: string | null;
  kind: EntryKind;
  amountMinor: number;
  currency: string;
  note: string;
};

/**
 * What a partner charges us for showing our offer stands in our ledger as what we owe it: never more than we offered,
 * whatever is charged over there.
 */
export async function hearCharge(tx: Tx, shopId: ShopId, told: ToldEntry, now: Date): Promise<void> {
  const advertiserId = await advertiserOfPartner(tx, shopId, told.fromDomain);
  if (!advertiserId) return;
  const { fromShopId, entryId, offerId, kind, currency, note } = told;
  const amountMinor = kind === "charge" ? await agreedMinor(tx, shopId, told) : told.amountMinor;
  if (amountMinor !== told.amountMinor)
    log.warn({ shopId, fromShopId, entryId, amountMinor }, "a partner charged more than was offered");
  if (amountMinor === 0) return;
  const entry = { advertiserId, campaignId: offerId, kind, amountMinor: -amountMinor, currency, note };
  await append(tx, shopId, { ...entry, sourceKey: `partner:${fromShopId}:${entryId}` }, now);
}

/** @returns the part of a charge that our offer covers: its bid at most, and what is left of its budget */
async function agreedMinor(
  tx: Tx,
  shopId: ShopId,
  { fromDomain, offerId, amountMinor, currency }: ToldEntry,
): Promise<number> {
  // Locked, so that two charges that are told at once do not both use what is left of the budget.
  const [offer] = await tx.$queryRaw<{ terms: CampaignForm }[]>`
    SELECT o.terms FROM "PartnerOffer" o
    JOIN "PartnerLink" l ON l."shopId" = o."shopId" AND l.id = o."linkId" AND l."partnerDomain" = ${fromDomain}
    WHERE o."shopId" = ${shopId} AND o.id = ${offerId}::uuid
    FOR UPDATE OF o`;
  if (offer?.terms.currency !== currency) return 0;
  const { bidMinor, budgetMinor } = offer.terms;
  const left = budgetMinor - (await owedMinor(tx, shopId, offerId));
  return Math.max(0, Math.min(amountMinor, bidMinor, left));
}

/** What was charged to us for one offer so far, less what was taken back. */
async function owedMinor(tx: Tx, shopId: ShopId, offerId: string | null): Promise<number> {
  const { _sum } = await tx.sponsoredEntry.aggregate({
    where: { shopId, campaignId: offerId, kind: { in: ["charge", "reversal"] } },
    _sum: { amountMinor: true },
  });
  return -Number(_sum.amountMinor ?? 0);
}

/** Also of a partner of the past: what was shown before the end is settled after it. */
async function advertiserOfPartner(tx: Tx, shopId: ShopId, domain: string): Promise<string | null> {
  const link = await tx.partnerLink.findUnique({
    where: { shopId_partnerDomain: { shopId, partnerDomain: domain } },
  });
  if (!link) return null;
  const key = { shopId, source: "partner", sourceKey: link.id };
  return (await tx.advertiser.findUnique({ where: { shopId_source_sourceKey: key } }))?.id ?? null;
}
