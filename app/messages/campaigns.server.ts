import { z } from "zod";
import { CHANNELS, type Channel, type Purpose, type Verdict } from "#app/contact-policy/contact";
import {
  contactSettingsOf,
  mayContactMany,
  type ContactQuestion,
  type ContactRules,
  type Keys,
} from "#app/contact-policy/contact-policy.server";
import { shopperZone } from "#app/contact-policy/shopper-zone";
import { newId } from "#app/db/id";
import { addressHash } from "#app/db/seal";
import type { ShopId, Tx } from "#app/db/tx";
import { unitHash } from "#app/experiments/assignment";
import { Prisma, type MessageCampaign, type Shop } from "#app/generated/prisma/client";
import { spokenLocale, type Locale } from "#app/shops/settings";
import { settingsOf } from "#app/shops/shops.server";
import type { TemplateKey } from "./default-templates";
import { plainAddress } from "./escape";
import type { SuppressionReason } from "./judge.server";
import { queueOnFirst } from "./outbox.server";
import { templateState } from "./templates.server";

/**
 * One message to many customers. A campaign is planned in batches: each writes its messages, or the reasons against
 * them, and moves the campaign's cursor in the same transaction. A planner that dies loses its batch and nothing else;
 * two at once wait for each other. What was planned is judged again when it is sent.
 */
const AudienceSchema = z.object({
  /** Two letters each; empty: everywhere. */
  countries: z.array(z.string().length(2)).default([]),
  /** Last order on or after this day, and before that one (ISO). */
  orderedSince: z.iso.datetime().optional(),
  orderedBefore: z.iso.datetime().optional(),
  /** At least so many orders. */
  leastOrders: z.int().min(0).default(0),
});
export type Audience = z.input<typeof AudienceSchema>;

export type NewCampaign = {
  /** The same campaign asked for twice is one. */
  dedupeKey: string;
  /** What the merchant calls it. */
  name?: string;
  templateKey: TemplateKey;
  /** In the order of preference. */
  channels: readonly Channel[];
  audience: Audience;
  /** 0 to 50: the share of those who may get it that does not, so that its effect can be measured. */
  holdoutPercent?: number;
  priority?: number;
  /** When it goes out; quiet hours of each person may move it to their morning. */
  dueAt: Date;
};

/** Asks for a campaign; the worker plans it. */
export async function queueCampaign(
  tx: Tx,
  shopId: ShopId,
  { name, dedupeKey, templateKey, channels, audience, holdoutPercent, priority = 50, dueAt }: NewCampaign,
  now: Date,
): Promise<{ status: "queued"; campaignId: string } | { status: "already-queued" }> {
  const id = newId(now);
  const row = { dedupeKey, name, templateKey, channels: [...channels], holdoutPercent, priority, dueAt };
  const made = await tx.messageCampaign.createMany({
    data: [{ shopId, id, ...row, audience: AudienceSchema.parse(audience), createdAt: now }],
    skipDuplicates: true,
  });
  return made.count > 0 ? { status: "queued", campaignId: id } : { status: "already-queued" };
}

const BATCH = 500;
/** Where each person's channel is a question of its own: a batch is one transaction and must not take minutes. */
const BATCH_ONE_BY_ONE = 200;

/** Planned so long before it goes out: who is its customer by then is part of it. */
export const PLANNED_AHEAD_MS = 15 * 60_000;

/**
 * Plans the next customers of a campaign, in the order of their gids.
 * @returns how many were looked at; 0 once the campaign is planned, or where another planner has it
 */
