import type { AcceptBy, Surface } from "../../extensions/shared/contract";
import { mayEditOrders } from "#app/shops/abilities";
import type { Offer } from "./offer";

/** Pages that show one order to its buyer. */
export const EDITABLE_FROM: ReadonlySet<Surface> = new Set(["thank-you", "order-status"]);

/** How an offer is taken: before the payment into the cart; after it as the merchant wants it, where the shop allows. */
export function acceptByOn(
  surface: Surface,
  offer: Pick<Offer, "acceptBy">,
  shop: { scopes: string },
): AcceptBy {
  if (surface === "cart" || surface === "checkout") return "cart";
  const isEdit = offer.acceptBy === "order-edit" && EDITABLE_FROM.has(surface) && mayEditOrders(shop);
  return isEdit ? "order-edit" : "code";
}
