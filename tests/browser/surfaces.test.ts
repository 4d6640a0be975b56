/**
 * Offers in every place where a shopper meets them, played in a real browser on the demo store: seen, taken, charged
 * as shown; declined for good; nothing below the floor, nothing for the holdout.
 */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openApp } from "../journey/merchant";
import { checkOut } from "../journey/shopper";
import type { Stage } from "../journey/stage";
import { accessibilityFaults } from "./axe";
import { openOfferStage, SHOW_ALL, type Desk, type DemoProduct } from "./offer-desk";
import { lineOf, money, offerShopper, priceOf, reduced, type OfferShopper } from "./offer-shopper";

let stage: Stage;
let desk: Desk;
let shop: OfferShopper;
let bought: DemoProduct;
let forCheckout: DemoProduct;
let forThanks: DemoProduct;
let forStatus: DemoProduct;
let forAccount: DemoProduct;
let shopper: Page;

beforeAll(async () => {
  ({ stage, desk } = await openOfferStage("surfaces"));
  shopper = stage.shopper;
  shop = offerShopper(stage, desk);
  [bought, forCheckout, forThanks, forStatus, forAccount] = desk.products as [
    DemoProduct,
    DemoProduct,
    DemoProduct,
    DemoProduct,
    DemoProduct,
  ];
  await desk.offer(forCheckout, { surface: "checkout", percent: 15 });
  await desk.offer(forThanks, { surface: "thank-you", acceptBy: "order-edit" });
  await desk.offer(forStatus, { surface: "order-status" });
  await desk.offer(forAccount, { surface: "account" });
  await desk.set(SHOW_ALL);
}, 300_000);
afterAll(async () => {
  await desk?.close();
  await stage?.close();
});
beforeEach(() => shopper.context().clearCookies());

const purchase = (quantity = 1) => shop.purchase(bought, { quantity });

