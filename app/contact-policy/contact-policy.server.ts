import { addressHash } from "#app/db/seal";
import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import { DEFAULT_LIMITS, type Channel, type Limits, type Purpose, type Verdict } from "./contact";
import { consentOf, type Keys } from "./consent.server";
import { endOfQuietHours } from "./quiet-hours";

/**
 * Contact policy: may we, now, here? One budget of attention per person over all channels and surfaces. Everybody who
 * wants to reach a person asks here first; every "no" has a reason that the asker stores. It never sends anything.
 */
export {
  consentOf,
  recordConsent,
  type ConsentChange,
  type ConsentResult,
  type Keys,
} from "./consent.server";
export { buyerWithoutConsent, fetchConsent } from "./checkout-consent.server";
export { newestConsent, writeBackConsent } from "./write-back.server";
export { preferencesOf, setPreference } from "./preferences.server";

const DAY = 24 * 60 * 60 * 1000;

// ───────── suppression ─────────

export type Address = { channel: Channel; address: string };

/** Never contact this address again on this channel: `hard-bounce`, `complaint`, `redaction`, `staff`. */
export async function suppress(
  tx: Tx,
  shopId: ShopId,
  { channel, address, reason, now }: Address & { reason: string; now: Date },
  { secret }: Keys,
): Promise<void> {
  const hash = addressHash(secret, shopId, address);
  await tx.suppression.createMany({
    data: [{ shopId, channel, addressHash: hash, reason, createdAt: now }],
    skipDuplicates: true,
  });
}

export async function isSuppressed(
  tx: Tx,
  shopId: ShopId,
  { channel, address }: Address,
  { secret }: Keys,
): Promise<boolean> {
  const hash = addressHash(secret, shopId, address);
  return (await tx.suppression.count({ where: { shopId, channel, addressHash: hash } })) > 0;
}

// ───────── touches ─────────

export type NewTouch = {
  personKey: string;
  /** Channel or surface: email, thank-you, order-status, … */
  channel: string;
  /** What it was: offer, survey, nps, or a message type. */
  kind: string;
  marketing: boolean;
  /** The same touch told twice counts once. */
  sourceKey: string;
  happenedAt: Date;
};

/** Notes that some of a person's attention was used. */
export async function recordTouch(tx: Tx, shopId: ShopId, touch: NewTouch): Promise<void> {
  await tx.touch.createMany({
    data: [{ shopId, id: newId(touch.happenedAt), ...touch }],
    skipDuplicates: true,
  });
}

/** An order told us its customer: what was counted under the order now counts for the customer. Safe to repeat. */
export async function joinPerson(
  tx: Tx,
  shopId: ShopId,
  { from, to }: { from: string; to: string },
): Promise<void> {
  await tx.touch.updateMany({ where: { shopId, personKey: from }, data: { personKey: to } });
  await tx.hold.updateMany({ where: { shopId, personKey: from }, data: { personKey: to } });
}

// ───────── holds ─────────

export type NewHold = {
  personKey: string;
  /** open-case, late-parcel, return, … */
  reason: string;
  sourceKey: string;
  startsAt: Date;
  endsAt?: Date | null;
};

/** Stops marketing to a person until the hold is released or ends. A hold placed twice is one. */
export async function placeHold(tx: Tx, shopId: ShopId, hold: NewHold): Promise<void> {
  await tx.hold.createMany({
    data: [{ shopId, id: newId(hold.startsAt), ...hold, endsAt: hold.endsAt ?? null }],
    skipDuplicates: true,
  });
}

export async function releaseHold(
  tx: Tx,
  shopId: ShopId,
  { sourceKey, now }: { sourceKey: string; now: Date },
): Promise<void> {
  await tx.hold.updateMany({
    where: { shopId, sourceKey, OR: [{ endsAt: null }, { endsAt: { gt: now } }] },
    data: { endsAt: now },
  });
}

/** The holds that stand at `now`, oldest first. */
export async function activeHolds(tx: Tx, shopId: ShopId, person: string, now: Date) {
  return tx.hold.findMany({
    where: {
      shopId,
      personKey: person,
      startsAt: { lte: now },
      OR: [{ endsAt: null }, { endsAt: { gt: now } }],
    },
    orderBy: { startsAt: "asc" },
    select: { reason: true, sourceKey: true, startsAt: true, endsAt: true },
  });
}

// ───────── the question ─────────

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
  limits?: Limits;
};

/**
 * May we contact this person in this way at `now`? The first reason against it is returned, gravest first.
 * Transactional messages need no consent and no budget, but never pass a suppression or the person's own choice.
 */
export async function mayContact(
  tx: Tx,
  shopId: ShopId,
  question: ContactQuestion,
  keys: Keys,
): Promise<Verdict> {
  const limits = question.limits ?? DEFAULT_LIMITS;
  if (question.address !== null) {
    const verdict = await mayReach(tx, shopId, { ...question, address: question.address }, keys);
    if (!verdict.allowed) return verdict;
  }
  if (question.purpose === "marketing") {
    const holds = await activeHolds(tx, shopId, question.personKey, question.now);
    if (holds.length > 0) return { allowed: false, reason: "hold", until: holds[0]!.endsAt ?? undefined };
  }
  const gap = await surveyGap(tx, shopId, question, limits);
  if (gap) return gap;
  if (question.purpose === "transactional" || question.address === null) return { allowed: true };

  const cap = await marketingCap(tx, shopId, question, limits);
  if (cap) return cap;
  const quietUntil = endOfQuietHours(question.now, question.timezone, limits.quiet);
  if (quietUntil) return { allowed: false, reason: "quiet-hours", until: quietUntil };
  return { allowed: true };
}

async function mayReach(
  tx: Tx,
  shopId: ShopId,
  question: ContactQuestion & { address: string },
  keys: Keys,
): Promise<Verdict> {
  const channel = question.channel as Channel;
  const { address, messageType } = question;
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
  if (question.purpose === "marketing") {
    const consent = await consentOf(tx, shopId, { channel, address }, keys);
    if (consent?.state !== "subscribed") return { allowed: false, reason: "no-consent" };
  }
  return { allowed: true };
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

async function marketingCap(
  tx: Tx,
  shopId: ShopId,
  { personKey, now }: ContactQuestion,
  limits: Limits,
): Promise<Verdict | null> {
  const touches = await tx.touch.findMany({
    where: { shopId, personKey, marketing: true, happenedAt: { gt: new Date(now.getTime() - 7 * DAY) } },
    orderBy: { happenedAt: "asc" },
    select: { happenedAt: true },
  });
  const lastDay = touches.filter((touch) => touch.happenedAt.getTime() > now.getTime() - DAY);
  if (lastDay.length >= limits.marketingPerDay) {
    return {
      allowed: false,
      reason: "marketing-cap-day",
      until: new Date(lastDay[0]!.happenedAt.getTime() + DAY),
    };
  }
  if (touches.length >= limits.marketingPerWeek) {
    return {
      allowed: false,
      reason: "marketing-cap-week",
      until: new Date(touches[0]!.happenedAt.getTime() + 7 * DAY),
    };
  }
  return null;
}
