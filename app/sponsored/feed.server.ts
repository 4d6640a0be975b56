import { isDeepStrictEqual } from "node:util";
import type { Tx } from "#app/db/tx";
import { log } from "#app/log.server";
import { addAdvertiser, advertiserById, setSecret } from "./advertisers.server";
import { objectionTo } from "./block-rules";
import { CampaignFormSchema, type CampaignForm } from "./campaign";
import {
  mergeFeed,
  readFeedAdvertisers,
  readFeedCampaigns,
  type Feed,
  type FeedAdvertiser,
  type FeedEntry,
} from "./feed";
import {
  campaignById,
  createCampaign,
  formOf,
  lockCampaign,
  problemsIn,
  saveCampaign,
  type ListedCampaign,
  type SponsoredShop,
} from "./sponsored.server";
import { sponsoredTerms } from "./terms.server";

/**
 * The feed of advertisers as it reaches a shop. It proposes and changes campaigns, never approves one, and takes over only
 * what the feed itself changed: what the merchant wrote stays. A campaign that the feed no longer has, or that no longer
 * fits, is paused and says why. One bad entry is left out and logged; the rest is taken.
 */
export type FeedOutcome = { proposed: number; changed: number; skipped: number };

type Reading = {
  tx: Tx;
  shop: SponsoredShop;
  keys: { secret: string };
  now: Date;
  outcome: FeedOutcome;
  /** Ids of the campaigns here that the feed speaks of. */
  told: Set<string>;
};

/** Why an entry was left out; null where it was taken. */
type Why = string | null;

/** Safe to repeat. */
export async function proposeFeed(
  tx: Tx,
  shop: SponsoredShop,
  feed: Feed,
  keys: { secret: string },
  now: Date,
): Promise<FeedOutcome> {
  const outcome: FeedOutcome = { proposed: 0, changed: 0, skipped: 0 };
  const reading = { tx, shop, keys, now, outcome, told: new Set<string>() };
  for (const entry of readFeedAdvertisers(feed)) await takeAdvertiser(reading, entry);
  const ours = await ownCampaigns(reading);
  await hold(
    reading,
    ours.filter((id) => !reading.told.has(id)),
    "It is no longer in the host's feed.",
  );
  return outcome;
}

async function takeAdvertiser(reading: Reading, entry: FeedEntry<FeedAdvertiser>): Promise<void> {
  const { tx, shop, told } = reading;
  const why = await take(reading, entry, (value) => proposeAdvertiser(reading, value));
  const known = entry.id && (await tx.advertiser.findUnique({ where: keyOf(shop, entry.id) }));
  if (!known) return;
  if (entry.value && why === null) {
    for (const campaign of readFeedCampaigns(entry.value)) await takeCampaign(reading, known, campaign);
    return;
  }
  const ours = await ownCampaigns(reading, known.id);
  for (const id of ours) told.add(id);
  await hold(reading, ours, why!);
}

const keyOf = ({ id: shopId }: SponsoredShop, sourceKey: string) => ({
  shopId_source_sourceKey: { shopId, source: "feed", sourceKey },
});

async function proposeAdvertiser(reading: Reading, advertiser: FeedAdvertiser): Promise<Why> {
  const { tx, shop, keys, now } = reading;
  const { id: sourceKey, name, domain, postbackSecret } = advertiser;
  const id = await addAdvertiser(tx, shop.id, { name, domain, source: "feed", sourceKey }, now);
  // A secret that the merchant made stays: only the first one comes from the feed.
  const { hasSecret } = (await advertiserById(tx, shop.id, id))!;
  if (postbackSecret && !hasSecret) await setSecret(tx, shop.id, id, postbackSecret, keys, now);
  return null;
}

async function takeCampaign(
  reading: Reading,
  { id: advertiserId, domain, sourceKey: within }: { id: string; domain: string; sourceKey: string },
  entry: FeedEntry<CampaignForm>,
): Promise<void> {
  const { tx, shop } = reading;
  const key = { shopId: shop.id, advertiserId, sourceKey: entry.id ?? "" };
  const known = await tx.sponsoredCampaign.findUnique({ where: { shopId_advertiserId_sourceKey: key } });
  if (known) reading.told.add(known.id);
  const propose = async (form: CampaignForm) =>
    (await objection(reading, form, domain)) ?? proposeCampaign(reading, key, form);
  const change = (form: CampaignForm) => (known ? changeCampaign(reading, known, form) : propose(form));
  const why = await take(reading, entry, change, within);
  if (known && why !== null) await hold(reading, [known.id], why);
}

async function proposeCampaign(
  { tx, shop, now, outcome, told }: Reading,
  { advertiserId, sourceKey }: { advertiserId: string; sourceKey: string },
  form: CampaignForm,
): Promise<Why> {
  const saved = await createCampaign(tx, shop, { advertiserId, form, sourceKey }, now);
  if (saved.status === "invalid") return inTheFeed(saved.problems);
  if (saved.status !== "saved") return saved.status;
  await noteTold({ tx, shop }, saved.id, form);
  told.add(saved.id);
  outcome.proposed++;
  return null;
}

type Known = { id: string; feedForm: unknown };

