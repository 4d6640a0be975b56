/// <reference types="@shopify/ui-extensions/customer-account.order-status.block.render" />
import { getExtension } from "@shopify/ui-extensions-tester";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { OpenCode, OrderStatusRequest, ParcelView, Said } from "../../shared/contract";
import type { FakeApp } from "../../shared/testing/fake-app";
import { elements, press, seeNothing, seeText, seenText } from "../../shared/testing/screen";
import { openEditor, setStage } from "../../shared/testing/stage";
import { i18nOf } from "../../shared/testing/texts";
import de from "../locales/de.json";
import en from "../locales/en.default.json";

const extension = getExtension("customer-account.order-status.block.render");
let app: FakeApp;

beforeEach(() => {
  app = setStage(extension, en, ["heading", "help_url"]);
  extension.shopify.order.value = {
    id: "gid://shopify/Order/1001",
    name: "#1001",
    confirmationNumber: "ABC123",
  };
});

afterEach(() => extension.tearDown());

const PARCEL: ParcelView = {
  name: "#1001-F1",
  status: "in_transit",
  carrier: "DHL",
  trackingNumber: "00340434161094",
  trackingUrl: "https://dhl.example/00340434161094",
  expected: { from: "2999-12-24T12:00:00.000Z", until: "2999-12-24T12:00:00.000Z" },
  deliveredAt: null,
  scans: [],
};

const HELP_URL = "https://shop.example/apps/postlude/help?t=1";

function order(orderState: string, parcels: ParcelView[] = [], said: Said | null = null, helpUrl = ""): void {
  app.answer("/api/order-status", {
    body: { status: "ok", orderState, parcels, said, loyalty: null, helpUrl },
  });
}

const CODE: OpenCode = {
  title: "Cushion",
  code: "THX-ABCD2345",
  cartUrl: "https://shop.example/cart/7:1?discount=THX-ABCD2345",
  expiresAt: "2999-12-25T00:00:00.000Z",
  discountedMinor: 3_396,
  currency: "EUR",
};

test("a code that was taken beside the order says what for, until when, and leads to the cart", async () => {
  order("processing", [], { messages: [], tips: [], codes: [CODE] });
  await extension.render();
  await seeText("THX-ABCD2345");
  expect(elements("s-section").map((one) => one.getAttribute("heading"))).toEqual(["Delivery", "Your codes"]);
  expect(elements("s-heading").map(({ textContent }) => textContent)).toEqual(["Cushion"]);
  expect(seenText()).toContain("It works once, until December 24, 2999");
  const [toCart] = elements("s-button");
  expect(toCart!.textContent).toBe("Go to the cart: €33.96");
  expect(toCart!.getAttribute("href")).toBe(CODE.cartUrl);
});

test("an app that tells of no codes yet leaves the delivery as it is", async () => {
  order("processing", [], { messages: [], tips: [] } as unknown as Said);
  await extension.render();
  await seeText("We are preparing your order.");
  expect(elements("s-section")).toHaveLength(1);
});

test("an order that was refunded is not being prepared", async () => {
  order("refunded");
  await extension.render();
  await seeText("This order was refunded.");
});

describe("a parcel", () => {
  test("says where it is, when it comes, and who brings it", async () => {
    order("shipped", [PARCEL]);
    await extension.render();
    await seeText("On its way");
    expect(seenText()).toContain("Expected Tuesday, December 24");
    expect(seenText()).toContain("Tracking number: 00340434161094");
    const link = elements("s-link")[0]!;
    expect(link.textContent).toBe("Track with DHL");
    expect(link.getAttribute("href")).toBe(PARCEL.trackingUrl);
    const bar = elements("s-progress")[0]!;
    expect([bar.getAttribute("value"), bar.getAttribute("max")]).toEqual(["2", "4"]);
    expect(bar.getAttribute("accessibilitylabel")).toBe("Step 2 of 4: On its way");
    expect(app.posted<OrderStatusRequest>("/api/order-status")).toEqual([
      {
        orderId: "gid://shopify/Order/1001",
        checkoutToken: "checkout-token",
        confirmationNumber: "ABC123",
        locale: "en",
        withInbox: true,
      },
    ]);
  });

  test("that has arrived says when, and promises nothing more", async () => {
    order("delivered", [
      {
        ...PARCEL,
        status: "delivered",
        deliveredAt: "2026-11-20T09:30:00.000Z",
        expected: null,
      },
    ]);
    await extension.render();
    await seeText("Delivered Friday, November 20");
    expect(seenText()).not.toContain("Expected");
  });

  test("with a range says from which day to which, and never a day that has passed", async () => {
    const until = "2999-12-27T12:00:00.000Z";
    order("shipped", [{ ...PARCEL, expected: { from: "2999-12-24T12:00:00.000Z", until } }]);
    await extension.render();
    await seeText("Expected between Tuesday, December 24 and Friday, December 27");
  });

  test("does not repeat a promise that was broken", async () => {
    const expected = { from: "2019-12-30T12:00:00.000Z", until: "2020-01-01T12:00:00.000Z" };
    order("shipped", [{ ...PARCEL, status: "delayed", expected }]);
    await extension.render();
    await seeText("later than planned");
    expect(seenText()).not.toContain("Expected");
  });

  test("that failed shows no bar", async () => {
    order("shipped", [{ ...PARCEL, status: "failed" }]);
    await extension.render();
    await seeText("Could not be delivered");
    expect(elements("s-progress")).toHaveLength(0);
  });

  test("shows its latest scans, newest first, in the shopper's language where we know them", async () => {
    const scan = { message: null, place: null };
    order("shipped", [
      {
        ...PARCEL,
        scans: [
          { ...scan, status: "announced", happenedAt: "2026-11-18T08:00:00.000Z" },
          {
            ...scan,
            status: "customs",
            message: "Cleared",
            happenedAt: "2026-11-19T08:00:00.000Z",
            place: "Bonn",
          },
          { ...scan, status: "out_for_delivery", happenedAt: "2026-11-20T08:00:00.000Z" },
        ],
      },
    ]);
    await extension.render();
    await seeText("Latest scans");
    const shown = elements("s-list-item").map((item) => item.textContent);
    expect(shown[0]).toMatch(/^Out for delivery today Nov 20, 2026, 8:00\sAM$/);
    expect(shown[1]).toMatch(/^Cleared .*, Bonn$/);
    expect(shown[2]).toMatch(/^Ready to be picked up by the carrier/);
  });

  test("without carrier or number still says where it is", async () => {
    order("shipped", [
      {
        ...PARCEL,
        carrier: null,
        trackingNumber: null,
        trackingUrl: null,
        expected: null,
      },
    ]);
    await extension.render();
    await seeText("On its way");
    expect(elements("s-link")).toHaveLength(0);
  });

  test("gets no link that is no web address", async () => {
    order("shipped", [{ ...PARCEL, trackingUrl: "javascript:alert(1)" }]);
    await extension.render();
    await seeText("DHL · Tracking number");
    expect(elements("s-link")).toHaveLength(0);
  });
});

