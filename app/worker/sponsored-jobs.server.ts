import { acrossShops, inShop } from "#app/db/in-shop.server";
import { parseStorable } from "#app/db/storable";
import type { ShopId } from "#app/db/tx";
import { log } from "#app/log.server";
import { enqueue, type JobHandlers } from "#app/queue/queue.server";
import { FeedSchema, type Feed } from "#app/sponsored/feed";
import { proposeFeed } from "#app/sponsored/feed.server";
import { partnerJobs, partnerSweeps, type PartnerJob } from "./sponsored-jobs-partners.server";
import type { Ports, Sweep } from "./ports.server";

export function sponsoredJobs(ports: Ports): Pick<JobHandlers, "sponsored.read-feed" | PartnerJob> {
  return {
    "sponsored.read-feed": ({ shopId }) => readFeed(ports, shopId),
    ...partnerJobs(ports),
  };
}

const FEED_TIMEOUT_MS = 15_000;
const MOST_FEED_BYTES = 5_000_000;
/** A long feed is read in one go, and nobody waits for it. */
const FEED_TAKES_MS = 120_000;

async function readFeed(ports: Ports, shopId: ShopId): Promise<void> {
  if (!ports.sponsoredFeedUrl) return;
  const feed = await fetchFeed(ports.sponsoredFeedUrl);
  const outcome = await inShop(
    shopId,
    async (tx) => {
      const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
      return proposeFeed(tx, shop, feed, { secret: ports.secret }, ports.now());
    },
    FEED_TAKES_MS,
  );
  log.info({ shopId, ...outcome }, "feed of advertisers read");
}

async function fetchFeed(url: string): Promise<Feed> {
  const response = await fetch(url, { signal: AbortSignal.timeout(FEED_TIMEOUT_MS) });
  if (!response.ok) throw new Error(`the feed of advertisers answered ${response.status}`);
  const text = await response.text();
  if (text.length > MOST_FEED_BYTES) throw new Error("the feed of advertisers is too large");
  return FeedSchema.parse(parseStorable(text));
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

export const sponsoredSweeps: Sweep[] = [readFeeds, forgetVisitors, ...partnerSweeps];
