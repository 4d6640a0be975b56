/** The cart page of the theme with our block in it: seen without a shift, taken at the price shown, declined for good. And
 * the block on the thank-you page, which takes its space at once. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { checkOut } from "../journey/shopper";
import type { Stage } from "../journey/stage";
import { accessibilityFaults } from "./axe";
import { offerShopper } from "./offer-shopper";
import { openOfferStage, SHOW_ALL, type Desk, type DemoProduct } from "./offer-desk";

let stage: Stage;
let desk: Desk;
let shopper: Page;
let bought: DemoProduct;
let offered: DemoProduct;

beforeAll(async () => {
  ({ stage, desk } = await openOfferStage("cart-offer"));
  shopper = stage.shopper;
  [bought, offered] = desk.products as [DemoProduct, DemoProduct];
  await desk.offer(offered, { surface: "cart", percent: 15 });
  await desk.offer(offered, { surface: "checkout", percent: 15 });
  await desk.offer(offered, { surface: "thank-you", percent: 15 });
  await desk.set(SHOW_ALL);
}, 300_000);
afterAll(async () => {
  await desk?.close();
  await stage?.close();
});
beforeEach(() => shopper.context().clearCookies());

const money = (minor: number) =>
  new Intl.NumberFormat("en", { style: "currency", currency: "USD" }).format(minor / 100);
const price = () => offered.variants[0]!.price - Math.round((offered.variants[0]!.price * 15) / 100);
const block = () => shopper.locator("postlude-cart-offer");

async function fillCart(): Promise<void> {
  await shopper.goto(`${stage.storeUrl}/products/${bought.handle}`);
  await shopper.getByRole("button", { name: "Add to cart" }).click();
  await shopper.waitForURL(/\/cart$/);
}

/** How far the page moved since it was drawn, as Chromium counts it. */
function layoutShift(): Promise<number> {
  return shopper.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let moved = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) moved += (entry as unknown as { value: number }).value;
        }).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => resolve(moved), 300);
      }),
  );
}

/** A busy machine may answer too late for the block's budget; then a shopper looks again. */
async function openCart(): Promise<void> {
  for (let look = 0; look < 4; look++) {
    await shopper.goto(`${stage.storeUrl}/cart`);
    const seen = await block()
      .getByText(offered.title)
      .waitFor({ timeout: 4_000 })
      .then(
        () => true,
        () => false,
      );
    if (seen) return;
  }
  throw new Error("no offer in the cart");
}