export async function planCampaignBatch(
  tx: Tx,
  shopId: ShopId,
  campaignId: string,
  { secret, now }: Keys & { now: Date },
): Promise<number> {
  const [locked] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "MessageCampaign"
    WHERE "shopId" = ${shopId} AND id = ${campaignId}::uuid AND "finishedAt" IS NULL FOR UPDATE SKIP LOCKED`;
  if (!locked) return 0;
  const key = { shopId_id: { shopId, id: campaignId } };
  const campaign = await tx.messageCampaign.findUniqueOrThrow({ where: key });
  const isMail = campaign.channels.length === 1 && campaign.channels[0] === "email";
  const batch = isMail ? BATCH : BATCH_ONE_BY_ONE;
  const people = await nextPeople(tx, shopId, campaign, batch);
  const suppressed =
    people.length === 0
      ? 0
      : isMail
        ? await planMails(tx, shopId, campaign, people, { secret, now })
        : await planOneByOne(tx, shopId, campaign, people, { secret, now });
  await tx.messageCampaign.update({
    where: key,
    data: {
      cursor: people.at(-1)?.gid ?? campaign.cursor,
      planned: { increment: people.length - suppressed },
      suppressed: { increment: suppressed },
      finishedAt: people.length < batch ? now : null,
    },
  });
  return people.length;
}

type Candidate = { gid: string; email: string | null; locale: string | null; country: string | null };

async function nextPeople(
  tx: Tx,
  shopId: ShopId,
  { audience, cursor, createdAt, dueAt }: MessageCampaign,
  batch: number,
): Promise<Candidate[]> {
  // Who comes while it is planned is not part of it: otherwise it might never end.
  const until = Math.max(createdAt.getTime(), dueAt.getTime() - PLANNED_AHEAD_MS);
  return tx.customer.findMany({
    where: { ...inAudience(shopId, audience as Audience, new Date(until)), gid: { gt: cursor } },
    orderBy: { gid: "asc" },
    take: batch,
    select: { gid: true, email: true, locale: true, country: true },
  });
}

/** How many customers there are in an audience, whether or not they may be written to. */
export async function audienceSize(tx: Tx, shopId: ShopId, audience: Audience, now: Date): Promise<number> {
  return tx.customer.count({ where: inAudience(shopId, audience, now) });
}

function inAudience(shopId: ShopId, audience: Audience, until: Date): Prisma.CustomerWhereInput {
  const { countries, orderedSince, orderedBefore, leastOrders } = AudienceSchema.parse(audience);
  const ordered = {
    ...(orderedSince ? { gte: new Date(orderedSince) } : {}),
    ...(orderedBefore ? { lt: new Date(orderedBefore) } : {}),
  };
  return {
    shopId,
    redactedAt: null,
    createdAt: { lte: until },
    ...(countries.length > 0 ? { country: { in: countries } } : {}),
    ...(leastOrders > 0 ? { ordersCount: { gte: leastOrders } } : {}),
    ...(orderedSince || orderedBefore ? { lastOrderAt: ordered } : {}),
  };
}

type Planned = { reason: SuppressionReason | null; dueAt: Date };

/** @returns how many were suppressed */
async function planMails(
  tx: Tx,
  shopId: ShopId,
  campaign: MessageCampaign,
  people: Candidate[],
  { secret, now }: Keys & { now: Date },
): Promise<number> {
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
  const { locales, surfaces } = await settingsOf(tx, shopId);
  const template = await templateState(tx, shopId, campaign.templateKey as TemplateKey);
  const rules = await contactSettingsOf(tx, shopId);
  const against: SuppressionReason | null =
    shop.status !== "installed"
      ? "uninstalled"
      : !surfaces.message
        ? "messages-off"
        : !template?.enabled
          ? "template-off"
          : null;
  const purpose = template?.purpose ?? "marketing";
  const addresses = people.map(({ email }) => plainAddress(email ?? ""));
  const verdicts = against
    ? []
    : await mayContactMany(tx, shopId, questionsFor(campaign, people, addresses, { shop, purpose, rules }), {
        secret,
      });
  const rows = people.map(({ gid, locale }, at) => {
    const recipient = addresses[at]!;
    const judged = plannedBy(against, recipient, verdicts[at], campaign.dueAt);
    const { dueAt } = judged;
    const reason = judged.reason ?? (isHeldOut(campaign, gid) ? "holdout" : null);
    return {
      id: newId(now),
      dedupeKey: `campaign:${campaign.id}:${gid}`,
      locale: spokenLocale(locales as Locale[], locale ?? shop.primaryLocale),
      customerGid: gid,
      recipient,
      hash: addressHash(secret, shopId, recipient ?? ""),
      reason,
      dueAt: dueAt.toISOString(),
    };
  });
  await insertMessages(tx, shopId, campaign, purpose, rows, now);
  return rows.filter(({ reason }) => reason !== null).length;
}

function questionsFor(
  { templateKey, dueAt }: MessageCampaign,
  people: Candidate[],
  addresses: (string | null)[],
  { shop, purpose, rules }: { shop: Shop; purpose: Purpose; rules: ContactRules },
): ContactQuestion[] {
  return people.map(({ gid, country }, at) => ({
    personKey: gid,
    address: addresses[at] ?? "",
    channel: "email",
    purpose,
    messageType: templateKey,
    now: dueAt,
    timezone: shopperZone(country, shop),
    country,
    rules,
  }));
}

function plannedBy(
  against: SuppressionReason | null,
  recipient: string | null,
  verdict: Verdict | undefined,
  dueAt: Date,
): Planned {
  if (against) return { reason: against, dueAt };
  if (!recipient) return { reason: "no-address", dueAt };
  if (!verdict || verdict.allowed) return { reason: null, dueAt };
  if (verdict.reason === "quiet-hours" && verdict.until) return { reason: null, dueAt: verdict.until };
  return { reason: verdict.reason, dueAt };
}

/** Drawn among those who may get it, so that both sides are the same kind of people. */
function isHeldOut({ id, holdoutPercent }: MessageCampaign, gid: string): boolean {
  return holdoutPercent > 0 && unitHash(`campaign:${id}\0${gid}`) * 100 < holdoutPercent;
}

type Row = { id: string; dedupeKey: string; reason: string | null; dueAt: string };

/** One statement for the whole batch; a message that is there already stays as it is. */
async function insertMessages(
  tx: Tx,
  shopId: ShopId,
  { id, templateKey, priority }: MessageCampaign,
  purpose: Purpose,
  rows: Row[],
  now: Date,
): Promise<void> {
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO "Message" ("shopId", id, "dedupeKey", channel, "templateKey", purpose, locale, "customerGid",
      recipient, "recipientHash", state, reason, "campaignId", priority, "dueAt", "queuedAt", "endedAt")
    SELECT ${shopId}, r.id, r."dedupeKey", 'email', ${templateKey}, ${purpose}::"MessagePurpose", r.locale,
      r."customerGid", r.recipient, r.hash,
      (CASE WHEN r.reason IS NULL THEN 'queued' ELSE 'suppressed' END)::"MessageState", r.reason,
      ${id}::uuid, ${priority}, r."dueAt", ${now}, CASE WHEN r.reason IS NOT NULL THEN ${now}::timestamptz END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(
      id uuid, "dedupeKey" text, locale text, "customerGid" text, recipient text, hash text, reason text,
      "dueAt" timestamptz)
    ON CONFLICT ("shopId", "dedupeKey", channel) DO NOTHING`);
}

