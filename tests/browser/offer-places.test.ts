/**
 * Offers outside of the checkout's own blocks, played on the demo store: tracking page and mail, each seen, taken at the
 * price promised, declined and not shown again; and for every place, none below the floor and none for the holdout.
 */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openApp } from "../journey/merchant";
import { checkOut, pathBehind, receive, trackingPath, type Mail } from "../journey/shopper";
import type { Stage } from "../journey/stage";
import { accessibilityFaults } from "./axe";
import { openOfferStage, SHOW_ALL, type Desk, type DemoProduct } from "./offer-desk";
import {
  lineOf,
  money,
  newEmail,
  offerShopper,
  priceOf,
  reduced,
  type OfferShopper,
  type Purchase,
} from "./offer-shopper";

let stage: Stage;
let desk: Desk;
let shop: OfferShopper;
let shopper: Page;
let bought: DemoProduct;
let forThanks: DemoProduct;
let forAccount: DemoProduct;
let forTracking: DemoProduct;
let forMail: DemoProduct;

beforeAll(async () => {
  ({ stage, desk } = await openOfferStage("offer-places"));
  shopper = stage.shopper;
  shop = offerShopper(stage, desk);
  // Cheap ones beside a dear one: they can reach no high floor.
  const products = desk.products.toSorted((a, b) => priceOf(a) - priceOf(b));
  bought = products.at(-1)!;
  [forThanks, forAccount, forTracking, forMail] = products as [
    DemoProduct,
    DemoProduct,
    DemoProduct,
    DemoProduct,
  ];
  await desk.offer(forThanks, { surface: "thank-you" });
  await desk.offer(forAccount, { surface: "account" });
  await desk.offer(forAccount, { surface: "cart" });
  await desk.offer(forTracking, { surface: "tracking" });
  await desk.offer(forMail, { surface: "message" });
  await desk.set(SHOW_ALL);
}, 300_000);
afterAll(async () => {
  await desk?.close();
  await stage?.close();
});
beforeEach(() => shopper.context().clearCookies());