describe("an order", () => {
  test("with several parcels names each", async () => {
    order("shipped", [PARCEL, { ...PARCEL, name: "#1001-F2", status: "delivered" }]);
    await extension.render();
    await seeText("#1001-F1");
    expect(seenText()).toContain("#1001-F2");
  });

  test.each([
    ["processing", "We are preparing your order."],
    ["cancelled", "This order was cancelled."],
  ])("that is %s says so", async (state, words) => {
    order(state);
    await extension.render();
    await seeText(words);
  });

  test("speaks the shopper's language", async () => {
    Object.assign(extension.shopify, { i18n: i18nOf(de, "de") });
    order("shipped", [PARCEL]);
    await extension.render();
    await seeText("Erwartet am Dienstag, 24. Dezember");
  });
});

test.each([
  ["https://shop.example/help", "https://shop.example/help"],
  ["javascript:alert(1)", HELP_URL],
  ["", HELP_URL],
])("help leads to the merchant's own page, else to ours: %j", async (help_url, leadsTo) => {
  extension.shopify.settings.value = { heading: "", help_url };
  order("processing", [], null, HELP_URL);
  await extension.render();
  await seeText("Something wrong? Get help");
  expect(elements("s-link")[0]!.getAttribute("href")).toBe(leadsTo);
});

test.each([
  ["does not know the order", { body: { status: "unknown-order" } }],
  ["answers 503", { status: 503 }],
  ["is offline", "offline"],
  ["is too slow", "silent"],
] as const)("nothing is shown where the app %s", async (_, answer) => {
  app.answer("/api/order-status", answer);
  await extension.render();
  await seeNothing();
});

test("the checkout editor shows a sample parcel without asking", async () => {
  openEditor(extension);
  await extension.render();
  await seeText("On its way");
  expect(app.posted("/api/order-status")).toHaveLength(0);
});

const MESSAGE = {
  ...{ id: "m1", title: "News", body: "Your order is on its way", url: null },
  ...{ createdAt: "2026-11-20T09:30:00.000Z", read: false },
};
const TIP = { id: "t1", title: "Wash cold", paragraphs: ["At 30 degrees."], imageUrl: null };

test("messages and tips come with the order, in one request; a message can be put away", async () => {
  const tips = [{ ...TIP, videoUrl: "https://video.example/wash" }];
  order("shipped", [PARCEL], { messages: [MESSAGE], tips, codes: [] });
  app.answer("/api/inbox/mark", { body: { status: "ok" } });
  await extension.render();
  await seeText("Your order is on its way");
  const headings = elements("s-section").map((section) => section.getAttribute("heading"));
  expect(headings).toEqual(["Delivery", "Messages", "Tips for what you bought"]);
  expect(elements("s-summary").map(({ textContent }) => textContent)).toContain("Wash cold");
  expect(elements("s-link").map((link) => link.getAttribute("href"))).toContain("https://video.example/wash");
  const marks = () => app.posted<{ messageId: string; act: string }>("/api/inbox/mark").map(({ act }) => act);
  await expect.poll(marks).toEqual(["read"]);
  press("Put away");
  await expect.poll(() => seenText()).not.toContain("Your order is on its way");
  expect(marks()).toEqual(["read", "dismiss"]);
  expect(app.posted("/api/inbox")).toEqual([]);
});
