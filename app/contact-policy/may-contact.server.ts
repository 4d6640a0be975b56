import { addressHash } from "#app/db/seal";
import type { ShopId, Tx } from "#app/db/tx";
import { consentOf, type Keys } from "./consent.server";
import {
  disturbs,
  NEEDED_FOR_ORDERS,
  type Channel,
  type Limits,
  type Purpose,
  type Verdict,
} from "./contact";
import { contactSettingsOf, type ContactRules } from "./contact-settings.server";
import { carriesMarketing, ruleFor } from "./country-rules";
import { activeHolds } from "./holds.server";
import { endOfQuietHours } from "./quiet-hours";
import { isSuppressed } from "./suppression.server";

const DAY = 24 * 60 * 60 * 1000;

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
  const rules = question.rules ?? (await contactSettingsOf(tx, shopId));
  if (question.address !== null) {
    const verdict = await mayReach(tx, shopId, { ...question, address: question.address, rules }, keys);
    if (!verdict.allowed) return verdict;
  }
  if (question.purpose === "marketing") {
    const holds = await activeHolds(tx, shopId, question.personKey, question.now);
    if (holds.length > 0) return { allowed: false, reason: "hold", until: holds[0]!.endsAt ?? undefined };
  }
  const gap = await surveyGap(tx, shopId, question, rules.limits);
  if (gap) return gap;
  if (question.purpose === "transactional" || question.address === null) return { allowed: true };

  const cap = await marketingCap(tx, shopId, question, rules.limits);
  if (cap) return cap;
  if (!disturbs(question.channel)) return { allowed: true };
  const quietUntil = endOfQuietHours(question.now, question.timezone, rules.limits.quiet);
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
  const channel = question.channel as Channel;
  const { address, messageType, purpose } = question;
  const rules = question.rules ?? (await contactSettingsOf(tx, shopId));
  if (await isSuppressed(tx, shopId, { channel, address }, keys))
    return { allowed: false, reason: "suppressed" };
  const unwanted = await tx.messagePreference.count({
    where: {
      shopId,
      addressHash: addressHash(keys.secret, shopId, address),
      messageType,
      channel,
      wanted: false,
    },
  });
  if (unwanted > 0) return { allowed: false, reason: "type-unwanted" };
  if (purpose === "transactional" && NEEDED_FOR_ORDERS[channel] === "free") return { allowed: true };

  const consent = await consentOf(tx, shopId, { channel, address }, keys);
  if (purpose === "marketing") return marketingVerdict(question, rules, consent);
  const enough =
    NEEDED_FOR_ORDERS[channel] === "agreed"
      ? consent?.state === "subscribed"
      : consent?.state !== "unsubscribed";
  return enough ? { allowed: true } : { allowed: false, reason: "no-consent" };
}

/** The inbox stands on pages that the person opens: nobody has to agree to look. Countries have rules for mail only. */
function marketingVerdict(
  { channel, country, inside }: ReachQuestion,
  { countries }: ContactRules,
  consent: Awaited<ReturnType<typeof consentOf>>,
): Verdict {
  if (channel === "inbox") return { allowed: true };
  const rule = channel === "email" ? ruleFor(countries, country) : "agreed";
  const carried = carriesMarketing(rule, consent, inside ?? false);
  return carried === "yes" ? { allowed: true } : { allowed: false, reason: carried };
}

async function surveyGap(
  tx: Tx,
  shopId: ShopId,
  { personKey, messageType, now }: ContactQuestion,
  limits: Limits,
): Promise<Verdict | null> {
  if (messageType !== "survey" && messageType !== "nps") return null;
  const days = messageType === "nps" ? limits.npsGapDays : limits.surveyGapDays;
  const last = await tx.touch.findFirst({
    where: {
      shopId,
      personKey,
      kind: messageType,
      happenedAt: { gt: new Date(now.getTime() - days * DAY) },
    },
    orderBy: { happenedAt: "desc" },
    select: { happenedAt: true },
  });
  if (!last) return null;
  const reason = messageType === "nps" ? "nps-gap" : "survey-gap";
  return { allowed: false, reason, until: new Date(last.happenedAt.getTime() + days * DAY) };
}

/** How many more marketing messages the person's day and week have room for. */
export async function marketingRoom(
  tx: Tx,
  shopId: ShopId,
  { personKey, now, limits }: { personKey: string; now: Date; limits: Limits },
): Promise<number> {
  const { day, week } = await marketingTouches(tx, shopId, personKey, now);
  return Math.max(0, Math.min(limits.marketingPerDay - day.length, limits.marketingPerWeek - week.length));
}

/** Oldest first. */
async function marketingTouches(tx: Tx, shopId: ShopId, personKey: string, now: Date) {
  const week = await tx.touch.findMany({
    where: { shopId, personKey, marketing: true, happenedAt: { gt: new Date(now.getTime() - 7 * DAY) } },
    orderBy: { happenedAt: "asc" },
    select: { happenedAt: true },
  });
  return { week, day: week.filter((touch) => touch.happenedAt.getTime() > now.getTime() - DAY) };
}

async function marketingCap(
  tx: Tx,
  shopId: ShopId,
  { personKey, now }: ContactQuestion,
  { marketingPerDay, marketingPerWeek }: Limits,
): Promise<Verdict | null> {
  const { day, week } = await marketingTouches(tx, shopId, personKey, now);
  if (day.length >= marketingPerDay) {
    return { allowed: false, reason: "marketing-cap-day", until: freeAgain(day, marketingPerDay, DAY) };
  }
  if (week.length >= marketingPerWeek) {
    return {
      allowed: false,
      reason: "marketing-cap-week",
      until: freeAgain(week, marketingPerWeek, 7 * DAY),
    };
  }
  return null;
}

/** When so many of the touches (oldest first) have left the window that one more fits; never, where none may be. */
function freeAgain(touches: { happenedAt: Date }[], most: number, window: number): Date | undefined {
  const leaving = touches[touches.length - most];
  return most > 0 && leaving ? new Date(leaving.happenedAt.getTime() + window) : undefined;
}
