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

function keyOf(token: string): string {
  return `order:${visitGid(token)}`;
}
