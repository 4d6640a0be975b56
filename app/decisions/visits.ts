import { visitGid } from "#app/orders/visit";
import type { Ask } from "./decision";

/** The visits that lead to an order: its cart and its checkout, as keys of the person who has no other name in them. */
type Visiting = Pick<Ask, "surface" | "checkoutToken" | "cartToken">;

/** Before its order has arrived, what was seen, declined or taken in the cart and the checkout still stands under these. */
export function visitsBefore({ surface, checkoutToken, cartToken }: Visiting): string[] {
  if (surface !== "thank-you" && surface !== "checkout") return NONE;
  return [surface === "thank-you" ? checkoutToken : undefined, cartToken]
    .filter((token) => token !== undefined)
    .map(keyOf);
}

const NONE: string[] = [];

/**
 * The oldest name of a purchase, on whatever page somebody looks at it: by this they are drawn into the arms of comparisons, because a
 * shopper who is held out in the cart must not meet the offer in the checkout. Null where the page tells of no visit.
 */
export function oldestVisit({ checkoutToken, cartToken }: Visiting): string | null {
  const token = cartToken || checkoutToken;
  return token ? keyOf(token) : null;
}

function keyOf(token: string): string {
  return `order:${visitGid(token)}`;
}
