/** What a shopper does with the offers of the demo store: buys, meets a block, declines it, or meets none. */
import type { Locator } from "playwright-core";
import { expect } from "vitest";
import type { Stage } from "../journey/stage";
import type { Desk, DemoProduct } from "./offer-desk";

export type Order = {
  id: number;
  name: string;
  total: number;
  outstanding?: number;
  confirmationNumber: string;
  discounts: { code: string; amount: number }[];
  lines: { productId: number; price: number; quantity: number; discount: number }[];
};
export type Purchase = { order: Order; email: string; thankYouPath: string; statusPath: string };
type HowToBuy = { quantity?: number; email?: string; acceptsMarketing?: boolean };

export const money = (minor: number) =>
  new Intl.NumberFormat("en", { style: "currency", currency: "USD" }).format(minor / 100);
export const priceOf = (product: DemoProduct) => product.variants[0]!.price;
export const reduced = (price: number, percent: number) => price - Math.round((price * percent) / 100);
export const lineOf = (order: Order, product: DemoProduct) =>
  order.lines.find((line) => line.productId === product.id);
let buyers = 0;
export const newEmail = () => `surface-${Date.now()}-${++buyers}@shop.example`;

export function offerShopper(stage: Stage, desk: Desk) {
  const { shopper, storeUrl } = stage;

  function orderNow(id: number): Promise<Order> {
    return stage.get<Order>(`/_/orders/${id}`);
  }

  return {
    orderNow,
    /** Of one product, by a new buyer unless an email says who. */
    async purchase(
      product: DemoProduct,
      { quantity = 1, email = newEmail(), ...how }: HowToBuy = {},
    ): Promise<Purchase> {
      const lines = [{ variantId: product.variants[0]!.id, quantity }];
      const buyer = { lines, email, firstName: "Ada", lastName: "Byron", ...how };
      return { email, ...(await stage.post<Omit<Purchase, "email">>("/_/orders", buyer)) };
    },
    async latestOrderOf(email: string): Promise<Order> {
      const [order] = await stage.until("the order", () =>
        stage.get<Order[]>(`/_/orders?email=${email}&limit=1`),
      );
      return orderNow(order!.id);
    },
    /** Into the customer's account, once the app knows their order. */
    async logIn({ order, email }: Purchase): Promise<void> {
      const customers = await stage.get<{ id: number; email: string }[]>("/_/customers");
      const customer = customers.find((one) => one.email === email)!;
      const arrived = `SELECT count(*) FROM "Order" WHERE "shopId" = $shop AND gid LIKE '%/${order.id}'`;
      await stage.until("the order in the app", async () => (await desk.count(arrived)) > 0);
      await shopper.goto(`${storeUrl}/account/login`);
      await shopper
        .context()
        .addCookies([{ name: "demo_customer", value: String(customer.id), url: storeUrl }]);
    },
    /** The offers block of a page; a busy machine may answer too late for its budget, then a shopper looks again. */
    async openBlock(path: string, product: DemoProduct): Promise<Locator> {
      const block = shopper.locator('[data-extension="postlude-offers"]').filter({ hasText: product.title });
      for (let look = 0; look < 4; look++) {
        await shopper.goto(storeUrl + path);
        const seen = await block.waitFor({ timeout: 6_000 }).then(
          () => true,
          () => false,
        );
        if (seen) return block;
      }
      throw new Error(`no offer of ${product.title} on ${path}`);
    },
    /** Says "not for me", and waits until the app has heard it: who leaves at once may not be heard. */
    async decline(block: Locator, product: DemoProduct): Promise<void> {
      const heard = `SELECT count(*) FROM "Placement" WHERE "shopId" = $shop AND "dismissedAt" IS NOT NULL AND subject LIKE '%/${product.id}'`;
      const before = await desk.count(heard);
      await block.getByRole("button", { name: "Not for me" }).click();
      await shopper.getByText("Thank you, noted.").waitFor();
      await stage.until("the dismissal", async () => (await desk.count(heard)) > before);
    },
    /** Looks until the page has had every chance to show something. */
    async expectNothing(path: string, looks = 2): Promise<void> {
      for (let look = 0; look < looks; look++) {
        await shopper.goto(storeUrl + path);
        await shopper.evaluate(
          async () => (window as never as { demoExtensions: { ready: Promise<void> } }).demoExtensions.ready,
        );
        await shopper.waitForTimeout(2_500);
        expect(await shopper.locator('[data-extension="postlude-offers"] s-button').count()).toBe(0);
      }
    },
  };
}
export type OfferShopper = ReturnType<typeof offerShopper>;
