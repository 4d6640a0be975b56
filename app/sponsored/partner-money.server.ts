import type { ShopId, Tx } from "#app/db/tx";
import { log } from "#app/log.server";
import type { CampaignForm } from "./campaign";
import {
  append,
  entriesBefore,
  entriesOfCause,
  isOurFollowing,
  PARTNERS,
  tellableMinor,
  type EntryKind,
} from "./ledger.server";
import { advertiserOfPartner, shopOfPartner } from "./partner-links.server";

/**
 * Money between partners. What one side books with the other, charges, reversals and payments, is told to the other side,
 * which books it with the opposite sign and answers what it agreed to; the first side then follows (ledger: `settle`).
 * Each entry is booked once, however often it is told. No personal data crosses: offers and amounts only.
 */
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
  /** Of a reversal: the entries over there that belong to the same charge, itself among them. */
  ofCharge: string[];
};

export type Telling = {
  partnerShopId: ShopId;
  told: Omit<ToldEntry, "fromDomain">;
};

/**
 * What a partner is to hear before an entry: of a charge what was booked for its campaign before, in that order, since what
 * the partner agrees to depends on it; of a reversal its charge, since nothing can be taken back of what is not known yet.
 */
export async function toldBefore(tx: Tx, shopId: ShopId, entryId: string): Promise<Before> {
  const entry = await tx.sponsoredEntry.findUniqueOrThrow({ where: { shopId_id: { shopId, id: entryId } } });
  if (entry.kind === "charge") return { earlier: await entriesBefore(tx, shopId, entry), chargeId: null };
  const siblings = entry.kind === "reversal" ? await entriesOfCause(tx, shopId, entry.sourceKey) : [];
  return { earlier: [], chargeId: siblings.find(({ kind }) => kind === "charge")?.id ?? null };
}

type Before = { earlier: string[]; chargeId: string | null };

/** Those of a partner's entries that did not arrive here, in the order in which they were given. */
export async function notHeard(
  tx: Tx,
  shopId: ShopId,
  fromShopId: ShopId,
  entryIds: string[],
): Promise<string[]> {
  const keys = entryIds.map((id) => keyOf(fromShopId, id));
  const heard = await tx.$queryRaw<{ sourceKey: string }[]>`
    SELECT "sourceKey" FROM "SponsoredEntry"
    WHERE "shopId" = ${shopId} AND "sourceKey" = ANY(${keys}::text[])`;
  const known = new Set(heard.map(({ sourceKey }) => sourceKey));
  return entryIds.filter((id) => !known.has(keyOf(fromShopId, id)));
}

/** What the partner is to hear of an entry; null where it concerns no partner. */
export async function tellingOf(tx: Tx, shopId: ShopId, entryId: string): Promise<Telling | null> {
  const entry = await tx.sponsoredEntry.findUniqueOrThrow({ where: { shopId_id: { shopId, id: entryId } } });
  const { advertiserId, campaignId, currency, note } = entry;
  const kind = entry.kind as EntryKind;
  const advertiser = await tx.advertiser.findUniqueOrThrow({
    where: { shopId_id: { shopId, id: advertiserId } },
  });
  const partnerShopId = await shopOfPartner(tx, shopId, advertiser);
  if (!partnerShopId || isOurFollowing(entry.sourceKey)) return null;
  const siblings = kind === "reversal" ? await entriesOfCause(tx, shopId, entry.sourceKey) : [];
  const offerId = await offerOf(tx, shopId, campaignId);
  const ofCharge = siblings.map(({ id }) => id);
  const amountMinor = tellableMinor(entry, siblings);
  return {
    partnerShopId,
    told: { fromShopId: shopId, entryId, offerId, kind, amountMinor, currency, note, ofCharge },
  };
}

/** A partner's campaign carries the id of the offer over there. */
async function offerOf(tx: Tx, shopId: ShopId, campaignId: string | null): Promise<string | null> {
  if (!campaignId) return null;
  const campaign = await tx.sponsoredCampaign.findUnique({
    where: { shopId_id: { shopId, id: campaignId } },
  });
  return campaign?.sourceKey ?? null;
}

/**
 * A partner's entry arrives here. A charge stands in our ledger as what we owe: never more than we offered, whatever is
 * charged over there; and no more is taken back than we agreed to.
 *
 * @returns what is booked of it, with the partner's sign, minor units; null where that shop never was a partner
 */
