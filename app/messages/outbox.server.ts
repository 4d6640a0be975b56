import type { RefusalReason } from "#app/contact-policy/contact";
import {
  mayContact,
  recordTouch,
  suppress,
  type Keys,
  type NewTouch,
} from "#app/contact-policy/contact-policy.server";
import { personKeyOf } from "#app/customers/customers.server";
import { newId } from "#app/db/id";
import { addressHash } from "#app/db/seal";
import type { ShopId, Tx } from "#app/db/tx";
import type { Message } from "#app/generated/prisma/client";
import { publish } from "#app/queue/queue.server";
import { spokenLocale, type Locale } from "#app/shops/settings";
import { settingsOf } from "#app/shops/shops.server";
import type { ChannelError } from "./channels/channel";
import type { TemplateKey } from "./default-templates";
import { plainAddress } from "./escape";
import { templatePurpose, templateState } from "./templates.server";

/**
 * The outbox: one row per (what, whom, channel), and its states.
 * queued → sending (recorded before the hand-over) → sent, or back to queued, bounced, failed; suppressed at any time
 * before sending. What was `sending` when its worker died becomes `unknown` and is never sent again by itself.
 */

/** What other domains give to a mail; the rest is read when it is sent. */
export type MessageExtras = {
  /** Links for the scores 0 to 10 of the NPS question. */
  nps?: string[];
  points?: { program: string; available: number; pending: number };
  /** What was decided for the offer slot when the mail was written. */
  offer?: { decisionId: string; position: number };
};

export type NewMessage = {
  /** The same thing asked for twice is one message. */
  dedupeKey: string;
  templateKey: TemplateKey;
  orderGid: string;
  customerGid: string | null;
  parcelId?: string | null;
  recipient: string | null;
  /** The shopper's language as Shopify tells it, e.g. "de-AT". */
  locale: string;
  extras?: MessageExtras;
};

export type QueueResult =
  | { status: "queued"; messageId: string; dueAt: Date }
  | { status: "suppressed"; messageId: string; reason: SuppressionReason }
  | { status: "already-queued" };

export type SuppressionReason =
  RefusalReason | "messages-off" | "template-off" | "no-address" | "uninstalled";

/** Puts a message into the outbox, or records why it is not sent. */
export async function queueMessage(
  tx: Tx,
  shopId: ShopId,
  message: NewMessage,
  { secret, now }: Keys & { now: Date },
): Promise<QueueResult> {
  const recipient = plainAddress(message.recipient ?? "");
  const verdict = await judge(tx, shopId, { ...message, recipient }, { secret, now });
  const id = newId(now);
  const dueAt = verdict.send ? verdict.at : now;
  const reason = verdict.send ? null : verdict.reason;
  const created = await tx.message.createMany({
    data: [
      {
        shopId,
        id,
        dedupeKey: message.dedupeKey,
        channel: "email",
        templateKey: message.templateKey,
        purpose: await templatePurpose(tx, shopId, message.templateKey),
        locale: await localeFor(tx, shopId, message.locale),
        customerGid: message.customerGid,
        orderGid: message.orderGid,
        parcelId: message.parcelId ?? null,
        recipient,
        recipientHash: addressHash(secret, shopId, recipient ?? ""),
        variables: message.extras ?? {},
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

/** The shopper's language where the shop has switched it on, else the shop's first. */
async function localeFor(tx: Tx, shopId: ShopId, wanted: string): Promise<Locale> {
  return spokenLocale((await settingsOf(tx, shopId)).locales, wanted);
}

type Judgement = { send: true; at: Date } | { send: false; reason: SuppressionReason };

type Judged = Pick<NewMessage, "templateKey" | "customerGid" | "orderGid"> & { recipient: string | null };

/** May this message go out, and when? Asked when it is queued and again when it is sent. */
async function judge(
  tx: Tx,
  shopId: ShopId,
  { templateKey, recipient, customerGid, orderGid }: Judged,
  { secret, now }: Keys & { now: Date },
): Promise<Judgement> {
  const shop = await tx.shop.findUniqueOrThrow({
    where: { id: shopId },
    select: { timezone: true, status: true },
  });
  if (shop.status !== "installed") return { send: false, reason: "uninstalled" };
  const { surfaces } = await settingsOf(tx, shopId);
  if (!surfaces.message) return { send: false, reason: "messages-off" };
  const template = await templateState(tx, shopId, templateKey);
  if (!template?.enabled) return { send: false, reason: "template-off" };
  if (!recipient) return { send: false, reason: "no-address" };

  const verdict = await mayContact(
    tx,
    shopId,
    {
      personKey: personKeyOf({ customerGid, orderGid }),
      address: recipient,
      channel: "email",
      purpose: template.purpose,
      messageType: templateKey,
      now,
      timezone: shop.timezone,
    },
    { secret },
  );
  if (verdict.allowed) return { send: true, at: now };
  if (verdict.reason === "quiet-hours" && verdict.until) return { send: true, at: verdict.until };
  return { send: false, reason: verdict.reason };
}

/**
 * Takes a queued message for sending, if it is due, still wanted and nobody else took it. From here on until its outcome
 * is recorded it counts as in flight.
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
  const judged = {
    ...message,
    templateKey: message.templateKey as TemplateKey,
    orderGid: message.orderGid ?? "",
  };
  const verdict = await judge(tx, shopId, judged, { secret, now });
  if (!verdict.send) {
    await end(tx, shopId, id, { state: "suppressed", reason: verdict.reason }, now);
    return null;
  }
  if (verdict.at > now) {
    await tx.message.update({
      where: { shopId_id: { shopId, id } },
      data: { state: "queued", dueAt: verdict.at, sendingAt: null, attempts: { decrement: 1 } },
    });
    return null;
  }
  return message;
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

/** Records what the channel's error makes certain. */
export async function recordFailure(
  tx: Tx,
  shopId: ShopId,
  message: Pick<Message, "id" | "attempts" | "recipient">,
  error: Pick<ChannelError, "kind" | "message">,
  { secret, now }: Keys & { now: Date },
): Promise<void> {
  const { id, attempts, recipient } = message;
  const reason = error.message.slice(0, 300);
  const wait = BACKOFF[attempts - 1];
  if (error.kind === "temporary" && wait !== undefined) {
    await tx.message.updateMany({
      where: { shopId, id, state: "sending" },
      data: { state: "queued", dueAt: new Date(now.getTime() + wait), sendingAt: null, reason },
    });
  } else if (error.kind === "recipient") {
    await end(tx, shopId, id, { state: "bounced", reason }, now);
    if (recipient) {
      await suppress(
        tx,
        shopId,
        { channel: "email", address: recipient, reason: "hard-bounce", now },
        { secret },
      );
    }
  } else if (error.kind === "ambiguous") {
    await markUnknown(tx, shopId, id, reason);
  } else {
    await end(tx, shopId, id, { state: "failed", reason }, now);
  }
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
