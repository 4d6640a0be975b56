/// <reference types="@shopify/ui-extensions/purchase.checkout.block.render" />
import { getExtension } from "@shopify/ui-extensions-tester";
import { fireEvent } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { AcceptOfferRequest, DecideRequest } from "../../shared/contract";
import type { FakeApp } from "../../shared/testing/fake-app";
import { orderLine } from "../../shared/testing/order";
import { buttonNamed, press, seeNothing, seeText, seenText } from "../../shared/testing/screen";
import { setStage } from "../../shared/testing/stage";
import en from "../locales/en.default.json";
import { CUSHION, offer } from "./thank-you";

const extension = getExtension("purchase.checkout.block.render");
const OFFER = { ...CUSHION, acceptBy: "cart" as const };
const ACCEPTED = {
  status: "accepted",
  code: "THX-1",
  cartUrl: "https://shop.example/cart/7:1",
  expiresAt: "2026-11-29T12:00:00.000Z",
  priceMinor: 2000,
  discountedMinor: 1700,
  currency: "EUR",
};

type Change = { type: string; merchandiseId?: string; id?: string; code?: string };
type LooseApi = {
  instructions: { value: unknown };
  attributes: { value: { key: string; value: string }[] };
  discountCodes: { value: { code: string }[] };
  lines: { value: ReturnType<typeof orderLine>[] };
  applyCartLinesChange: (change: Change) => Promise<{ type: string; message?: string }>;
  applyDiscountCodeChange: (change: Change) => Promise<{ type: string; message?: string }>;
};

let app: FakeApp;
let api: LooseApi;
let changes: Change[];
/** What the shop's checkout makes of a code. */
let codeCounts: "counts" | "refused" | "changes nothing";

beforeEach(() => {
  app = setStage(extension, en, ["heading"]);
  api = extension.shopify as unknown as LooseApi;
  changes = [];
  codeCounts = "counts";
  allow({});
  api.discountCodes.value = [];
  api.applyCartLinesChange = async (change) => {
    changes.push(change);
    if (change.type === "addCartLine") {
      const line = orderLine({ product: "7", amount: 20, quantity: 1 });
      api.lines.value = [...api.lines.value, line];
    } else api.lines.value = api.lines.value.filter(({ id }) => id !== change.id);
    return { type: "success" };
  };
  api.applyDiscountCodeChange = async (change) => {
    changes.push(change);
    if (codeCounts === "refused") return { type: "error", message: "no" };
    if (codeCounts === "counts") {
      api.discountCodes.value = [{ code: change.code! }];
      const reduced = orderLine({ product: "7", amount: 17, quantity: 1 });
      api.lines.value = [...api.lines.value.slice(0, -1), reduced];
    }
    return { type: "success" };
  };
});
afterEach(() => extension.tearDown());

function allow({ add = true, discount = true }): void {
  api.instructions.value = {
    lines: { canAddCartLine: add, canRemoveCartLine: true, canUpdateCartLine: true },
    discounts: { canUpdateDiscountCodes: discount },
  };
}

async function open(): Promise<void> {
  offer(app, OFFER);
  app.answer("/api/offers/accept", { body: ACCEPTED });
  await extension.render();
}

test("an offer is added to the cart with its code, at the price shown", async () => {
  await open();
  await seeText("Goes with the Oak chair in your cart");
  expect(app.posted<DecideRequest>("/api/decide")).toMatchObject([
    { block: "offers", moment: { surface: "checkout", checkoutToken: "checkout-token" } },
  ]);
  press("Add for €17.00");
  await seeText("Added to your cart for €17.00.");
  expect(changes).toEqual([
    { type: "addCartLine", merchandiseId: OFFER.variantId, quantity: 1 },
    { type: "addDiscountCode", code: "THX-1" },
  ]);
  // What was shown still stands there, although no further code could be applied now.
  expect(seenText()).toContain("You save");
});

test("who met the block in the cart is known by that cart", async () => {
  api.attributes.value = [
    { key: "gift", value: "yes" },
    { key: "_postlude_cart", value: "cart-token" },
  ];
  await open();
  await seeText("Add for");
  expect(app.posted<DecideRequest>("/api/decide")).toMatchObject([{ moment: { cartToken: "cart-token" } }]);
});

test("two clicks add it once", async () => {
  await open();
  await seeText("Add for");
  const button = buttonNamed("Add for");
  fireEvent.click(button);
  fireEvent.click(button);
  await seeText("Added to your cart");
  expect(changes.filter(({ type }) => type === "addCartLine")).toHaveLength(1);
});

test.each([
  ["the page takes no codes", () => allow({ discount: false })],
  ["another code is in use", () => (api.discountCodes.value = [{ code: "SUMMER" }])],
])("where %s, the usual price is shown and charged", async (_, prepare) => {
  prepare();
  await open();
  app.answer("/api/offers/accept", { body: { ...ACCEPTED, code: null, discountedMinor: 2000 } });
  await seeText("Add for €20.00");
  expect(seenText()).not.toContain("You save");
  press("Add for €20.00");
  await seeText("Added to your cart for €20.00.");
  expect(app.posted<AcceptOfferRequest>("/api/offers/accept")).toMatchObject([{ atFullPrice: true }]);
  expect(changes.map(({ type }) => type)).toEqual(["addCartLine"]);
});

test.each(["refused", "changes nothing"] as const)(
  "a code that %s takes the product out again: nothing is charged that was not shown",
  async (outcome) => {
    codeCounts = outcome;
    await open();
    await seeText("Add for");
    press("Add for");
    await seeText("no longer available");
    expect(api.lines.value).toHaveLength(1);
  },
);

test("a checkout that takes no lines sees nothing, and the app is not asked", async () => {
  allow({ add: false });
  await open();
  await seeNothing();
  expect(app.posted("/api/decide")).toEqual([]);
});

test("what is in the cart already is not offered", async () => {
  api.lines.value = [orderLine({ product: "1" }), orderLine({ product: "7" })];
  await open();
  await seeNothing();
  expect(app.posted("/api/decide")).toHaveLength(1);
});
