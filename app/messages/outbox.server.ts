import {
  takeBackTouch,
  recordTouch,
  suppress,
  type Keys,
  type NewTouch,
} from "#app/contact-policy/contact-policy.server";
import type { Channel } from "#app/contact-policy/contact";
import { newId } from "#app/db/id";
import { addressHash } from "#app/db/seal";
import type { ShopId, Tx } from "#app/db/tx";
import type { Message, Prisma } from "#app/generated/prisma/client";
import { publish } from "#app/queue/queue.server";
import { spokenLocale, type Locale } from "#app/shops/settings";
import { settingsOf } from "#app/shops/shops.server";
import { noteAccountError } from "./accounts.server";
import { addressOn, personKey, reachable } from "./addresses.server";
import { REPEATABLE, type ChannelError } from "./channels/channel";
import type { TemplateKey } from "./default-templates";
import { plainAddress } from "./escape";
import { isOutranked, judge, lockPerson, PLAIN_WEBHOOK, type SuppressionReason } from "./judge.server";
import { removeSubscription } from "./push-subscriptions.server";
import { templatePurpose } from "./templates.server";

/**
 * The outbox: one row per (what, whom, channel), and its states.
 * queued → sending (recorded before the hand-over) → sent, or back to queued, bounced, failed; suppressed at any time
 * before sending. What was `sending` when its worker died becomes `unknown` and is never sent again by itself, except
 * on channels where a repetition does nothing.
 */

/** What other domains give to a mail; the rest is read when it is sent. */
export type MessageExtras = {
  /** Links for the scores 0 to 10 of the NPS question. */
  nps?: string[];
  points?: { program: string; available: number; pending: number };
  /** What was decided for the offer slot when the mail was written. */
  offer?: { decisionId: string; position: number };
  /** A discount code that was made for this person; `endsAt` in ISO form. */
  code?: { code: string; percent: number; endsAt: string };
  /** The product that it is about, and its page in the shop. */
  product?: { title: string; url: string };
  surveyUrl?: string;
  /** Where this person writes a review. */
  reviewUrl?: string;
  /** What staff answers in a case, and where the shopper writes back. */
  caseReply?: { text: string; url: string };
  /** What a webhook carries beside the message. */
  data?: Record<string, unknown>;
};

export type NewMessage = {
  /** The same thing asked for twice is one message per channel. */
  dedupeKey: string;
  templateKey: TemplateKey;
  /** Default: email. */
  channel?: Channel;
  /** Left out: a message to a customer that is about no order. */
  orderGid?: string | null;
  customerGid: string | null;
  parcelId?: string | null;
  /** Left out: the address of the order, else of the customer, on that channel. */
  recipient?: string | null;
  /** The shopper's language as Shopify tells it, e.g. "de-AT". */
  locale: string;
  extras?: MessageExtras;
  /** Of which campaign it is. */
  campaignId?: string;
  /** 0 to 100: of marketing to one person, the weightiest gets the day's place. Default 50. */
  priority?: number;
};

export type QueueResult =
  | { status: "queued"; messageId: string; dueAt: Date }
  | { status: "suppressed"; messageId: string; reason: SuppressionReason }
  | { status: "already-queued" };

/** Puts a message into the outbox, or records why it is not sent. */
export async function queueMessage(
  tx: Tx,
  shopId: ShopId,
  message: NewMessage,
  { secret, now }: Keys & { now: Date },
): Promise<QueueResult> {
  const { channel = "email", orderGid = null, customerGid, templateKey } = message;
  const person = { customerGid, orderGid };
  const recipient =
    channel === "email" && message.recipient !== undefined
      ? plainAddress(message.recipient ?? "")
      : (message.recipient ?? (await addressOn(tx, shopId, channel, person)));
  const verdict = await judge(tx, shopId, { ...person, templateKey, channel, recipient }, { secret, now });
  const id = newId(now);
  const dueAt = verdict.send ? verdict.at : now;
  const reason = verdict.send ? null : verdict.reason;
  const created = await tx.message.createMany({
    data: [
      {
        shopId,
        id,
        dedupeKey: message.dedupeKey,
        channel,
        templateKey,
        purpose: isPlainWebhook(templateKey)
          ? "transactional"
          : await templatePurpose(tx, shopId, templateKey),
        locale: await localeFor(tx, shopId, message.locale),
        customerGid,
        orderGid,
        parcelId: message.parcelId ?? null,
        recipient,
        recipientHash: addressHash(secret, shopId, recipient ?? ""),
        variables: (message.extras ?? {}) as Prisma.InputJsonObject,
        priority: message.priority ?? 50,
        campaignId: message.campaignId ?? null,
        state: verdict.send ? "queued" : "suppressed",
        reason,
        dueAt,
        queuedAt: now,
        endedAt: verdict.send ? null : now,
      },
    ],
    skipDuplicates: true,
  });
  if (created.count === 0) return { status: "already-queued" };
  if (reason) return { status: "suppressed", messageId: id, reason };
  if (dueAt <= now) await publish(tx, "message.queued", { shopId, messageId: id });
  return { status: "queued", messageId: id, dueAt };
}

