import { Prisma } from "#app/generated/prisma/client";
import { addressHash } from "#app/db/seal";
import type { ShopId, Tx } from "#app/db/tx";
import type { Keys } from "./consent.server";
import {
  AGREED_ONLY,
  disturbs,
  type Channel,
  type ConsentState,
  type Limits,
  type Purpose,
  type Verdict,
} from "./contact";
import { contactSettingsOf, type ContactRules } from "./contact-settings.server";
import { carriesMarketing, ruleFor } from "./country-rules";
import { endOfQuietHours } from "./quiet-hours";

const DAY = 24 * 60 * 60 * 1000;
const WEEK = 7 * DAY;

export type ContactQuestion = {
  personKey: string;
  /** Null on a surface: the person is looking, so consent, suppression, quiet hours and caps on outreach do not apply. */
  address: string | null;
  channel: Channel | (string & {});
  purpose: Purpose;
  /** Message type, or `survey` / `nps`, which have gaps of their own. */
  messageType: string;
  now: Date;
  /** IANA zone of the person, else of the shop. */
  timezone: string;
  /** Where the person lives, as two letters; unknown: the usual rule. */
  country?: string | null;
  /** The question is about marketing inside a mail that goes out anyway. */
  inside?: boolean;
  /** The shop's rules, where the asker has read them already. */
  rules?: ContactRules;
};

/**
 * May we contact this person in this way at `now`? The first reason against it is returned, gravest first.
 * Transactional messages need no budget, but never pass a suppression or the person's own choice.
 */
export async function mayContact(
  tx: Tx,
  shopId: ShopId,
  question: ContactQuestion,
  keys: Keys,
): Promise<Verdict> {
  return (await mayContactMany(tx, shopId, [question], keys))[0]!;
}

/** The same for many at once, with one query whatever their number. Verdicts stand in the order of the questions. */
export async function mayContactMany(
  tx: Tx,
  shopId: ShopId,
  questions: readonly ContactQuestion[],
  keys: Keys,
): Promise<Verdict[]> {
  if (questions.length === 0) return [];
  const rules = questions[0]!.rules ?? (await contactSettingsOf(tx, shopId));
  const facts = await factsOf(tx, shopId, questions, rules.limits, keys);
  return questions.map((question, at) => verdictOf(question, facts[at]!, rules));
}

/** What is known of the person and the address of one question. */
type Facts = {
  suppressed: boolean;
  unwanted: boolean;
  state: ConsentState | null;
  optInLevel: string | null;
  held: boolean;
  heldUntil: Date | null;
  /** Marketing touches of the last seven days, oldest first. */
  touches: Date[];
  /** The last survey or NPS question, within its gap. */
  askedAt: Date | null;
};

async function factsOf(
  tx: Tx,
  shopId: ShopId,
  questions: readonly ContactQuestion[],
  limits: Limits,
  { secret }: Keys,
): Promise<Facts[]> {
  const asked = questions.map(({ personKey, address, channel, messageType, now }, n) => ({
    n,
    person: personKey,
    hash: address === null ? "" : addressHash(secret, shopId, address),
    channel,
    type: messageType,
    now: now.toISOString(),
    week: new Date(now.getTime() - WEEK).toISOString(),
    gap: new Date(now.getTime() - gapDays(messageType, limits) * DAY).toISOString(),
  }));
  return tx.$queryRaw<Facts[]>(Prisma.sql`
    SELECT
      EXISTS (SELECT 1 FROM "Suppression" s
        WHERE s."shopId" = ${shopId} AND s.channel = q.channel AND s."addressHash" = q.hash
          AND s."liftedAt" IS NULL) AS suppressed,
      EXISTS (SELECT 1 FROM "MessagePreference" p
        WHERE p."shopId" = ${shopId} AND p."addressHash" = q.hash AND p."messageType" = q.type
          AND p.channel = q.channel AND NOT p.wanted) AS unwanted,
      c.state::text AS state, c."optInLevel", h.held IS NOT NULL AS held, h."endsAt" AS "heldUntil",
      coalesce(t.touches, '{}') AS touches, g."happenedAt" AS "askedAt"
    FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) AS q(
      n int, person text, hash text, channel text, type text,
      now timestamptz, week timestamptz, gap timestamptz)
    LEFT JOIN "Consent" c
      ON c."shopId" = ${shopId} AND c.channel = q.channel AND c."addressHash" = q.hash
    LEFT JOIN LATERAL (
      SELECT true AS held, "endsAt" FROM "Hold"
      WHERE "shopId" = ${shopId} AND "personKey" = q.person AND "startsAt" <= q.now
        AND ("endsAt" IS NULL OR "endsAt" > q.now)
      ORDER BY "startsAt" LIMIT 1) h ON true
    LEFT JOIN LATERAL (
      SELECT array_agg("happenedAt" ORDER BY "happenedAt") AS touches FROM "Touch"
      WHERE "shopId" = ${shopId} AND "personKey" = q.person AND marketing AND "happenedAt" > q.week) t ON true
    LEFT JOIN LATERAL (
      SELECT "happenedAt" FROM "Touch"
      WHERE q.type IN ('survey', 'nps') AND "shopId" = ${shopId} AND "personKey" = q.person
        AND kind = q.type AND "happenedAt" > q.gap
      ORDER BY "happenedAt" DESC LIMIT 1) g ON true
    ORDER BY q.n`);
}

