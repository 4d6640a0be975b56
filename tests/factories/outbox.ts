import { inShop } from "#app/db/in-shop.server";
import type { Message, Order, Shop } from "#app/generated/prisma/client";
import type { TemplateKey } from "#app/messages/default-templates";
import { queueMessage, type MessageExtras, type QueueResult } from "#app/messages/messages.server";
import { messagesJobs } from "#app/worker/messages-jobs.server";
import type { Ports } from "#app/worker/ports.server";
import { testPorts } from "./ports";

/** The moment at which tests of the outbox take place. */
export const NOW = new Date("2026-11-22T12:00:00Z");

type QueueOptions = {
  key?: TemplateKey;
  recipient?: string;
  parcelId?: string;
  now?: Date;
  extras?: MessageExtras;
};

/** Asks for one mail about an order; the same mail asked for twice has the same key. */
export function queueMail(shop: Shop, order: Order, options: QueueOptions = {}): Promise<QueueResult> {
  const key = options.key ?? "thank-you";
  return inShop(shop.id, (tx) =>
    queueMessage(
      tx,
      shop.id,
      {
        dedupeKey: `${key}:${order.gid}`,
        templateKey: key,
        orderGid: order.gid,
        customerGid: order.customerGid,
        parcelId: options.parcelId,
        recipient: options.recipient ?? order.email,
        locale: order.locale,
        extras: options.extras,
      },
      { secret: testPorts().secret, now: options.now ?? NOW },
    ),
  );
}

/** Does the job of that message, and reads what became of it. */
export async function sendQueued(shop: Shop, result: QueueResult, ports: Ports): Promise<Message> {
  if (!("messageId" in result)) throw new Error(`not in the outbox: ${result.status}`);
  await messagesJobs(ports)["messages.send"]({ shopId: shop.id, messageId: result.messageId });
  return messageOf(shop, result.messageId);
}

export function messageOf(shop: Shop, id: string): Promise<Message> {
  return inShop(shop.id, (tx) =>
    tx.message.findUniqueOrThrow({ where: { shopId_id: { shopId: shop.id, id } } }),
  );
}
