import { takeBackTouch } from "#app/contact-policy/contact-policy.server";
import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import type { Message, MessageState } from "#app/generated/prisma/client";
import { publish } from "#app/queue/queue.server";
import { touchKey } from "./message-touches.server";

/** What the merchant sees of the outbox, and what they decide about mails of which nobody knows whether they left. */
export type MessageView = Pick<
  Message,
  | "id"
  | "templateKey"
  | "channel"
  | "customerGid"
  | "state"
  | "reason"
  | "recipient"
  | "orderGid"
  | "queuedAt"
  | "dueAt"
  | "sentAt"
  | "clickedAt"
> & { orderName: string | null };

const VIEW = {
  id: true,
  templateKey: true,
  channel: true,
  customerGid: true,
  state: true,
  reason: true,
  recipient: true,
  orderGid: true,
  queuedAt: true,
  dueAt: true,
  sentAt: true,
  clickedAt: true,
} as const;

const PAGE_SIZE = 50;

/** Newest first. `before` is the id of the last message of the page before. */
export async function recentMessages(
  tx: Tx,
  shopId: ShopId,
  { states, before }: { states?: MessageState[]; before?: string },
): Promise<{ messages: MessageView[]; more: boolean }> {
  const rows = await tx.message.findMany({
    // Ids grow with time (UUID 7), so they page as well as the time does.
    where: {
      shopId,
      ...(states ? { state: { in: states } } : {}),
      ...(before ? { id: { lt: before } } : {}),
    },
    orderBy: [{ id: "desc" }],
    take: PAGE_SIZE + 1,
    select: VIEW,
  });
  const messages = await withOrderNames(tx, shopId, rows.slice(0, PAGE_SIZE));
  return { messages, more: rows.length > PAGE_SIZE };
}

/** Mails whose worker stopped, or whose mail server vanished, between hand-over and record. Oldest first. */
export async function unknownMessages(tx: Tx, shopId: ShopId): Promise<MessageView[]> {
  const rows = await tx.message.findMany({
    where: { shopId, state: "unknown", endedAt: null },
    orderBy: { queuedAt: "asc" },
    take: 100,
    select: VIEW,
  });
  return withOrderNames(tx, shopId, rows);
}

async function withOrderNames(
  tx: Tx,
  shopId: ShopId,
  rows: Omit<MessageView, "orderName">[],
): Promise<MessageView[]> {
  const gids = [...new Set(rows.map((row) => row.orderGid).filter((gid): gid is string => gid !== null))];
  const orders = await tx.order.findMany({
    where: { shopId, gid: { in: gids } },
    select: { gid: true, name: true },
  });
  const names = new Map(orders.map((order) => [order.gid, order.name]));
  return rows.map((row) => ({ ...row, orderName: names.get(row.orderGid ?? "") ?? null }));
}

/**
 * Sends a message of unknown fate once more, as a message of its own; the shopper may get it twice. Pressed twice, it
 * is sent once.
 */
export async function sendAgain(
  tx: Tx,
  shopId: ShopId,
  id: string,
  now: Date,
): Promise<{ status: "queued" | "not-unknown" }> {
  if (!(await settle(tx, shopId, id, "sent-again", now))) return { status: "not-unknown" };
  const original = await tx.message.findUniqueOrThrow({ where: { shopId_id: { shopId, id } } });
  const { channel, templateKey, purpose, locale, customerGid, orderGid, parcelId, recipient, recipientHash } =
    original;
  // One of the two counts: the one that is sent now, which would find its own original in the way.
  await takeBackTouch(tx, shopId, touchKey(id, templateKey));
  const again = newId(now);
  await tx.message.create({
    data: {
      shopId,
      id: again,
      dedupeKey: `${original.dedupeKey}:again:${id}`,
      ...{ channel, templateKey, purpose, locale, customerGid, orderGid, parcelId, recipient, recipientHash },
      variables: original.variables ?? {},
      state: "queued",
      dueAt: now,
      queuedAt: now,
    },
  });
  await publish(tx, "message.queued", { shopId, messageId: again });
  return { status: "queued" };
}

/** The merchant leaves it at that: the message may or may not have arrived. */
export async function leaveUnknown(
  tx: Tx,
  shopId: ShopId,
  id: string,
  now: Date,
): Promise<{ status: "left" | "not-unknown" }> {
  return { status: (await settle(tx, shopId, id, "left-unknown", now)) ? "left" : "not-unknown" };
}

async function settle(tx: Tx, shopId: ShopId, id: string, reason: string, now: Date): Promise<boolean> {
  const settled = await tx.message.updateMany({
    where: { shopId, id, state: "unknown", endedAt: null },
    data: { reason, endedAt: now },
  });
  return settled.count > 0;
}
