/// <reference types="@shopify/ui-extensions/purchase.thank-you.block.render" />
import { getExtension } from "@shopify/ui-extensions-tester";
import type { OfferPlacement, OutcomeRequest } from "../../shared/contract";
import type { FakeApp } from "../../shared/testing/fake-app";
import { setStage } from "../../shared/testing/stage";
import en from "../locales/en.default.json";

export const extension = getExtension("purchase.thank-you.block.render");

/** The thank-you page of one order, and the app behind it. */
export function openThankYou(): FakeApp {
  const app = setStage(extension, en, ["heading"]);
  extension.shopify.orderConfirmation.value = {
    order: { id: "gid://shopify/OrderIdentity/1001" },
    number: "ABC123",
    isFirstOrder: true,
  };
  return app;
}

export const CUSHION: OfferPlacement = {
  kind: "offer",
  position: 0,
  offerId: "offer-1",
  productId: "gid://shopify/Product/7",
  variantId: "gid://shopify/ProductVariant/7",
  title: "Wool cushion",
  imageUrl: "https://cdn.example/cushion.png",
  goesWith: "Oak chair",
  priceMinor: 2000,
  discountedMinor: 1700,
  currency: "EUR",
  discountPercent: 15,
  validDays: 7,
};

export function offer(app: FakeApp, ...placements: OfferPlacement[]): void {
  app.answer("/api/decide", { body: { decisionId: "decision-1", placements } });
}

export function outcomesOf(app: FakeApp): string[] {
  return app.posted<OutcomeRequest>("/api/outcomes").map((each) => `${each.outcome} ${each.position}`);
}