async function startCheckout(quantity = 1): Promise<string> {
  // The demo store bundles the extensions with the first page that shows some.
  await shopper.goto(`${stage.storeUrl}/cart/${bought.variants[0]!.id}:${quantity}`, { timeout: 90_000 });
  await shopper.waitForURL(/\/checkout\//);
  return new URL(shopper.url()).pathname;
}

test("in the checkout: added to the cart with its discount, and charged as shown", async () => {
  const path = await startCheckout();
  const block = await shop.openBlock(path, forCheckout);
  const price = reduced(priceOf(forCheckout), 15);
  await stage.screenshot(shopper, "checkout-offer");
  expect(await accessibilityFaults(shopper, '[data-extension="postlude-offers"]')).toEqual([]);
  await block.getByRole("button", { name: `Add for ${money(price)}` }).dblclick();
  await block.getByText(`Added to your cart for ${money(price)}.`).waitFor();
  await shopper.locator(".checkout-aside").getByText(forCheckout.title).waitFor();
  await stage.screenshot(shopper, "checkout-added");

  const email = `checkout-${Date.now()}@shop.example`;
  await checkOut(stage, { email, firstName: "Ada", lastName: "Byron" });
  const order = await shop.latestOrderOf(email);
  const line = lineOf(order, forCheckout)!;
  expect([line.quantity, line.price - line.discount]).toEqual([1, price]);
  const converted = `SELECT count(*) FROM "Placement" WHERE "shopId" = $shop AND "orderGid" LIKE '%/${order.id}' AND "revenueMinor" = ${price}`;
  await stage.until("the offer's revenue", async () => (await desk.count(converted)) === 1);
});

test("in the checkout: declined, and not shown again; in the cart already, and not offered", async () => {
  const path = await startCheckout();
  const block = await shop.openBlock(path, forCheckout);
  await shop.decline(block, forCheckout);
  await shop.expectNothing(path);

  await shopper.goto(`${stage.storeUrl}/cart/${bought.variants[0]!.id}:1,${forCheckout.variants[0]!.id}:1`);
  await shopper.waitForURL(/\/checkout\//);
  await shop.expectNothing(new URL(shopper.url()).pathname);
});

test("on the thank-you page: one click adds it to the order, and the balance is said, paid and right", async () => {
  const { order, thankYouPath, statusPath } = await purchase();
  const block = await shop.openBlock(thankYouPath, forThanks);
  const price = reduced(priceOf(forThanks), 10);
  await stage.screenshot(shopper, "thank-you-order-edit");
  await block.getByRole("button", { name: `Add to my order for ${money(price)}` }).dblclick();
  await block.getByText(`Added to your order ${order.name}.`).waitFor({ timeout: 20_000 });
  const changed = await shop.orderNow(order.id);
  const balance = changed.total - order.total;
  expect(changed.outstanding).toBe(balance);
  expect(changed.lines.filter((line) => line.productId === forThanks.id)).toMatchObject([
    { quantity: 1, price: priceOf(forThanks), discount: priceOf(forThanks) - price },
  ]);
  await block.getByText(`Balance to pay: ${money(balance)}`).waitFor();
  await stage.screenshot(shopper, "thank-you-added");

  // The same page again says the same, and adds no second one.
  await (await shop.openBlock(thankYouPath, forThanks)).getByText("Added to your order").waitFor();
  expect((await shop.orderNow(order.id)).lines).toHaveLength(changed.lines.length);

  await shopper.goto(stage.storeUrl + statusPath);
  await shopper.getByText("Balance to pay").first().waitFor();
  await stage.screenshot(shopper, "order-status-balance");
  await shopper.getByRole("button", { name: "Pay the balance" }).click();
  await stage.until("the payment", async () => (await shop.orderNow(order.id)).outstanding === 0);
  const converted = `SELECT count(*) FROM "Placement" WHERE "shopId" = $shop AND "orderGid" LIKE '%/${order.id}' AND "revenueMinor" = ${price}`;
  await stage.until("the offer's revenue", async () => (await desk.count(converted)) === 1);
});

test("on the order status page: an exclusive code, with the discount it promised", async () => {
  const { statusPath } = await purchase();
  const block = await shop.openBlock(statusPath, forStatus);
  const price = reduced(priceOf(forStatus), 10);
  await block.getByRole("button", { name: /^Get it/ }).dblclick();
  const cart = block.locator("a[href*='/cart/']");
  await cart.waitFor({ timeout: 20_000 });
  await stage.screenshot(shopper, "order-status-code");
  const url = new URL((await cart.getAttribute("href"))!);
  await shopper.goto(stage.storeUrl + url.pathname + url.search);
  await shopper.locator(".checkout-aside").getByText(url.searchParams.get("discount")!).first().waitFor();
  const email = `status-${Date.now()}@shop.example`;
  await checkOut(stage, { email, firstName: "Ada", lastName: "Byron" });
  const order = await shop.latestOrderOf(email);
  const line = lineOf(order, forStatus)!;
  expect(line.price - line.discount).toBe(price);
});

test("on the order status page: declined, and not shown again", async () => {
  const { statusPath } = await purchase();
  const block = await shop.openBlock(statusPath, forStatus);
  await shop.decline(block, forStatus);
  await shop.expectNothing(statusPath);
});

test("in the customer account: what goes with the last order, taken by code or declined for good", async () => {
  await shop.logIn(await purchase());
  const block = await shop.openBlock("/account/profile", forAccount);
  await stage.screenshot(shopper, "account-offer");
  await block.getByRole("button", { name: /^Get it/ }).click();
  const link = block.locator("a[href*='/cart/']");
  await link.waitFor({ timeout: 20_000 });
  const code = new URL((await link.getAttribute("href"))!).searchParams.get("discount")!;
  await shop.expectNothing("/account");
  // The code is found again.
  await shopper.goto(`${stage.storeUrl}/account/profile`);
  const codes = shopper.locator('[data-extension="postlude-service"]').getByText("Your codes");
  await codes.click();
  await shopper.getByText(code).waitFor();
  await stage.screenshot(shopper, "account-codes");
});

test("below the floor of a place there is no offer; where the merchant wants it, help instead", async () => {
  await desk.set({
    surfaceRules: JSON.stringify({
      checkout: { floor: 0.2, offersAtOnce: 1 },
      "order-status": { floor: 0.2, offersAtOnce: 1 },
    }),
    careTexts: JSON.stringify({ help: true }),
  });
  // An order of such worth asks for more than these products can bring.
  await shop.expectNothing(await startCheckout(10));
  const { statusPath } = await purchase(10);
  const help = shopper.locator('[data-extension="postlude-offers"]').filter({ hasText: "Any questions?" });
  await stage.until("help", async () => {
    await shopper.goto(stage.storeUrl + statusPath);
    return help.waitFor({ timeout: 6_000 }).then(
      () => true,
      () => false,
    );
  });
  await stage.screenshot(shopper, "order-status-help");
  expect(await accessibilityFaults(shopper, '[data-extension="postlude-offers"]')).toEqual([]);
});

test("a shopper of the holdout sees none, anywhere", async () => {
  await desk.set({ surfaceRules: "{}", careTexts: "{}", holdoutPercent: 100 });
  await shop.expectNothing(await startCheckout());
  const { thankYouPath, statusPath } = await purchase();
  await shop.expectNothing(thankYouPath);
  await shop.expectNothing(statusPath);
});

test("the merchant says by collection what goes together, and takes it back; a refused offer is saved once it is complete", async () => {
  const { app, merchant } = stage;
  await openApp(stage, "/app/offers/companions");
  const beside = app.getByLabel("Beside products of");
  const [from, other] = await beside
    .locator("option:not([value=''])")
    .evaluateAll((options) => options.slice(0, 2).map((option) => (option as HTMLOptionElement).value));
  await beside.selectOption(from!);
  await app.getByLabel("Rule", { exact: true }).selectOption("exclude");
  await app.getByLabel("Products of", { exact: true }).selectOption(other!);
  await app.getByRole("button", { name: "Add rule" }).click();
  const back = app.getByRole("button", { name: /^Take back: Beside everything in .+: never everything in/ });
  await back.waitFor();
  await stage.screenshot(merchant, "rule-by-collection");
  const frame = merchant.frames().find((one) => one.parentFrame() === merchant.mainFrame())!;
  expect(await accessibilityFaults(frame)).toEqual([]);
  await back.click();
  await back.waitFor({ state: "detached" });

  await openApp(stage, "/app/offers/new");
  await app.getByLabel("Only from these collections").selectOption(from!);
  await app.getByRole("button", { name: "Publish" }).click();
  await app.getByText("Give the offer a name.").first().waitFor();
  await app.getByLabel("Name", { exact: true }).fill("From one collection");
  await app.getByRole("button", { name: "Publish" }).click();
  await app.getByRole("button", { name: "Pause" }).waitFor();
  expect(await app.getByText("This cannot be saved yet").count()).toBe(0);
  await app.getByRole("button", { name: "Pause" }).click();
  await app.getByText("Paused", { exact: true }).first().waitFor();
});

test("the merchant sets floors, numbers and words per place, on a page that shuts nobody out", async () => {
  const { app, merchant } = stage;
  await openApp(stage, "/app/places");
  await app.getByLabel(/^Offers at once: Thank-you page/).selectOption("2");
  await app.getByLabel("Thanks", { exact: true }).check();
  await app.getByLabel("Thanks: heading").fill("Good to see you");
  await stage.screenshot(merchant, "places");
  await merchant.getByRole("button", { name: "Save" }).click();
  await merchant.getByText("Places and words saved").waitFor();
  const frame = merchant.frames().find((one) => one.parentFrame() === merchant.mainFrame())!;
  expect(await accessibilityFaults(frame)).toEqual([]);
});
