import {
  recordTouch,
  suppress,
  takeBackTouch,
  type Keys,
  type NewTouch,
} from "#app/contact-policy/contact-policy.server";
import type { Channel } from "#app/contact-policy/contact";
import type { ShopId, Tx } from "#app/db/tx";
import type { Message } from "#app/generated/prisma/client";
import { noteAccountError } from "./accounts.server";
import { REPEATABLE, type ChannelError } from "./channels/channel";
import { isOutranked, judge, lockPerson } from "./judge.server";
import { touchKey, touchOf } from "./message-touches.server";
import { removeSubscription } from "./push-subscriptions.server";

/**
 * What becomes of a row of the outbox: queued → sending (recorded before the hand-over) → sent, or back to queued,
 * bounced, failed; suppressed at any time before sending. What was `sending` when its worker died becomes `unknown` and
 * is never sent again by itself, except on channels where a repetition does nothing.
 */

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
  } else if (error.kind === "recipient" || error.kind === "stopped") {
    await end(tx, shopId, id, { state: "bounced", reason }, now);
    const why = error.kind === "stopped" ? "stop" : "hard-bounce";
    if (recipient) await neverAgain(tx, shopId, { channel, address: recipient, why }, { secret, now });
  } else {
    await end(tx, shopId, id, { state: "failed", reason }, now);
  }
}

/** An address that takes no messages, or none from us: a browser is forgotten, all others are not tried again. */
async function neverAgain(
  tx: Tx,
  shopId: ShopId,
  { channel, address, why }: { channel: Channel; address: string; why: "hard-bounce" | "stop" },
  { secret, now }: Keys & { now: Date },
): Promise<void> {
  if (channel === "push") return removeSubscription(tx, shopId, address);
  await suppress(tx, shopId, { channel, address, reason: why, now }, { secret });
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
  const [requeued] = await tx.message.updateManyAndReturn({
    where: { shopId, id, state: "sending", channel: { in: [...REPEATABLE] } },
    data: { state: "queued", dueAt: now, sendingAt: null },
    select: { templateKey: true },
  });
  if (!requeued) return markUnknown(tx, shopId, id, "The worker stopped while this message was handed over.");
  // Claimed again, it must not find its own touch in the way.
  await takeBackTouch(tx, shopId, touchKey(id, requeued.templateKey));
}