/**
 * Queues a message once, on the first of these channels that reaches the person; where none does, the first one's row
 * says why. Asked for again, also with other channels, it stays that one message.
 */
export async function queueOnFirst(
  tx: Tx,
  shopId: ShopId,
  message: Omit<NewMessage, "channel" | "recipient"> & { email?: string | null },
  channels: readonly Channel[],
  config: Keys & { now: Date },
): Promise<QueueResult> {
  const { email, ...rest } = message;
  if ((await tx.message.count({ where: { shopId, dedupeKey: message.dedupeKey } })) > 0)
    return { status: "already-queued" };
  const { customerGid, orderGid = null, templateKey } = message;
  const purpose = await templatePurpose(tx, shopId, templateKey);
  const question = { customerGid, orderGid, email, templateKey, purpose };
  const channel = (await reachable(tx, shopId, question, channels, config)) ?? channels[0] ?? "email";
  const known = channel === "email" && email !== undefined ? { recipient: email } : {};
  return queueMessage(tx, shopId, { ...rest, ...known, channel }, config);
}

/** A signed call to an address of the merchant's, without a template. @param url left out: the shop's own address */
export async function queueWebhook(
  tx: Tx,
  shopId: ShopId,
  call: Pick<NewMessage, "dedupeKey" | "customerGid" | "orderGid"> & {
    url?: string;
    data: Record<string, unknown>;
  },
  config: Keys & { now: Date },
): Promise<QueueResult> {
  const { url, data, ...rest } = call;
  const message = { ...rest, templateKey: PLAIN_WEBHOOK as TemplateKey, locale: "en", extras: { data } };
  return queueMessage(
    tx,
    shopId,
    { ...message, channel: "webhook", ...(url ? { recipient: url } : {}) },
    config,
  );
}

function isPlainWebhook(templateKey: string): boolean {
  return templateKey === PLAIN_WEBHOOK;
}

/** The shopper's language where the shop has switched it on, else the shop's first. */
async function localeFor(tx: Tx, shopId: ShopId, wanted: string): Promise<Locale> {
  return spokenLocale((await settingsOf(tx, shopId)).locales, wanted);
}

/**
 * Takes a queued message for sending, if it is due, still wanted and nobody else took it. From here on until its outcome
 * is recorded it counts as in flight, and marketing as a touch: two messages to one person cannot both find room.
 */
export async function claimMessage(
  tx: Tx,
  shopId: ShopId,
  id: string,
  { secret, now }: Keys & { now: Date },
): Promise<Message | null> {
  const claimed = await tx.message.updateMany({
    where: { shopId, id, state: "queued", dueAt: { lte: now } },
    data: { state: "sending", sendingAt: now, attempts: { increment: 1 } },
  });
  if (claimed.count === 0) return null;
  const message = await tx.message.findUniqueOrThrow({ where: { shopId_id: { shopId, id } } });
  const channel = message.channel as Channel;
  const isMarketing = message.purpose === "marketing";
  if (isMarketing) await lockPerson(tx, shopId, message);
  const verdict = await judge(tx, shopId, { ...message, channel }, { secret, now });
  const reason = !verdict.send
    ? verdict.reason
    : isMarketing && (await isOutranked(tx, shopId, message, now))
      ? "outranked"
      : null;
  if (reason) {
    await end(tx, shopId, id, { state: "suppressed", reason }, now);
    return null;
  }
  if (verdict.send && verdict.at > now) {
    await tx.message.update({
      where: { shopId_id: { shopId, id } },
      data: { state: "queued", dueAt: verdict.at, sendingAt: null, attempts: { decrement: 1 } },
    });
    return null;
  }
  if (isMarketing) await recordTouch(tx, shopId, touchOf(message, message.templateKey, true, now));
  return message;
}

