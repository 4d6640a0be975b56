import type { ShopId, Tx } from "#app/db/tx";
import type { InboxEntry } from "#app/generated/prisma/client";

/** What stands in a shopper's inbox on the order status and account pages. */
export type InboxView = Pick<InboxEntry, "messageId" | "title" | "body" | "url" | "createdAt" | "readAt">;

const MOST = 10;
const KEPT_DAYS = 60;
const DAY = 24 * 60 * 60 * 1000;

/** Whose inbox: a signed-in customer sees all of theirs; whoever holds an order sees that order's. */
export type InboxOwner = { customerGid: string | null; orderGid: string | null };

/** Newest first, without what was put away. */
export async function inboxOf(tx: Tx, shopId: ShopId, owner: InboxOwner, now: Date): Promise<InboxView[]> {
  const whose = ownedBy(owner);
  if (!whose) return [];
  return tx.inboxEntry.findMany({
    where: {
      shopId,
      OR: whose,
      dismissedAt: null,
      createdAt: { gt: new Date(now.getTime() - KEPT_DAYS * DAY) },
    },
    orderBy: { createdAt: "desc" },
    take: MOST,
    select: { messageId: true, title: true, body: true, url: true, createdAt: true, readAt: true },
  });
}

/** The shopper saw a message, or put it away. Only their own; the first time counts. */
export async function markInbox(
  tx: Tx,
  shopId: ShopId,
  owner: InboxOwner,
  { messageId, act, now }: { messageId: string; act: "read" | "dismiss"; now: Date },
): Promise<{ status: "ok" | "unknown" }> {
  const whose = ownedBy(owner);
  if (!whose) return { status: "unknown" };
  const entry = await tx.inboxEntry.findFirst({ where: { shopId, messageId, OR: whose } });
  if (!entry) return { status: "unknown" };
  await tx.inboxEntry.update({
    where: { shopId_messageId: { shopId, messageId } },
    data: {
      readAt: entry.readAt ?? now,
      ...(act === "dismiss" ? { dismissedAt: entry.dismissedAt ?? now } : {}),
    },
  });
  await tx.message.updateMany({
    where: { shopId, id: messageId, state: "sent" },
    data: { state: "delivered", deliveredAt: now },
  });
  return { status: "ok" };
}

function ownedBy({ customerGid, orderGid }: InboxOwner) {
  const whose = [...(customerGid ? [{ customerGid }] : []), ...(orderGid ? [{ orderGid }] : [])];
  return whose.length > 0 ? whose : null;
}
