import type { ShopId, Tx } from "#app/db/tx";
import { newId } from "#app/db/id";
import type { Keys } from "#app/contact-policy/contact-policy.server";
import type { MessageCampaign } from "#app/generated/prisma/client";
import type { Locale } from "#app/shops/settings";
import { settingsOf } from "#app/shops/shops.server";
import { audienceSize, planCampaignBatch, queueCampaign, type NewCampaign } from "./campaigns.server";
import type { SuppressionReason } from "./judge.server";
import { touchKey } from "./message-touches.server";
import { unwrittenIn } from "./own-templates.server";
import { liveTemplate, templateState } from "./templates.server";

/**
 * What a merchant does with campaigns before and while they run: see who would get one, list them, take one back. What
 * was sent is sent; stopping only keeps the rest from going out.
 */
export type CampaignRow = Pick<
  MessageCampaign,
  | "id"
  | "name"
  | "templateKey"
  | "channels"
  | "holdoutPercent"
  | "audience"
  | "planned"
  | "suppressed"
  | "cursor"
  | "dueAt"
  | "createdAt"
  | "finishedAt"
  | "stoppedAt"
>;

/** How many a page of the list shows. */
export const CAMPAIGNS_SHOWN = 20;

/** Newest first. `before` is the id of the last one of the page before. */
export async function campaignsOf(
  tx: Tx,
  shopId: ShopId,
  { before }: { before?: string } = {},
): Promise<{ campaigns: CampaignRow[]; more: boolean }> {
  const rows = await tx.messageCampaign.findMany({
    where: { shopId, ...(before ? { id: { lt: before } } : {}) },
    orderBy: { id: "desc" },
    take: CAMPAIGNS_SHOWN + 1,
  });
  return { campaigns: rows.slice(0, CAMPAIGNS_SHOWN), more: rows.length > CAMPAIGNS_SHOWN };
}

export async function campaignById(tx: Tx, shopId: ShopId, id: string): Promise<CampaignRow | null> {
  return tx.messageCampaign.findUnique({ where: { shopId_id: { shopId, id } } });
}

export type ScheduleResult =
  | Awaited<ReturnType<typeof queueCampaign>>
  | { status: "unknown-template" }
  /** The mail still says what every new one begins with, in these languages; `isAll`: in all that the shop speaks. */
  | { status: "unwritten"; locales: Locale[]; isAll: boolean };

/** Asks for a campaign as a merchant does: what nobody has written yet goes to nobody. */
export async function scheduleCampaign(
  tx: Tx,
  shopId: ShopId,
  campaign: NewCampaign,
  now: Date,
): Promise<ScheduleResult> {
  const { templateKey } = campaign;
  if (!(await templateState(tx, shopId, templateKey))) return { status: "unknown-template" };
  const { content } = await liveTemplate(tx, shopId, templateKey);
  const { locales } = await settingsOf(tx, shopId);
  // Other channels have the short text only, without which they send nothing.
  const unwritten = campaign.channels.includes("email") ? unwrittenIn(content, locales) : [];
  if (unwritten.length > 0)
    return { status: "unwritten", locales: unwritten, isAll: unwritten.length === locales.length };
  return queueCampaign(tx, shopId, campaign, now);
}

export type PreviewPerson = {
  customerGid: string;
  name: string;
  channel: string;
  address: string | null;
  /** When it would go out; later than asked where it is night there. */
  dueAt: Date;
  reason: string | null;
};
export type CampaignPreview = {
  /** Customers in the audience. */
  audience: number;
  /** Of these the first so many were judged; all of them in most shops. */
  lookedAt: number;
  getIt: number;
  /** How many do not, by reason. */
  reasons: Record<string, number>;
  /** A few of both sides. */
  examples: { getIt: PreviewPerson[]; not: PreviewPerson[] };
};

const EXAMPLES = 5;