test("seen without a shift, declined as easily as taken, taken at the price that is charged", async () => {
  await fillCart();
  for (const viewport of [
    { width: 390, height: 780 },
    { width: 1180, height: 900 },
  ]) {
    await shopper.setViewportSize(viewport);
    await openCart();
    expect(await layoutShift()).toBeLessThan(0.001);
    expect(await accessibilityFaults(shopper, "postlude-cart-offer")).toEqual([]);
    await stage.screenshot(shopper, `cart-offer-${viewport.width}`);
  }
  const accept = block().getByRole("button", { name: `Add for ${money(price())}` });
  const style = (name: string) =>
    block()
      .getByRole("button", { name })
      .evaluate((button) => {
        const { color, backgroundColor, borderColor, fontWeight, fontSize, height } =
          getComputedStyle(button);
        return { color, backgroundColor, borderColor, fontWeight, fontSize, height };
      });
  expect(await style("Add for")).toEqual(await style("Not for me"));
  expect(await shopper.context().cookies()).not.toContainEqual(expect.objectContaining({ name: /postlude/ }));

  await accept.dblclick();
  await block().getByText("It is in your cart, at the price shown.").waitFor({ timeout: 20_000 });
  await stage.screenshot(shopper, "cart-offer-taken");
  await shopper.goto(`${stage.storeUrl}/cart`);
  const line = shopper.locator(".cart-lines li").filter({ hasText: offered.title });
  await line.getByText(money(price())).waitFor();

  await shopper.getByRole("button", { name: /check ?out/i }).click();
  await shopper.waitForURL(/\/checkout\//);
  const email = `cart-${Date.now()}@shop.example`;
  await checkOut(stage, { email, firstName: "Ada", lastName: "Byron" });
  type Order = {
    id: number;
    lines: { productId: number; price: number; discount: number; quantity: number }[];
  };
  const [order] = await stage.until("the order", () =>
    stage.get<Order[]>(`/_/orders?email=${email}&limit=1`),
  );
  const whole = await stage.get<Order>(`/_/orders/${order!.id}`);
  const charged = whole.lines.filter(({ productId }) => productId === offered.id);
  expect(charged.map((one) => [one.quantity, one.price - one.discount])).toEqual([[1, price()]]);
  const converted = `SELECT count(*) FROM "Placement" WHERE "shopId" = $shop AND "orderGid" LIKE '%/${order!.id}' AND "revenueMinor" = ${price()} AND "impressionAt" IS NOT NULL`;
  await stage.until("the offer's revenue", async () => (await desk.count(converted)) === 1);
});

test("on the thank-you page the offer comes where its skeleton stood: as high, on a desk and on a phone", async () => {
  for (const viewport of [
    { width: 1180, height: 900 },
    { width: 390, height: 780 },
  ]) {
    await shopper.setViewportSize(viewport);
    const lines = [{ variantId: bought.variants[0]!.id, quantity: 1 }];
    const email = `held-${viewport.width}-${Date.now()}@shop.example`;
    const order = { lines, email, firstName: "Ada", lastName: "Byron" };
    const { thankYouPath } = await stage.post<{ thankYouPath: string }>("/_/orders", order);
    const heights = await stage.until("the skeleton and then the offer", async () => {
      await shopper.goto(stage.storeUrl + thankYouPath);
      const seen = await shopper.evaluate(watchHeights);
      return seen.skeleton > 0 && seen.offer > 0 && seen;
    });
    expect(heights.offer).toBe(heights.skeleton);
  }
});

/** Runs in the page: how high the block was with its skeleton and with its offer, 0 for what never stood there. */
async function watchHeights(): Promise<{ skeleton: number; offer: number }> {
  const seen = { skeleton: 0, offer: 0 };
  for (let look = 0; look < 240 && seen.offer === 0; look++) {
    const block = document.querySelector('[data-extension="postlude-offers"]');
    const height = Math.round(block?.getBoundingClientRect().height ?? 0);
    if (block?.querySelector("s-skeleton-paragraph")) seen.skeleton = height;
    await new Promise((resolve) => setTimeout(resolve, 15));
    if (!block?.querySelector("s-button")) continue;
    await new Promise((resolve) => setTimeout(resolve, 200));
    seen.offer = Math.round(block.getBoundingClientRect().height);
  }
  return seen;
}

test("declined, and not shown again for this cart", async () => {
  await fillCart();
  await openCart();
  // Others decline the same product elsewhere.
  const heard = `SELECT count(*) FROM "Placement" WHERE "shopId" = $shop AND "dismissedAt" IS NOT NULL AND surface = 'cart' AND subject LIKE '%/${offered.id}'`;
  const before = await desk.count(heard);
  await block().getByRole("button", { name: "Not for me" }).click();
  await block().getByText("Thank you, noted.").waitFor();
  await stage.until("the dismissal", async () => (await desk.count(heard)) > before);
  for (let look = 0; look < 2; look++) {
    await shopper.goto(`${stage.storeUrl}/cart`);
    await shopper.waitForTimeout(2_000);
    expect(await block().getByRole("button").count()).toBe(0);
  }

  // Nor in the checkout that comes of this cart, where others are offered it.
  await shopper.getByRole("button", { name: /check ?out/i }).click();
  await shopper.waitForURL(/\/checkout\//);
  const shop = offerShopper(stage, desk);
  await shop.expectNothing(new URL(shopper.url()).pathname);
  await shopper.context().clearCookies();
  await shopper.goto(`${stage.storeUrl}/cart/${bought.variants[0]!.id}:1`);
  await shopper.waitForURL(/\/checkout\//);
  await shop.openBlock(new URL(shopper.url()).pathname, offered);
});

test("the block follows where the merchant puts the app on the shop's domain", async () => {
  await stage.post("/_/app-proxy", { prefix: "a", subpath: "after" });
  // Anybody who comes by the new address tells the app.
  await shopper.goto(`${stage.storeUrl}/a/after/track`);
  const told = `SELECT count(*) FROM "Shop" WHERE id = $shop AND "proxyPath" = '/a/after'`;
  await stage.until("the new address", async () => (await desk.count(told)) === 1);
  await fillCart();
  await stage.until("the block's new address", async () => {
    await shopper.goto(`${stage.storeUrl}/cart`);
    return (await block().getAttribute("data-app")) === "/a/after";
  });
  await openCart();
  await stage.post("/_/app-proxy", { prefix: "apps", subpath: "postlude" });
  await shopper.goto(`${stage.storeUrl}/apps/postlude/track`);
  await stage.until("the old address", async () => (await desk.count(told)) === 0);
  await stage.until("the block's old address", async () => {
    await shopper.goto(`${stage.storeUrl}/cart`);
    return (await block().getAttribute("data-app")) === "/apps/postlude";
  });
});

test("nothing where the app is slow, and the rest of the page does not move", async () => {
  await fillCart();
  await shopper.route("**/apps/postlude/cart/decide*", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await route.continue();
  });
  await shopper.goto(`${stage.storeUrl}/cart`);
  await shopper.waitForTimeout(2_500);
  expect(await block().getByRole("button").count()).toBe(0);
  expect(await layoutShift()).toBeLessThan(0.001);
  await shopper.unroute("**/apps/postlude/cart/decide*");
});
