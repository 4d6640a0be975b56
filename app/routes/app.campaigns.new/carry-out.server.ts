import { inShop } from "#app/db/in-shop.server";
import { env } from "#app/env.server";
import type { Shop } from "#app/generated/prisma/client";
import { sendTestMail } from "#app/http/test-mail.server";
import {
  audienceSize,
  liveTemplate,
  previewCampaign,
  scheduleCampaign,
  type Audience,
} from "#app/messages/messages.server";
import { unwrittenProblem } from "#app/messages/unwritten-problem";
import { localMoment, startOfDay } from "#app/shops/local-day";
import type { CampaignAction, CampaignActionResult } from "./form";

/** "Now" leaves a minute to think again. */
const SOON_MS = 60_000;
const LONGEST_MS = 366 * 24 * 60 * 60 * 1000;

/** Does what the page asks for. */
export async function carryOut(
  shop: Shop,
  wish: CampaignAction,
  now: Date,
): Promise<CampaignActionResult | { goTo: string }> {
  if (wish.intent !== "test" && isEmptyPeriod(wish))
    return { problems: { orderedBefore: "Choose a later day than the one it is on or after." } };
  switch (wish.intent) {
    case "look":
      return { problems: {}, look: await lookAhead(shop, wish, now) };
    case "test":
      return testOf(shop, wish);
    case "schedule":
      return schedule(shop, wish, now);
  }
}

type Wish<Intent> = Extract<CampaignAction, { intent: Intent }>;

function lookAhead(shop: Shop, wish: Wish<"look">, now: Date) {
  const { template, channels, holdoutPercent } = wish;
  const audience = audienceOf(wish, shop.timezone);
  return inShop(shop.id, async (tx) => {
    if (!template || channels.length === 0)
      return { audience: await audienceSize(tx, shop.id, audience, now), preview: null };
    const dueAt = dueAtOf(wish, shop.timezone, now) ?? now;
    const asked = { templateKey: template, channels, audience, holdoutPercent, dueAt };
    const config = { secret: env().ENCRYPTION_KEY, now };
    const preview = await previewCampaign(tx, shop.id, asked, config);
    return { audience: preview.audience, preview };
  });
}

async function schedule(
  shop: Shop,
  wish: Wish<"schedule">,
  now: Date,
): Promise<CampaignActionResult | { goTo: string }> {
  const { key, name, template, channels, holdoutPercent } = wish;
  const dueAt = dueAtOf(wish, shop.timezone, now);
  if (!dueAt) return { problems: { at: "Choose a day and a time." } };
  if (dueAt < now) return { problems: { at: "This time has passed." } };
  if (dueAt.getTime() > now.getTime() + LONGEST_MS)
    return { problems: { at: "Choose a day within a year." } };
  const audience = audienceOf(wish, shop.timezone);
  const dedupeKey = `by-hand:${key}`;
  const asked = { dedupeKey, name, templateKey: template, channels, audience, holdoutPercent, dueAt };
  const queued = await inShop(shop.id, (tx) => scheduleCampaign(tx, shop.id, asked, now));
  if (queued.status === "unknown-template") return { problems: { template: "Choose a message." } };
  if (queued.status === "unwritten") return { problems: { template: unwrittenProblem(queued) } };
  return { goTo: queued.status === "queued" ? `/app/campaigns/${queued.campaignId}` : "/app/campaigns" };
}

async function testOf(shop: Shop, { template, locale }: Wish<"test">): Promise<CampaignActionResult> {
  const { content, purpose } = await inShop(shop.id, (tx) => liveTemplate(tx, shop.id, template));
  const sent = await sendTestMail(shop, { content, purpose, locale, orderGid: null, agreed: true });
  if (sent.status === "sent") return { problems: {}, saved: `Test sent to ${sent.to}` };
  const problem = sent.status === "refused" ? sent.problem : (sent.problems[0]?.message ?? "");
  return { problems: { test: problem } };
}

type Days = Pick<Wish<"look">, "countries" | "leastOrders" | "orderedSince" | "orderedBefore">;

function audienceOf(
  { countries, leastOrders, orderedSince, orderedBefore }: Days,
  timezone: string,
): Audience {
  const start = (day: string) => (day ? startOfDay(day, timezone).toISOString() : undefined);
  return {
    ...{ countries, leastOrders },
    ...{ orderedSince: start(orderedSince), orderedBefore: start(orderedBefore) },
  };
}

/** Nobody's last order is in it. */
function isEmptyPeriod({ orderedSince, orderedBefore }: Days): boolean {
  return orderedSince !== "" && orderedBefore !== "" && orderedSince >= orderedBefore;
}

/** Null where no time was given. */
function dueAtOf({ when, at }: Pick<Wish<"look">, "when" | "at">, timezone: string, now: Date): Date | null {
  if (when === "now") return new Date(now.getTime() + SOON_MS);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(at)) return null;
  const moment = localMoment(at, timezone);
  return Number.isNaN(moment.getTime()) ? null : moment;
}