export async function hearEntry(tx: Tx, shopId: ShopId, told: ToldEntry, now: Date): Promise<number | null> {
  const advertiser = await advertiserOfPartner(tx, shopId, told.fromDomain);
  if (!advertiser) return null;
  const { fromShopId, entryId, kind, currency } = told;
  // Locked, so that two that are told at once do not both use what is left.
  const offer = await lockOffer(tx, shopId, told);
  const sourceKey = keyOf(fromShopId, entryId);
  const known = await tx.sponsoredEntry.findUnique({
    where: { shopId_sourceKey: { shopId, sourceKey } },
  });
  if (known) return 0 - known.amountMinor;
  const agreed = await agreedMinor(tx, shopId, told, offer);
  if (agreed !== told.amountMinor)
    log.warn({ shopId, fromShopId, entryId, agreed }, "a partner charged more than was offered");
  const note = kind === "payout" ? recordedBy(advertiser.name, told.note) : told.note;
  const common = {
    advertiserId: advertiser.id,
    campaignId: offer ? told.offerId : null,
    kind,
    currency,
    note,
  };
  // Also what we agree to nothing of is written: asked again, the answer is the same.
  await append(tx, shopId, { ...common, amountMinor: 0 - agreed, sourceKey }, now);
  return agreed;
}

function keyOf(fromShopId: ShopId, entryId: string): string {
  return `${PARTNERS}${fromShopId}:${entryId}`;
}

function recordedBy(name: string, note: string): string {
  return `Recorded by ${name}${note ? `: ${note}` : ""}`;
}

async function agreedMinor(
  tx: Tx,
  shopId: ShopId,
  told: ToldEntry,
  offer: CampaignForm | null,
): Promise<number> {
  const { kind, amountMinor, offerId, currency } = told;
  if (kind === "payout") return amountMinor;
  if (kind === "reversal") return -Math.min(-amountMinor, await standingMinor(tx, shopId, told));
  if (offer?.currency !== currency) return 0;
  const left = offer.budgetMinor - (await owedMinor(tx, shopId, offerId));
  return Math.max(0, Math.min(amountMinor, offer.bidMinor, left));
}

/** What we agreed to of a charge, less what of it was taken back. */
async function standingMinor(tx: Tx, shopId: ShopId, { fromShopId, ofCharge }: ToldEntry): Promise<number> {
  const { _sum } = await tx.sponsoredEntry.aggregate({
    where: { shopId, sourceKey: { in: ofCharge.map((id) => keyOf(fromShopId, id)) } },
    _sum: { amountMinor: true },
  });
  return Math.max(0, -Number(_sum.amountMinor ?? 0));
}

async function lockOffer(
  tx: Tx,
  shopId: ShopId,
  { fromDomain, offerId }: ToldEntry,
): Promise<CampaignForm | null> {
  const [offer] = await tx.$queryRaw<{ terms: CampaignForm }[]>`
    SELECT o.terms FROM "PartnerOffer" o
    JOIN "PartnerLink" l ON l."shopId" = o."shopId" AND l.id = o."linkId" AND l."partnerDomain" = ${fromDomain}
    WHERE o."shopId" = ${shopId} AND o.id = ${offerId}::uuid
    FOR UPDATE OF o`;
  return offer?.terms ?? null;
}

/** What was charged to us for one offer so far, less what was taken back. */
async function owedMinor(tx: Tx, shopId: ShopId, offerId: string | null): Promise<number> {
  const { _sum } = await tx.sponsoredEntry.aggregate({
    where: { shopId, campaignId: offerId, kind: { in: ["charge", "reversal"] } },
    _sum: { amountMinor: true },
  });
  return -Number(_sum.amountMinor ?? 0);
}

/** What partners charged us so far, less what was taken back, by our offer that they showed. */
export async function owedByOffer(tx: Tx, shopId: ShopId): Promise<Map<string, number>> {
  const sums = await tx.sponsoredEntry.groupBy({
    by: ["campaignId"],
    where: { shopId, sourceKey: { startsWith: PARTNERS }, kind: { in: ["charge", "reversal"] } },
    _sum: { amountMinor: true },
  });
  return new Map(sums.map(({ campaignId, _sum }) => [campaignId ?? "", -Number(_sum.amountMinor ?? 0)]));
}
