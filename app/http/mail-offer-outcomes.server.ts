import { inShop } from "#app/db/in-shop.server";
import { recordOutcome } from "#app/decisions/outcomes.server";
import type { MessageExtras } from "#app/messages/outbox.server";

/**
 * Tells the decision behind a mail's offer what people did with it. Machines that follow links or load pictures don't
 * count: the mail's own judgement decides.
 */
export async function tellMailOffer(
  shopId: number,
  { messageId, position }: { messageId: string; position?: number },
  now: Date,
): Promise<void> {
  await inShop(shopId, async (tx) => {
    const message = await tx.message.findUnique({ where: { shopId_id: { shopId, id: messageId } } });
    const offer = (message?.variables as MessageExtras | undefined)?.offer;
    if (!message || !offer) return;
    const link =
      position === undefined
        ? null
        : await tx.messageLink.findUnique({
            where: { shopId_messageId_position: { shopId, messageId, position } },
          });
    if (link?.role === "offer" && message.clickedAt) await recordOutcome(tx, shopId, offer, "click", now);
    else if (message.openedAt || message.clickedAt) await recordOutcome(tx, shopId, offer, "impression", now);
  });
}