function gapDays(messageType: string, limits: Limits): number {
  return messageType === "nps" ? limits.npsGapDays : limits.surveyGapDays;
}

function verdictOf(question: ContactQuestion, facts: Facts, rules: ContactRules): Verdict {
  const { limits } = rules;
  if (question.address !== null) {
    const verdict = reachVerdict(question, facts, rules);
    if (!verdict.allowed) return verdict;
  }
  if (question.purpose === "marketing" && facts.held)
    return { allowed: false, reason: "hold", until: facts.heldUntil ?? undefined };
  const gap = gapVerdict(question, facts, limits);
  if (gap) return gap;
  if (question.purpose === "transactional" || question.address === null) return { allowed: true };

  const cap = capVerdict(question, facts, limits);
  if (cap) return cap;
  if (!disturbs(question.channel)) return { allowed: true };
  const quietUntil = endOfQuietHours(question.now, question.timezone, limits.quiet);
  if (quietUntil) return { allowed: false, reason: "quiet-hours", until: quietUntil };
  return { allowed: true };
}

export type ReachQuestion = Pick<
  ContactQuestion,
  "channel" | "purpose" | "messageType" | "country" | "inside" | "rules"
> & { address: string };

/** May this address be used on this channel at all, now or later? No budget, no hours. */
export async function mayReach(
  tx: Tx,
  shopId: ShopId,
  question: ReachQuestion,
  keys: Keys,
): Promise<Verdict> {
  const rules = question.rules ?? (await contactSettingsOf(tx, shopId));
  const asked = { ...question, personKey: "", now: new Date(0), timezone: "UTC" };
  const [facts] = await factsOf(tx, shopId, [asked], rules.limits, keys);
  return reachVerdict(question, facts!, rules);
}

function reachVerdict(
  { channel, purpose, country, inside = false }: Omit<ReachQuestion, "address">,
  { suppressed, unwanted, state, optInLevel }: Facts,
  { countries }: ContactRules,
): Verdict {
  if (suppressed) return { allowed: false, reason: "suppressed" };
  if (unwanted) return { allowed: false, reason: "type-unwanted" };
  if (purpose === "marketing") {
    // The inbox stands on pages that the person opens: nobody has to agree to look. Countries have rules for mail only.
    if (channel === "inbox") return { allowed: true };
    const rule = channel === "email" ? ruleFor(countries, country) : "agreed";
    const carried = carriesMarketing(rule, state && { state, optInLevel }, inside);
    return carried === "yes" ? { allowed: true } : { allowed: false, reason: carried };
  }
  const isMissing = AGREED_ONLY.includes(channel as Channel) && state !== "subscribed";
  return isMissing ? { allowed: false, reason: "no-consent" } : { allowed: true };
}

function gapVerdict({ messageType }: ContactQuestion, { askedAt }: Facts, limits: Limits): Verdict | null {
  if (!askedAt) return null;
  const reason = messageType === "nps" ? "nps-gap" : "survey-gap";
  return {
    allowed: false,
    reason,
    until: new Date(askedAt.getTime() + gapDays(messageType, limits) * DAY),
  };
}

function capVerdict(
  { now }: ContactQuestion,
  { touches: week }: Facts,
  { marketingPerDay, marketingPerWeek }: Limits,
): Verdict | null {
  const day = lastDay(week, now);
  if (day.length >= marketingPerDay)
    return { allowed: false, reason: "marketing-cap-day", until: freeAgain(day, marketingPerDay, DAY) };
  if (week.length >= marketingPerWeek)
    return { allowed: false, reason: "marketing-cap-week", until: freeAgain(week, marketingPerWeek, WEEK) };
  return null;
}

/** How many more marketing messages the person's day and week have room for. */
export async function marketingRoom(
  tx: Tx,
  shopId: ShopId,
  { personKey, now, limits }: { personKey: string; now: Date; limits: Limits },
): Promise<number> {
  const rows = await tx.touch.findMany({
    where: { shopId, personKey, marketing: true, happenedAt: { gt: new Date(now.getTime() - WEEK) } },
    select: { happenedAt: true },
  });
  const week = rows.map(({ happenedAt }) => happenedAt);
  const room = [limits.marketingPerDay - lastDay(week, now).length, limits.marketingPerWeek - week.length];
  return Math.max(0, Math.min(...room));
}

function lastDay(touches: Date[], now: Date): Date[] {
  return touches.filter((at) => at.getTime() > now.getTime() - DAY);
}

/** When so many of the touches (oldest first) have left the window that one more fits; never, where none may be. */
function freeAgain(touches: Date[], most: number, window: number): Date | undefined {
  const leaving = touches[touches.length - most];
  return most > 0 && leaving ? new Date(leaving.getTime() + window) : undefined;
}