/** Each person's channel is a question of its own where there are several. */
async function planOneByOne(
  tx: Tx,
  shopId: ShopId,
  campaign: MessageCampaign,
  people: Candidate[],
  { secret, now }: Keys & { now: Date },
): Promise<number> {
  const { id, templateKey, channels, priority, dueAt } = campaign;
  const wanted = CHANNELS.filter((channel) => channels.includes(channel)).sort(
    (a, b) => channels.indexOf(a) - channels.indexOf(b),
  );
  let suppressed = 0;
  for (const { gid, locale } of people) {
    const message = {
      dedupeKey: `campaign:${id}:${gid}`,
      templateKey: templateKey as TemplateKey,
      customerGid: gid,
      orderGid: null,
      locale: locale ?? "en",
      priority,
      campaignId: id,
    };
    const at = dueAt > now ? dueAt : now;
    const result = await queueOnFirst(tx, shopId, message, wanted, { secret, now: at });
    const heldOut = result.status === "queued" && isHeldOut(campaign, gid);
    if (heldOut) await holdOut(tx, shopId, result.messageId, now);
    if (heldOut || result.status === "suppressed") suppressed++;
  }
  return suppressed;
}

async function holdOut(tx: Tx, shopId: ShopId, id: string, now: Date): Promise<void> {
  const data = { state: "suppressed", reason: "holdout" satisfies SuppressionReason, endedAt: now } as const;
  await tx.message.update({ where: { shopId_id: { shopId, id } }, data });
}