/** Pays for the cart that stands open, and expects the product at the price promised, once. */
async function expectCharged(product: DemoProduct): Promise<void> {
  await shopper.waitForURL(/\/checkout\//);
  const email = newEmail();
  await checkOut(stage, { email, firstName: "Ada", lastName: "Byron" });
  const line = lineOf(await shop.latestOrderOf(email), product)!;
  expect([line.quantity, line.price - line.discount]).toEqual([1, reduced(priceOf(product), 10)]);
}

/** Where the order's parcel is, as its mail says. */
async function trackingOf({ order, email }: Purchase): Promise<string> {
  await stage.post(`/_/orders/${order.id}/fulfil`);
  return trackingPath(await receive(stage, email, /way|shipped/i));
}

const slot = () => shopper.locator("section.offer");

/** The tracking page does not wait long for its offer: a shopper on a busy machine looks again. */
async function openTracking(path: string): Promise<void> {
  await stage.until("the offer on the tracking page", async () => {
    await shopper.goto(stage.storeUrl + path);
    return slot().filter({ hasText: forTracking.title }).count();
  });
}

test("on the thank-you page and in the account: declined, and not shown again", async () => {
  const first = await shop.purchase(bought);
  await shop.decline(await shop.openBlock(first.thankYouPath, forThanks), forThanks);
  await shop.expectNothing(first.thankYouPath, 1);
  await shop.logIn(first);
  await shop.decline(await shop.openBlock("/account/profile", forAccount), forAccount);
  await shop.expectNothing("/account/profile", 1);
  // The next order is the same person's.
  const next = await shop.purchase(bought, { email: first.email });
  await shop.expectNothing(next.thankYouPath, 1);
});

test("on the tracking page: declined as easily as taken, taken at the price that is charged", async () => {
  const path = await trackingOf(await shop.purchase(bought));
  await openTracking(path);
  await slot()
    .getByText(money(reduced(priceOf(forTracking), 10)))
    .waitFor();
  for (const width of [390, 1180]) {
    await shopper.setViewportSize({ width, height: 900 });
    await slot().scrollIntoViewIfNeeded();
    await stage.screenshot(shopper, `tracking-offer-${width}`);
  }
  expect(await accessibilityFaults(shopper)).toEqual([]);
  await slot().getByRole("button", { name: "Not for me" }).click();
  await shopper.getByRole("heading", { name: "Thank you, noted." }).waitFor();
  await shopper.getByRole("link", { name: "Back to my order" }).click();
  await shopper.getByRole("heading", { level: 1 }).waitFor();
  expect(await slot().count()).toBe(0);

  await openTracking(await trackingOf(await shop.purchase(bought)));
  await slot().getByRole("button", { name: "Take the offer" }).click();
  await expectCharged(forTracking);
});

/** The mail that thanks for an order; whoever agreed may find an offer in it. */
async function thanksFor(email: string, agreed = true): Promise<Mail> {
  const before = (await stage.get<{ subject: string }[]>(`/_/mails?to=${email}`)).length;
  await shop.purchase(bought, { email, acceptsMarketing: agreed });
  await stage.until("the next mail", async () => {
    const mails = await stage.get<{ subject: string }[]>(`/_/mails?to=${email}`);
    return mails.length > before;
  });
  return receive(stage, email, /thank you/i);
}

test("in a mail: chosen when it is written, taken at the price that is charged, declined for good", async () => {
  const { app, merchant } = stage;
  await openApp(stage, "/app/messages/thank-you");
  await app.getByRole("button", { name: "Add a block" }).click();
  await app.getByRole("menuitem", { name: /^Offer/ }).click();
  await app.getByLabel("Label of the button", { exact: true }).last().fill("Have a look");
  await merchant.getByRole("button", { name: "Save" }).click();
  await merchant.getByText("Email saved").waitFor();

  const mail = await thanksFor(newEmail());
  expect(mail.text).toContain(`${forMail.title}: ${money(reduced(priceOf(forMail), 10))}`);
  await shopper.goto(`${stage.storeUrl}/mailbox/${mail.id}`);
  await shopper.frameLocator("iframe").getByText(forMail.title).first().scrollIntoViewIfNeeded();
  await stage.screenshot(shopper, "mail-offer");
  await shopper.goto(stage.storeUrl + (await pathBehind(mail, "/cart/")));
  await expectCharged(forMail);

  const email = newEmail();
  const declined = await thanksFor(email);
  await shopper.goto(stage.storeUrl + (await pathBehind(declined, "/track/decline?")));
  await shopper.getByRole("button", { name: "Not for me" }).click();
  await shopper.getByRole("heading", { name: "Thank you, noted." }).waitFor();
  expect((await thanksFor(email)).text).not.toContain(forMail.title);
  // Who did not agree to marketing has no offer in their mail.
  expect((await thanksFor(newEmail(), false)).text).not.toContain(forMail.title);
});

const HIGH = { floor: 0.2, offersAtOnce: 1 };
test.each([
  [
    "below the floor of a place",
    {
      surfaceRules: JSON.stringify({
        cart: HIGH,
        "thank-you": HIGH,
        account: HIGH,
        tracking: HIGH,
        message: HIGH,
      }),
    },
  ],
  ["for a shopper of the holdout", { surfaceRules: "{}", holdoutPercent: 100 }],
])("%s there is none: cart, thank-you page, account, tracking page, mail", async (_name, settings) => {
  await desk.set(settings);
  await shopper.goto(`${stage.storeUrl}/products/${bought.handle}`);
  await shopper.getByRole("button", { name: "Add to cart" }).click();
  await shopper.waitForURL(/\/cart$/);
  await shopper.waitForTimeout(2_500);
  expect(await shopper.locator("postlude-cart-offer").getByRole("button").count()).toBe(0);

  const purchase = await shop.purchase(bought, { acceptsMarketing: true });
  await shop.expectNothing(purchase.thankYouPath, 1);
  await shop.logIn(purchase);
  await shop.expectNothing("/account/profile", 1);
  expect((await receive(stage, purchase.email, /thank you/i)).text).not.toContain(forMail.title);
  await shopper.goto(stage.storeUrl + (await trackingOf(purchase)));
  await shopper.getByRole("heading", { level: 1 }).waitFor();
  expect(await slot().count()).toBe(0);
});
