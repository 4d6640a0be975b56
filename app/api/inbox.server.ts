import { z } from "zod";
import { inShop } from "#app/db/in-shop.server";
import type { ShopId, Tx } from "#app/db/tx";
import { markInbox, type InboxOwner } from "#app/messages/inbox.server";
import { findForActor } from "#app/orders/orders.server";
import type { InboxMarkResponse, InboxResponse } from "../../extensions/shared/contract";
import { actorOf } from "./acting-person.server";
import { endpoint, type Caller } from "./extension-api.server";
import { ActorSchema } from "./moment";
import { saidTo } from "./said.server";

/** On the account page there is no order: then the signed-in customer is the owner. */
const OwnerSchema = ActorSchema.omit({ surface: true }).partial({ orderId: true });
const MarkSchema = OwnerSchema.extend({ messageId: z.uuid(), act: z.enum(["read", "dismiss"]) });

/** POST /api/inbox: what the shop has to say to this shopper. */
export const readInbox = endpoint(OwnerSchema, (caller, input): Promise<InboxResponse> => {
  const { shop, now } = caller;
  return inShop(shop.id, async (tx) => {
    const owner = await ownerOf(tx, shop.id, caller, input);
    if (!owner) return { status: "unknown-order" };
    return { status: "ok", ...(await saidTo(tx, shop, owner, { locale: input.locale, now })) };
  });
});

/** POST /api/inbox/mark: the shopper read a message, or put it away. */
export const markInboxMessage = endpoint(MarkSchema, (caller, input): Promise<InboxMarkResponse> => {
  const { shop, now } = caller;
  return inShop(shop.id, async (tx) => {
    const owner = await ownerOf(tx, shop.id, caller, input);
    if (!owner) return { status: "unknown" };
    return markInbox(tx, shop.id, owner, { messageId: input.messageId, act: input.act, now });
  });
});

/** A signed-in customer reads all of theirs; a guest who holds the order reads what is about that order. */
async function ownerOf(
  tx: Tx,
  shopId: ShopId,
  caller: Caller,
  { orderId, ...rest }: z.infer<typeof OwnerSchema>,
): Promise<InboxOwner | null> {
  const { customerGid } = caller;
  if (!orderId) return customerGid ? { customerGid, orderGid: null } : null;
  const found = await findForActor(tx, shopId, actorOf(caller, { ...rest, orderId }));
  return found.status === "found" ? { customerGid, orderGid: found.order.gid } : null;
}
