import type { ShopId, Tx } from "#app/db/tx";

/** The end of what partners share. What is over here goes on again only where its owner shares it anew. */
type Key = { shopId: ShopId; advertiserId: string; sourceKey?: string };

/** Over from now on, so that the merchant here cannot bring back alone what was withdrawn there. */
export async function takeBack(tx: Tx, key: Key, now: Date): Promise<void> {
  await tx.sponsoredCampaign.updateMany({
    where: key,
    data: { status: "archived", endsAt: now, updatedAt: now },
  });
}

/** A partnership ended: this side takes back the partner's campaigns that it showed, and its own offers. */
export async function takeBackShared(tx: Tx, shopId: ShopId, linkId: string, now: Date): Promise<void> {
  const advertiser = await tx.advertiser.findUnique({
    where: { shopId_source_sourceKey: { shopId, source: "partner", sourceKey: linkId } },
  });
  if (advertiser) await takeBack(tx, { shopId, advertiserId: advertiser.id }, now);
  await tx.partnerOffer.updateMany({
    where: { shopId, linkId },
    data: { withdrawn: true, theirState: "archived", updatedAt: now },
  });
}