async function changeCampaign(reading: Reading, known: Known, told: CampaignForm): Promise<Why> {
  const { tx, shop, now, outcome } = reading;
  const isNews = !isDeepStrictEqual(known.feedForm, told);
  // What the merchant saves at this moment is neither overlooked nor overwritten. Where the feed says nothing new, nothing is
  // locked: a reading takes long, and a click must not wait for it.
  const read = isNews ? lockCampaign : campaignById;
  const campaign = (await read(tx, shop.id, known.id))!;
  const mine = formOf(campaign, shop.timezone);
  // What was read before we took note of it: nobody knows who wrote what stands here, so it stays.
  const last = (known.feedForm ?? told) as CampaignForm;
  const merged = CampaignFormSchema.safeParse(mergeFeed(mine, last, told));
  if (!merged.success) return merged.error.issues[0]!.message;
  const why = await whyUnfit(reading, campaign, merged.data);
  if (why) return why;
  if (isNews && !isDeepStrictEqual(merged.data, mine)) {
    await saveCampaign(tx, shop, known.id, merged.data, now, { byOther: true });
    outcome.changed++;
  }
  if (isNews) await noteTold(reading, known.id, told);
  if (campaign.heldBecause !== null) await sayItFits(reading, known.id);
  return null;
}

async function whyUnfit(reading: Reading, campaign: ListedCampaign, form: CampaignForm): Promise<Why> {
  const { tx, shop, now } = reading;
  const problem = inTheFeed(await problemsIn(tx, shop, campaign, form, now));
  return problem ?? objection(reading, form, campaign.advertiser.domain);
}

async function objection({ tx, shop }: Reading, form: CampaignForm, domain: string): Promise<Why> {
  return objectionTo(form, domain, await sponsoredTerms(tx, shop.id))?.why ?? null;
}

/** The form speaks to who fills it in. Here the host did, and the merchant reads what became of the campaign. */
const IN_THE_FEED: Record<string, string> = {
  targetUrl: "The host's feed leads it to a domain that is not the advertiser's own.",
  currency: "The host's feed bids for it in a currency that is not the shop's.",
  bidMinor: "The host's feed bids less for it than the least price on the Rules page.",
  budgetMinor: "The host's feed gives it a smaller budget than is spent already.",
  endsOn: "The host's feed ended it: its last day is over.",
};

function inTheFeed(problems: Record<string, string>): Why {
  const [first] = Object.entries(problems);
  return first ? (IN_THE_FEED[first[0]] ?? first[1]) : null;
}

async function noteTold({ tx, shop }: Pick<Reading, "tx" | "shop">, id: string, feedForm: CampaignForm) {
  await tx.sponsoredCampaign.update({ where: { shopId_id: { shopId: shop.id, id } }, data: { feedForm } });
}

/** Nothing goes live by itself, also not what we paused. */
async function sayItFits({ tx, shop }: Reading, id: string): Promise<void> {
  const was = { shopId: shop.id, id };
  await tx.sponsoredCampaign.updateMany({
    where: { ...was, status: "paused" },
    data: { heldBecause: "It fits again. Resume it to show it." },
  });
  await tx.sponsoredCampaign.updateMany({
    where: { ...was, status: { not: "paused" } },
    data: { heldBecause: null },
  });
}

/** What of the feed could be shown. What the merchant made for such an advertiser never was in the feed. */
async function ownCampaigns({ tx, shop }: Reading, advertiserId?: string): Promise<string[]> {
  const rows = await tx.sponsoredCampaign.findMany({
    where: {
      shopId: shop.id,
      status: { in: ["live", "paused", "waiting"] },
      advertiser: { source: "feed" },
      ...(advertiserId ? { advertiserId } : {}),
    },
    select: { id: true, sourceKey: true },
  });
  return rows.filter(({ id, sourceKey }) => sourceKey !== id).map(({ id }) => id);
}

async function hold({ tx, shop, now }: Reading, ids: string[], heldBecause: string): Promise<void> {
  const some = { shopId: shop.id, id: { in: ids } };
  // What the merchant paused stays theirs to explain.
  const isOurs = [{ status: "waiting" as const }, { status: "paused" as const, heldBecause: { not: null } }];
  await tx.sponsoredCampaign.updateMany({ where: { ...some, OR: isOurs }, data: { heldBecause } });
  await tx.sponsoredCampaign.updateMany({
    where: { ...some, status: "live" },
    data: { status: "paused", heldBecause, updatedAt: now },
  });
}

/** What the database refuses leaves nothing behind, and does not end what came before and comes after. */
async function take<Value>(
  { tx, shop, outcome }: Reading,
  { id, value, mistake }: FeedEntry<Value>,
  work: (value: Value) => Promise<Why>,
  within?: string,
): Promise<Why> {
  const why = value ? await apart(tx, () => work(value)) : `The host's feed has a mistake in it: ${mistake}`;
  if (why === null) return null;
  outcome.skipped++;
  log.warn({ shopId: shop.id, within, entry: id, why }, "an entry of the feed of advertisers was left out");
  return why;
}

async function apart(tx: Tx, work: () => Promise<Why>): Promise<Why> {
  await tx.$executeRaw`SAVEPOINT entry`;
  try {
    return await work();
  } catch (error) {
    // Two transactions stood in each other's way: no fault of the entry, and the whole reading is tried again.
    if ((error as { code?: unknown }).code === "P2034") throw error;
    // Where the database is away, this throws too.
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT entry`;
    log.warn({ error: String(error) }, "the database refused an entry of the feed of advertisers");
    return "The host's feed has something in it that cannot be stored.";
  } finally {
    // Thousands of open ones would slow down every query after them.
    await tx.$executeRaw`RELEASE SAVEPOINT entry`.catch(() => undefined);
  }
}
