/// <reference types="@shopify/ui-extensions/customer-account.order-status.block.render" />
import { getExtension } from "@shopify/ui-extensions-tester";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { DecideRequest } from "../../shared/contract";
import type { FakeApp } from "../../shared/testing/fake-app";
import { seeNothing, seeText } from "../../shared/testing/screen";
import { setStage } from "../../shared/testing/stage";
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

test("the order status page shows offers for its order", async () => {
  const offer = {
    kind: "offer",
    position: 0,
    title: "Wool cushion",
    goesWith: null,
    priceMinor: 2000,
    discountedMinor: 2000,
    currency: "EUR",
    discountPercent: 0,
    validDays: 7,
  };
  app.answer("/api/decide", { body: { decisionId: "decision-1", placements: [offer] } });
  await extension.render();
  await seeText("Wool cushion");
  expect(app.posted<DecideRequest>("/api/decide")[0]!.moment).toMatchObject({
    surface: "order-status",
    orderId: "gid://shopify/Order/1001",
    confirmationNumber: "ABC123",
  });
});

test("nothing is asked or shown while the page does not know its order", async () => {
  extension.shopify.order.value = undefined;
  await extension.render();
  await seeNothing();
  expect(app.posted("/api/decide")).toHaveLength(0);
});
