import { z } from "zod";
import type { AcceptOfferResponse } from "../../extensions/shared/contract";
import { inShop } from "#app/db/in-shop.server";
import type { Tx } from "#app/db/tx";
import { acceptOffer, type AcceptInput } from "#app/offers/accept.server";
import { findForActor } from "#app/orders/orders.server";
import { mayEditOrders } from "#app/shops/abilities";
import { actorOf } from "./acting-person.server";
import { endpoint, type Caller } from "./extension-api.server";
import { ActorSchema } from "./moment";

const AcceptSchema = z.object({
  decisionId: z.uuid(),
  position: z.int().min(1).max(3),
  actor: ActorSchema.pick({ orderId: true, checkoutToken: true, confirmationNumber: true }).optional(),
  atFullPrice: z.boolean().optional(),
});
type Input = z.output<typeof AcceptSchema>;

/** POST /api/offers/accept: the shopper takes an offer; asked again, the same code or the same edit comes back. */
export const acceptShownOffer = endpoint(
  AcceptSchema,
  async (caller, { actor, ...placement }): Promise<AcceptOfferResponse> => {
    const { shop, now } = caller;
    return inShop(shop.id, async (tx) => {
      const order = mayEditOrders(shop) && actor ? await orderOf(tx, caller, actor) : null;
      const input = { ...placement, order, shopDomain: shop.domain, currency: shop.currency };
      return acceptOffer(tx, shop.id, input, now);
    });
  },
);

/** The order that the caller may change. A denied caller still gets a code: that harms nobody. */
async function orderOf(
  tx: Tx,
  caller: Caller,
  actor: NonNullable<Input["actor"]>,
): Promise<AcceptInput["order"]> {
  const found = await findForActor(tx, caller.shop.id, actorOf(caller, actor));
  if (found.status === "found") return found.order;
  return found.status === "not-yet" ? "not-yet" : null;
}