/** What a message uses of the person's attention. */
export function touchOf(message: Message, kind: string, marketing: boolean, now: Date): NewTouch {
  return {
    personKey: personKey(message),
    channel: message.channel,
    kind,
    marketing,
    sourceKey: touchKey(message.id, kind),
    happenedAt: now,
  };
}

export function touchKey(id: string, kind: string): string {
  return `message:${id}:${kind}`;
}

/** The channel has taken responsibility. `touches` are what the mail used of the person's attention. */
export async function recordSent(
  tx: Tx,
  shopId: ShopId,
  id: string,
  { providerId, touches, now }: { providerId: string; touches: NewTouch[]; now: Date },
): Promise<void> {
  // Also a message that a sweep has called unknown in the meantime: now we know.
  const updated = await tx.message.updateMany({
    where: { shopId, id, state: { in: ["sending", "unknown"] } },
    data: { state: "sent", providerId, sentAt: now, reason: null, endedAt: null },
  });
  if (updated.count === 0) return;
  for (const touch of touches) await recordTouch(tx, shopId, touch);
}

const MINUTE = 60_000;
/** Waits between attempts after an answer that may change; then we give up. */
const BACKOFF = [1, 5, 15, 60, 240, 720, 1440].map((minutes) => minutes * MINUTE);

type Failed = Pick<Message, "id" | "channel" | "attempts" | "recipient" | "templateKey">;

/** Records what the channel's error makes certain. */
export async function recordFailure(
  tx: Tx,
  shopId: ShopId,
  message: Failed,
  error: Pick<ChannelError, "kind" | "message">,
  { secret, now }: Keys & { now: Date },
): Promise<void> {
  const { id, attempts, recipient, templateKey } = message;
  const channel = message.channel as Channel;
  const reason = error.message.slice(0, 300);
  const wait = BACKOFF[attempts - 1];
  const mayRepeat =
    error.kind === "temporary" ||
    error.kind === "account" ||
    (error.kind === "ambiguous" && REPEATABLE.includes(channel));
  if (error.kind === "account") await noteAccountError(tx, shopId, channel, reason, now);
  if (error.kind === "ambiguous" && !mayRepeat) return markUnknown(tx, shopId, id, reason);

  await takeBackTouch(tx, shopId, touchKey(id, templateKey));
  if (mayRepeat && wait !== undefined) {
    await tx.message.updateMany({
      where: { shopId, id, state: "sending" },
      data: { state: "queued", dueAt: new Date(now.getTime() + wait), sendingAt: null, reason },
    });
  } else if (error.kind === "recipient") {
    await end(tx, shopId, id, { state: "bounced", reason }, now);
    if (recipient) await neverAgain(tx, shopId, { channel, address: recipient }, { secret, now });
  } else {
    await end(tx, shopId, id, { state: "failed", reason }, now);
  }
}

/** An address that takes no messages: a browser is forgotten, everything else is not tried again. */
async function neverAgain(
  tx: Tx,
  shopId: ShopId,
  { channel, address }: { channel: Channel; address: string },
  { secret, now }: Keys & { now: Date },
): Promise<void> {
  if (channel === "push") return removeSubscription(tx, shopId, address);
  await suppress(tx, shopId, { channel, address, reason: "hard-bounce", now }, { secret });
}

async function end(
  tx: Tx,
  shopId: ShopId,
  id: string,
  outcome: { state: "suppressed" | "bounced" | "failed"; reason: string },
  now: Date,
): Promise<void> {
  await tx.message.updateMany({
    where: { shopId, id, state: "sending" },
    data: { ...outcome, endedAt: now },
  });
}

/** Nobody knows whether this message left. The merchant decides (`sendAgain`, `leaveUnknown`). */
export async function markUnknown(tx: Tx, shopId: ShopId, id: string, reason: string): Promise<void> {
  await tx.message.updateMany({
    where: { shopId, id, state: "sending" },
    data: { state: "unknown", reason },
  });
}

/** The worker that had this message is gone: sent again where a repetition does nothing, else nobody knows. */
export async function settleLost(tx: Tx, shopId: ShopId, id: string, now: Date): Promise<void> {
  const requeued = await tx.message.updateMany({
    where: { shopId, id, state: "sending", channel: { in: [...REPEATABLE] } },
    data: { state: "queued", dueAt: now, sendingAt: null },
  });
  if (requeued.count === 0)
    await markUnknown(tx, shopId, id, "The worker stopped while this message was handed over.");
}
