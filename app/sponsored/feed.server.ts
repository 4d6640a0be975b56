import type { ShopId, Tx } from "#app/db/tx";
import { addAdvertiser, advertiserById, setSecret } from "./advertisers.server";
import { readFeedCampaign, type Feed } from "./feed";
import { createCampaign, saveCampaign, type SponsoredShop } from "./sponsored.server";

export type FeedOutcome = { proposed: number; changed: number; skipped: number };

/**
 * Proposes what is in the feed, brings up to date what was proposed before, and pauses what is no longer there. Approves
 * nothing. Safe to repeat.
 */
export async function proposeFeed(
  tx: Tx,
  shop: SponsoredShop,
  feed: Feed,
  keys: { secret: string },
  now: Date,
): Promise<FeedOutcome> {
  const outcome: FeedOutcome = { proposed: 0, changed: 0, skipped: 0 };
  await pauseMissing(tx, shop.id, feed, now);
  for (const { id, name, domain, postbackSecret, campaigns } of feed.advertisers) {
    const advertiserId = await addAdvertiser(
      tx,
      shop.id,
      { name, domain, source: "feed", sourceKey: id },
      now,
    );
    const advertiser = (await advertiserById(tx, shop.id, advertiserId))!;
    // A secret that the merchant made stays: only the first one comes from the feed.
    if (postbackSecret && !advertiser.hasSecret)
      await setSecret(tx, shop.id, advertiserId, postbackSecret, keys, now);
    for (const campaign of campaigns) {
      const form = readFeedCampaign(campaign.form);
      const known = await tx.sponsoredCampaign.findUnique({
        where: { shopId_advertiserId_sourceKey: { shopId: shop.id, advertiserId, sourceKey: campaign.id } },
      });
      if (!form || form.currency !== shop.currency) {
        outcome.skipped++;
        continue;
      }
      const saved = known
        ? await saveCampaign(tx, shop, known.id, form, now, { byOther: true })
        : await createCampaign(tx, shop, { advertiserId, form, sourceKey: campaign.id }, now);
      if (saved.status !== "saved") outcome.skipped++;
      else if (known) outcome.changed++;
      else outcome.proposed++;
    }
  }
  return outcome;
}

async function pauseMissing(tx: Tx, shopId: ShopId, feed: Feed, now: Date): Promise<void> {
  const kept = new Set(
    feed.advertisers.flatMap(({ id, campaigns }) => campaigns.map((one) => `${id}\0${one.id}`)),
  );
  const live = await tx.sponsoredCampaign.findMany({
    where: { shopId, status: "live", advertiser: { source: "feed" } },
    select: { id: true, sourceKey: true, advertiser: { select: { sourceKey: true } } },
  });
  // What the merchant made for this advertiser never was in the feed.
  const missing = live.filter(
    ({ id, sourceKey, advertiser }) => sourceKey !== id && !kept.has(`${advertiser.sourceKey}\0${sourceKey}`),
  );
  await tx.sponsoredCampaign.updateMany({
    where: { shopId, id: { in: missing.map(({ id }) => id) } },
    data: { status: "paused", updatedAt: now },
  });
}