/** Who would get it, and who would not and why: the real planner plans its first batch, and then everything is undone. */
export async function previewCampaign(
  tx: Tx,
  shopId: ShopId,
  campaign: Omit<NewCampaign, "dedupeKey">,
  { secret, now }: Keys & { now: Date },
): Promise<CampaignPreview> {
  const audience = await audienceSize(tx, shopId, campaign.audience, now);
  await tx.$executeRaw`SAVEPOINT campaign_preview`;
  try {
    const asked = { ...campaign, dedupeKey: `preview:${newId(now)}` };
    const queued = await queueCampaign(tx, shopId, asked, now);
    if (queued.status !== "queued") throw new Error("a preview has a key of its own");
    const { campaignId } = queued;
    const lookedAt = await planCampaignBatch(tx, shopId, campaignId, { secret, now });
    const groups = await tx.message.groupBy({
      by: ["reason"],
      where: { shopId, campaignId },
      _count: { _all: true },
    });
    return {
      audience,
      lookedAt,
      getIt: groups.find(({ reason }) => reason === null)?._count._all ?? 0,
      reasons: Object.fromEntries(
        groups.flatMap(({ reason, _count }) => (reason === null ? [] : [[reason, _count._all]])),
      ),
      examples: {
        getIt: await examplesOf(tx, shopId, campaignId, true),
        not: await examplesOf(tx, shopId, campaignId, false),
      },
    };
  } finally {
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT campaign_preview`;
  }
}

async function examplesOf(
  tx: Tx,
  shopId: ShopId,
  campaignId: string,
  getIt: boolean,
): Promise<PreviewPerson[]> {
  const rows = await tx.message.findMany({
    where: { shopId, campaignId, reason: getIt ? null : { not: null } },
    orderBy: { customerGid: "asc" },
    take: EXAMPLES,
    select: { customerGid: true, channel: true, recipient: true, dueAt: true, reason: true },
  });
  const gids = rows.map(({ customerGid }) => customerGid!);
  const people = await tx.customer.findMany({
    where: { shopId, gid: { in: gids } },
    select: { gid: true, firstName: true, lastName: true, email: true },
  });
  const known = new Map(people.map((one) => [one.gid, one]));
  return rows.map(({ customerGid, recipient, ...row }) => {
    const person = known.get(customerGid!);
    const name = [person?.firstName, person?.lastName].filter(Boolean).join(" ");
    return { ...row, customerGid: customerGid!, name, address: recipient ?? person?.email ?? null };
  });
}

export type StopResult = { status: "cancelled" | "stopped" | "over" | "unknown" };

/** Keeps what has not gone out from going out, for good. Mails that are being handed over at this moment still go. */
export async function stopCampaign(tx: Tx, shopId: ShopId, id: string, now: Date): Promise<StopResult> {
  // A planner at work finishes its batch first.
  const [campaign] = await tx.$queryRaw<Pick<MessageCampaign, "dueAt" | "finishedAt" | "stoppedAt">[]>`
    SELECT "dueAt", "finishedAt", "stoppedAt" FROM "MessageCampaign"
    WHERE "shopId" = ${shopId} AND id = ${id}::uuid FOR UPDATE`;
  if (!campaign) return { status: "unknown" };
  const reason: SuppressionReason = "campaign-stopped";
  const stopped = await tx.$queryRaw<{ id: string; templateKey: string }[]>`
    UPDATE "Message" SET state = 'suppressed', reason = ${reason}, "endedAt" = ${now}
    WHERE "shopId" = ${shopId} AND "campaignId" = ${id}::uuid AND state = 'queued'
    RETURNING id::text, "templateKey"`;
  if (campaign.finishedAt && stopped.length === 0) return { status: "over" };
  await uncount(tx, shopId, stopped);
  const { finishedAt } = campaign;
  const change = { stoppedAt: now, finishedAt: finishedAt ?? now };
  await tx.messageCampaign.update({ where: { shopId_id: { shopId, id } }, data: change });
  return { status: now < campaign.dueAt ? "cancelled" : "stopped" };
}

/** Mails that were written ahead were counted against the person's budget already. */
async function uncount(tx: Tx, shopId: ShopId, messages: { id: string; templateKey: string }[]) {
  const keys = messages.map(({ id, templateKey }) => touchKey(id, templateKey));
  await tx.$executeRaw`
    DELETE FROM "Touch" WHERE "shopId" = ${shopId} AND "sourceKey" = ANY (${keys}::text[])`;
}
