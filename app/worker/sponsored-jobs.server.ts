import { acrossShops, inShop } from "#app/db/in-shop.server";
import type { ShopId, Tx } from "#app/db/tx";
import type { Shop } from "#app/generated/prisma/client";
import { log } from "#app/log.server";
import { enqueue, type JobHandlers } from "#app/queue/queue.server";
import { FeedSchema, type Feed } from "#app/sponsored/feed";
import { proposeFeed } from "#app/sponsored/feed.server";
import type { EntryKind } from "#app/sponsored/ledger.server";
import { hearCharge, hearLink, hearOffer, hearState } from "#app/sponsored/partners.server";
import type { Ports, Sweep } from "./ports.server";

type SponsoredJob =
  | "sponsored.read-feed"
  | "sponsored.collect-invitations"
  | "sponsored.tell-link"
  | "sponsored.tell-offer"
  | "sponsored.tell-state"
  | "sponsored.tell-charge";

/** What one partner does is told to the other: read in the one shop, written in the other, never both at once. */
export function sponsoredJobs(ports: Ports): Pick<JobHandlers, SponsoredJob> {
  return {
    "sponsored.read-feed": ({ shopId }) => readFeed(ports, shopId),
    "sponsored.collect-invitations": ({ shopId }) => collectInvitations(shopId),
    "sponsored.tell-link": ({ shopId, linkId }) => tellLink(shopId, linkId, ports.now()),
    "sponsored.tell-offer": ({ shopId, offerId }) => tellOffer(shopId, offerId, ports.now()),
    "sponsored.tell-state": ({ shopId, campaignId }) => tellState(shopId, campaignId),
    "sponsored.tell-charge": ({ shopId, entryId }) => tellCharge(shopId, entryId, ports.now()),
  };
}

/** Others may have invited this shop before it installed the app. */
async function collectInvitations(shopId: ShopId): Promise<void> {
  const { domain } = await inShop(shopId, (tx) => shopOf(tx, shopId));
  const invitations = await acrossShops((tx) =>
    tx.partnerLink.findMany({
      where: { partnerDomain: domain, state: "invited" },
      select: { shopId: true, id: true },
    }),
  );
  for (const { shopId: inviter, id: linkId } of invitations) {
    await inShop(inviter, (tx) => enqueue(tx, "sponsored.tell-link", { shopId: inviter, linkId }));
  }
}

async function tellLink(shopId: ShopId, linkId: string, now: Date): Promise<void> {
  const [from, link] = await inShop(shopId, async (tx) => [
    await shopOf(tx, shopId),
    await tx.partnerLink.findUnique({ where: { shopId_id: { shopId, id: linkId } } }),
  ]);
  const partner =
    link && (await inShop(shopId, (tx) => tx.shop.findUnique({ where: { domain: link.partnerDomain } })));
  if (partner?.status !== "installed") return;
  await inShop(partner.id, (tx) => hearLink(tx, partner.id, { from, state: link!.state }, now));
}

async function tellOffer(shopId: ShopId, offerId: string, now: Date): Promise<void> {
  const { from, offer } = await inShop(shopId, async (tx) => ({
    from: await shopOf(tx, shopId),
    offer: await tx.partnerOffer.findUnique({
      where: { shopId_id: { shopId, id: offerId } },
      include: { link: true },
    }),
  }));
  const partnerShopId = offer?.link.partnerShopId;
  if (!offer || !partnerShopId) return;
  const { terms, withdrawn } = offer;
  const state = await inShop(partnerShopId, async (tx) =>
    hearOffer(
      tx,
      await shopOf(tx, partnerShopId),
      { fromDomain: from.domain, offerId, terms, withdrawn },
      now,
    ),
  );
  await inShop(shopId, (tx) => hearState(tx, shopId, offerId, state));
}

/** Only a partner's campaign has somebody who waits to hear of it. */
async function tellState(shopId: ShopId, campaignId: string): Promise<void> {
  const found = await inShop(shopId, async (tx) => {
    const campaign = await tx.sponsoredCampaign.findUnique({
      where: { shopId_id: { shopId, id: campaignId } },
      include: { advertiser: true },
    });
    return campaign && { campaign, partnerShopId: await partnerOf(tx, shopId, campaign.advertiser) };
  });
  if (!found?.partnerShopId) return;
  const { campaign, partnerShopId } = found;
  await inShop(partnerShopId, (tx) => hearState(tx, partnerShopId, campaign.sourceKey, campaign.status));
}

