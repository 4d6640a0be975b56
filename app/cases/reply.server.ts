import type { ShopId, Tx } from "#app/db/tx";
import { customerByGid } from "#app/customers/customers.server";
import { queueMessage } from "#app/messages/messages.server";
import { orderByGid } from "#app/orders/orders.server";
import { caseLink } from "./case-link";
import { addEntry, entryBy, solveCase } from "./cases.server";

/** What we answer a shopper: a mail through the outbox, and an entry in the case. */

export type CaseConfig = { secret: string; now: Date };

export type Reply = {
  caseId: string;
  /** Made by the page: pressed twice, it is sent once. */
  replyId: string;
  text: string;
  staffId: string;
  /** Settles the case at the same time. */
  solves: boolean;
};

export type ReplyResult =
  | { status: "sent" | "sent-before" | "gone" }
  /** The mail could not be queued; nothing changes in the case. */
  | { status: "not-sent"; reason: string };

export const REPLY_TEMPLATE = "case-reply";

/** Sends the reply; then it is the shopper's turn. */
export async function replyToCase(
  tx: Tx,
  shopId: ShopId,
  { caseId, replyId, text, staffId, solves }: Reply,
  { secret, now }: CaseConfig,
): Promise<ReplyResult> {
  const found = await tx.case.findUnique({ where: { shopId_id: { shopId, id: caseId } } });
  if (!found) return { status: "gone" };
  const sourceKey = `reply:${replyId}`;
  if (await entryBy(tx, shopId, sourceKey)) return { status: "sent-before" };
  const { orderGid, customerGid } = found;
  const order = orderGid ? await orderByGid(tx, shopId, orderGid) : null;
  const customer = customerGid ? await customerByGid(tx, shopId, customerGid) : null;
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
  const queued = await queueMessage(
    tx,
    shopId,
    {
      dedupeKey: `case-${sourceKey}`,
      templateKey: REPLY_TEMPLATE,
      orderGid,
      customerGid,
      recipient: order?.email ?? customer?.email ?? null,
      locale: order?.locale ?? customer?.locale ?? "",
      extras: { caseReply: { text, url: caseLink(secret, shop, caseId) } },
    },
    { secret, now },
  );
  if (queued.status === "suppressed") return { status: "not-sent", reason: queued.reason };
  await addEntry(tx, found, { kind: "reply", text, staffId, sourceKey }, now);
  await tx.case.update({
    where: { shopId_id: { shopId, id: caseId } },
    data: {
      ...(found.state === "open" ? { state: "waiting" as const } : {}),
      answerDueAt: null,
      firstAnsweredAt: found.firstAnsweredAt ?? now,
    },
  });
  if (solves) await solveCase(tx, shopId, caseId, staffId, now);
  return { status: "sent" };
}
