/// <reference types="@shopify/ui-extensions/customer-account.order-status.block.render" />
import { getExtension } from "@shopify/ui-extensions-tester";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { OrderStatusRequest } from "../../shared/contract";
import type { FakeApp } from "../../shared/testing/fake-app";
import { elements, press, seeNothing, seeText, seenText } from "../../shared/testing/screen";
import { openEditor, setStage } from "../../shared/testing/stage";
import en from "../locales/en.default.json";

const extension = getExtension("customer-account.order-status.block.render");
let app: FakeApp;

beforeEach(() => {
  app = setStage(extension, en, ["heading"]);
  extension.shopify.order.value = {
    id: "gid://shopify/Order/1001",
    name: "#1001",
    confirmationNumber: "ABC123",
  };
});

afterEach(() => extension.tearDown());

function order(loyalty: object | null): void {
  app.answer("/api/order-status", { body: { status: "ok", orderState: "processing", parcels: [], loyalty } });
}

test("a member sees points and the points to come", async () => {
  order({ programName: "Oak Club", points: 250, pendingPoints: 1, member: true });
  await extension.render();
  await seeText("250 points");
  expect(seenText()).toContain("1 more point is on its way");
  expect(elements("s-section")[0]!.getAttribute("heading")).toBe("Your points: Oak Club");
  expect(app.posted<OrderStatusRequest>("/api/order-status")).toEqual([
    {
      orderId: "gid://shopify/Order/1001",
      checkoutToken: "checkout-token",
      confirmationNumber: "ABC123",
      locale: "en",
      withInbox: false,
    },
  ]);
  expect(app.posted("/api/decide")).toHaveLength(0);
});

test("who is no member is invited and may join here", async () => {
  order({ programName: "Oak Club", points: 0, pendingPoints: 0, member: false });
  const invitation = {
    kind: "loyalty-join",
    position: 0,
    programName: "Oak Club",
    joinBonus: 50,
    orderPoints: 120,
    consentText: "We keep a record of your orders.",
  };
  app.answer("/api/decide", { body: { decisionId: "decision-1", placements: [invitation] } });
  app.answer("/api/loyalty/join", { body: { status: "joined", pendingPoints: 170 } });
  await extension.render();
  await seeText("We keep a record of your orders.");
  press("Join");
  await seeText("170 points are on their way");
});

test("nothing is shown where the shop has no programme", async () => {
  order(null);
  await extension.render();
  await seeNothing();
});

test.each([
  ["does not know the order", { body: { status: "unknown-order" } }],
  ["answers 503", { status: 503 }],
  ["is offline", "offline"],
] as const)("nothing is shown where the app %s", async (_, answer) => {
  app.answer("/api/order-status", answer);
  await extension.render();
  await seeNothing();
});

test("nothing is asked while the page does not know its order", async () => {
  extension.shopify.order.value = undefined;
  await extension.render();
  await seeNothing();
  expect(app.posted("/api/order-status")).toHaveLength(0);
});

test("the checkout editor shows sample points without asking", async () => {
  openEditor(extension);
  await extension.render();
  await seeText("250 points");
  expect(app.posted("/api/order-status")).toHaveLength(0);
});