async function tellCharge(shopId: ShopId, entryId: string, now: Date): Promise<void> {
  const found = await inShop(shopId, async (tx) => {
    const entry = await tx.sponsoredEntry.findUniqueOrThrow({
      where: { shopId_id: { shopId, id: entryId } },
    });
    const advertiser = await tx.advertiser.findUniqueOrThrow({
      where: { shopId_id: { shopId, id: entry.advertiserId } },
    });
    return {
      entry,
      from: await shopOf(tx, shopId),
      partnerShopId: await partnerOf(tx, shopId, advertiser),
      offerId: await offerOf(tx, shopId, entry.campaignId),
    };
  });
  const { entry, from, partnerShopId, offerId } = found;
  if (!partnerShopId) return;
  const { amountMinor, currency, note } = entry;
  const told = {
    fromShopId: shopId,
    fromDomain: from.domain,
    entryId,
    offerId,
    kind: entry.kind as EntryKind,
  };
  await inShop(partnerShopId, (tx) =>
    hearCharge(tx, partnerShopId, { ...told, amountMinor, currency, note }, now),
  );
}

/** A partner's campaign carries the id of the offer over there. */
async function offerOf(tx: Tx, shopId: ShopId, campaignId: string | null): Promise<string | null> {
  if (!campaignId) return null;
  const campaign = await tx.sponsoredCampaign.findUnique({
    where: { shopId_id: { shopId, id: campaignId } },
  });
  return campaign?.sourceKey ?? null;
}

type PartnerAdvertiser = { source: string; sourceKey: string };

async function partnerOf(
  tx: Tx,
  shopId: ShopId,
  { source, sourceKey }: PartnerAdvertiser,
): Promise<ShopId | null> {
  if (source !== "partner") return null;
  const link = await tx.partnerLink.findUnique({ where: { shopId_id: { shopId, id: sourceKey } } });
  return link?.partnerShopId ?? null;
}

function shopOf(tx: Tx, shopId: ShopId): Promise<Shop> {
  return tx.shop.findUniqueOrThrow({ where: { id: shopId } });
}

// ───────── the feed of advertisers ─────────

const FEED_TIMEOUT_MS = 15_000;
const MOST_FEED_BYTES = 5_000_000;

async function readFeed(ports: Ports, shopId: ShopId): Promise<void> {
  if (!ports.sponsoredFeedUrl) return;
  const feed = await fetchFeed(ports.sponsoredFeedUrl);
  const outcome = await inShop(shopId, async (tx) => {
    const shop = await shopOf(tx, shopId);
    return proposeFeed(tx, shop, feed, { secret: ports.secret }, ports.now());
  });
  log.info({ shopId, ...outcome }, "feed of advertisers read");
}

async function fetchFeed(url: string): Promise<Feed> {
  const response = await fetch(url, { signal: AbortSignal.timeout(FEED_TIMEOUT_MS) });
  if (!response.ok) throw new Error(`the feed of advertisers answered ${response.status}`);
  const text = await response.text();
  if (text.length > MOST_FEED_BYTES) throw new Error("the feed of advertisers is too large");
  return FeedSchema.parse(JSON.parse(text));
}

/** Once a day for every shop; a new shop's first reading is started by its installation. */
const readFeeds: Sweep = {
  name: "sponsored.read-feeds",
  everySeconds: 24 * 3600,
  run: async ({ sponsoredFeedUrl }) => {
    if (!sponsoredFeedUrl) return 0;
    const shops = await acrossShops((tx) =>
      tx.shop.findMany({ where: { status: "installed" }, select: { id: true } }),
    );
    for (const { id } of shops) await inShop(id, (tx) => enqueue(tx, "sponsored.read-feed", { shopId: id }));
    return 0;
  },
};

const HASH_KEPT_MS = 48 * 60 * 60 * 1000;

/** The hashes of visitors' addresses serve the hourly limit only. */
const forgetVisitors: Sweep = {
  name: "sponsored.forget-visitors",
  everySeconds: 3600,
  run: async (ports) => {
    const before = new Date(ports.now().getTime() - HASH_KEPT_MS);
    const old = { visitorHash: { not: null }, happenedAt: { lt: before } };
    const due = await acrossShops((tx) =>
      tx.sponsoredClick.findMany({ where: old, distinct: ["shopId"], select: { shopId: true }, take: 1_000 }),
    );
    for (const { shopId } of due) {
      await inShop(shopId, (tx) =>
        tx.sponsoredClick.updateMany({ where: { shopId, ...old }, data: { visitorHash: null } }),
      );
    }
    return 0;
  },
};

export const sponsoredSweeps: Sweep[] = [readFeeds, forgetVisitors];
