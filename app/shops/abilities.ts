import type { Shop } from "#app/generated/prisma/client";

/** What a shop's plan and its permissions let us do. */

/** The merchant allowed the app to change placed orders. */
export function mayEditOrders({ scopes }: Pick<Shop, "scopes">): boolean {
  return scopes.split(",").includes("write_order_edits");
}

/**
 * Shopify shows blocks in the steps of the checkout for shops on Plus; development shops can try them.
 * @param shop `planName` is Shopify's public name: "Basic", "Shopify Plus", "Development", …
 */
export function hasCheckoutBlocks({ planName }: Pick<Shop, "planName">): boolean {
  return /plus|enterprise|development|partner|sandbox/i.test(planName);
}
