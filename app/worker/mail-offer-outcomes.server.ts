import { acrossShops, inShop } from "#app/db/in-shop.server";
import type { ShopId, Tx } from "#app/db/tx";
import { recordOutcome } from "#app/decisions/outcomes.server";
import type { Message } from "#app/generated/prisma/client";
import type { MessageExtras } from "#app/messages/outbox.server";
import type { Sweep } from "./ports.server";

/**
 * Tells the decision behind a mail's offer what people did with it, once no later visit can show that a machine did. Machines
 * follow links and load pictures; an impression that was told too early would use up caps and teach a "no".
 */
const AT_ONCE = 200;

export const mailOfferOutcomes: Sweep = {
  name: "messages.tell-offers",
  everySeconds: 5,
  run: async ({ now }) => {
    let told = 0;
    for (const { shopId } of await acrossShops((tx) => shopsToTell(tx, now()))) {
      told += await inShop(shopId, (tx) => tellOutcomes(tx, shopId, now()));
    }
    return told;
  },
};

function shopsToTell(tx: Tx, now: Date): Promise<{ shopId: ShopId }[]> {
  return tx.$queryRaw`SELECT DISTINCT "shopId" FROM "Message" WHERE "visitsSettleAt" <= ${now}`;
}

/** @returns how many mails were looked at */
async function tellOutcomes(tx: Tx, shopId: ShopId, now: Date): Promise<number> {
  const settled = await tx.message.findMany({
    where: { shopId, visitsSettleAt: { lte: now } },
    orderBy: { visitsSettleAt: "asc" },
    take: AT_ONCE,
  });
  for (const message of settled) {
    await tellOutcome(tx, shopId, message);
    // Unless somebody came meanwhile.
    await tx.message.updateMany({
      where: { shopId, id: message.id, visitsSettleAt: message.visitsSettleAt },
      data: { visitsSettleAt: null },
    });
  }
  return settled.length;
}

async function tellOutcome(tx: Tx, shopId: ShopId, { id: messageId, variables }: Message): Promise<void> {
  const { offer } = variables as MessageExtras;
  if (!offer) return;
  const visits = await tx.messageEvent.findMany({
    where: { shopId, messageId, human: true },
    orderBy: { happenedAt: "asc" },
  });
  const links = await tx.messageLink.findMany({ where: { shopId, messageId, role: "offer" } });
  const leads = new Set(links.map(({ position }) => position));
  const click = visits.find(({ link }) => link !== null && leads.has(link));
  const seen = visits[0];
  if (click) await recordOutcome(tx, shopId, offer, "click", click.happenedAt);
  else if (seen) await recordOutcome(tx, shopId, offer, "impression", seen.happenedAt);
}
