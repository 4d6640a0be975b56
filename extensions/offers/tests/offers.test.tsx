/// <reference types="@shopify/ui-extensions/purchase.thank-you.block.render" />
import { getExtension } from "@shopify/ui-extensions-tester";
import { fireEvent, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type {
  AcceptOfferRequest,
  DecideRequest,
  OfferPlacement,
  OutcomeRequest,
} from "../../shared/contract";
import type { FakeApp } from "../../shared/testing/fake-app";
import { buttonNamed, elements, press, seeNothing, seeText, seenText } from "../../shared/testing/screen";
import { openEditor, setStage } from "../../shared/testing/stage";
import { i18nOf } from "../../shared/testing/texts";
import de from "../locales/de.json";
import en from "../locales/en.default.json";

const extension = getExtension("purchase.thank-you.block.render");
let app: FakeApp;

beforeEach(() => {
  app = setStage(extension, en, ["heading"]);
  extension.shopify.orderConfirmation.value = {
    order: { id: "gid://shopify/OrderIdentity/1001" },
    number: "ABC123",
    isFirstOrder: true,
  };
});

afterEach(() => {
  vi.useRealTimers();
  extension.tearDown();
});

const CUSHION: OfferPlacement = {
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

const ACCEPTED = {
  status: "accepted",
  code: "CHAIR-7XQ2",
  cartUrl: "https://shop.example/cart/7:1?discount=CHAIR-7XQ2",
  expiresAt: "2026-11-29T12:00:00.000Z",
  priceMinor: 2000,
  discountedMinor: 1700,
  currency: "EUR",
};

function offer(...placements: OfferPlacement[]): void {
  app.answer("/api/decide", { body: { decisionId: "decision-1", placements } });
}

function outcomes(): string[] {
  return app.posted<OutcomeRequest>("/api/outcomes").map((each) => `${each.outcome} ${each.position}`);
}

describe("an offer", () => {
  test("names the product, the reason, both prices and the saving", async () => {
    offer(CUSHION);
    await extension.render();
    await seeText("Wool cushion");
    expect(elements("s-section")[0]!.getAttribute("heading")).toBe("Picked for your order");
    expect(seenText()).toContain("Goes with the Oak chair you bought");
    expect(document.body.querySelector('s-text[type="redundant"]')!.textContent).toBe("€20.00");
    expect(document.body.querySelector('s-text[tone="success"]')!.textContent).toBe("You save €3.00");
    expect(seenText()).toContain("is valid for 7 days");
    expect(elements("s-product-thumbnail")[0]!.getAttribute("src")).toBe(CUSHION.imageUrl);
  });

  test("gives both answers the same weight", async () => {
    offer(CUSHION);
    await extension.render();
    await seeText("Get it with 15% off");
    const variants = [buttonNamed("Get it"), buttonNamed("Not for me")].map((each) =>
      each.getAttribute("variant"),
    );
    expect(variants).toEqual(["secondary", "secondary"]);
  });

  test("without a discount shows one price and no code terms", async () => {
    offer({ ...CUSHION, discountedMinor: 2000, discountPercent: 0 });
    await extension.render();
    await seeText("€20.00");
    expect(document.body.querySelector('s-text[type="redundant"]')).toBeNull();
    expect(seenText()).not.toContain("valid for");
    expect(buttonNamed("Get it").textContent).toBe("Get it");
  });

  test("shows amounts of currencies without decimals as they are charged", async () => {
    offer({ ...CUSHION, currency: "JPY", priceMinor: 2000, discountedMinor: 1700 });
    await extension.render();
    await seeText("¥1,700");
  });

  test("speaks the shopper's language with its plural forms", async () => {
    Object.assign(extension.shopify, { i18n: i18nOf(de, "de") });
    offer({ ...CUSHION, validDays: 1 });
    await extension.render();
    await seeText("Passt zu Ihrem Einkauf: Oak chair");
    expect(seenText()).toContain("1 Tag lang");
    expect(seenText()).toContain("Sie sparen 3,00\u00a0€");
  });

  test("takes the merchant's heading", async () => {
    extension.shopify.settings.value = { heading: "One more thing" };
    offer(CUSHION);
    await extension.render();
    await seeText("Wool cushion");
    expect(elements("s-section")[0]!.getAttribute("heading")).toBe("One more thing");
  });
});

describe("the question to the app", () => {
  test("describes the order in minor units, with what only its buyer knows", async () => {
    offer(CUSHION);
    await extension.render();
    await seeText("Wool cushion");
    const [request] = app.posted<DecideRequest>("/api/decide");
    expect(request).toEqual({
      block: "offers",
      moment: {
        surface: "thank-you",
        orderId: "gid://shopify/OrderIdentity/1001",
        checkoutToken: "checkout-token",
        confirmationNumber: "ABC123",
        isFirstOrder: true,
        locale: "en",
        currency: "EUR",
        country: "US",
        mayLink: true,
        lines: [
          {
            productId: "gid://shopify/Product/1",
            variantId: "gid://shopify/ProductVariant/1",
            quantity: 2,
            amountMinor: 3999,
          },
        ],
      },
    });
    expect(app.tokens[0]).toBe("Bearer mock-session-token");
  });

  test("says when the buyer did not allow analytics", async () => {
    const privacy = extension.shopify.customerPrivacy;
    privacy.value = {
      ...privacy.value,
      allowedProcessing: { analytics: false, marketing: false, preferences: false, saleOfData: false },
    };
    offer(CUSHION);
    await extension.render();
    await seeText("Wool cushion");
    expect(app.posted<DecideRequest>("/api/decide")[0]!.moment.mayLink).toBe(false);
  });

  test("is asked once, and each offer is told as seen once", async () => {
    offer(CUSHION, { ...CUSHION, position: 1, title: "Linen throw" });
    await extension.render();
    await seeText("Linen throw");
    await waitFor(() => expect(outcomes()).toEqual(["impression 0", "impression 1"]));
    expect(app.posted("/api/decide")).toHaveLength(1);
  });
});

describe("accepting", () => {
  test("shows the code, until when it works, and the way to the cart", async () => {
    offer(CUSHION);
    app.answer("/api/offers/accept", { body: ACCEPTED });
    await extension.render();
    await seeText("Get it with");
    press("Get it with");
    await seeText("CHAIR-7XQ2");
    expect(seenText()).toContain("until November 29, 2026");
    const cart = buttonNamed("Go to the cart: €17.00");
    expect(cart.getAttribute("href")).toBe(ACCEPTED.cartUrl);
    fireEvent.click(cart);
    await waitFor(() => expect(outcomes()).toContain("click 0"));
  });

  test("waits while the code is being made", async () => {
    offer(CUSHION);
    app.answer("/api/offers/accept", { body: { status: "preparing" } }, { body: ACCEPTED });
    await extension.render();
    await seeText("Get it with");
    press("Get it with");
    await seeText("Preparing your code");
    await seeText("CHAIR-7XQ2");
    expect(app.posted<AcceptOfferRequest>("/api/offers/accept")).toEqual([
      { decisionId: "decision-1", position: 0 },
      { decisionId: "decision-1", position: 0 },
    ]);
  });

  test("happens once for a double click", async () => {
    offer(CUSHION);
    app.answer("/api/offers/accept", { body: ACCEPTED });
    await extension.render();
    await seeText("Get it with");
    const button = buttonNamed("Get it with");
    fireEvent.click(button);
    fireEvent.click(button);
    await seeText("CHAIR-7XQ2");
    expect(app.posted("/api/offers/accept")).toHaveLength(1);
  });

  test("can be tried again when it did not go through", async () => {
    offer(CUSHION);
    app.answer("/api/offers/accept", "offline", { status: 503 }, { body: ACCEPTED });
    await extension.render();
    await seeText("Get it with");
    for (let attempt = 0; attempt < 2; attempt += 1) {
      press("Get it with");
      await seeText("Please try again");
    }
    press("Get it with");
    await seeText("CHAIR-7XQ2");
  });

  test("says so when the offer has ended", async () => {
    offer(CUSHION);
    app.answer("/api/offers/accept", { body: { status: "unavailable" } });
    await extension.render();
    await seeText("Get it with");
    press("Get it with");
    await seeText("no longer available");
    expect(elements("s-button")).toHaveLength(0);
  });
});

test("a decline is told to the app, thanked for, and leaves its line empty", async () => {
  offer(CUSHION);
  await extension.render();
  await seeText("Not for me");
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  press("Not for me");
  await vi.advanceTimersByTimeAsync(100);
  expect(seenText()).toBe("Thank you, noted.");
  expect(outcomes()).toContain("dismissal 0");
  await vi.advanceTimersByTimeAsync(5000);
  expect(seenText()).toBe("");
  expect(elements("s-box")[0]!.getAttribute("minblocksize")).toBe("24px");
});

describe("nothing at all is shown", () => {
  test("where there is no offer", async () => {
    app.answer("/api/decide", { body: { decisionId: null, placements: [] } });
    await extension.render();
    await seeNothing();
    expect(app.posted("/api/outcomes")).toHaveLength(0);
  });

  test.each([
    ["answers 503", { status: 503 }],
    ["does not know the token", { status: 401 }],
    ["is offline", "offline"],
    ["is slower than the page can wait", "silent"],
    ["answers nonsense", { body: "<html>" }],
  ] as const)("where the app %s", async (_, answer) => {
    app.answer("/api/decide", answer);
    await extension.render();
    await seeNothing();
  });

  test("where the session token cannot be had", async () => {
    extension.shopify.sessionToken.get = () => Promise.reject(new Error("no token"));
    await extension.render();
    await seeNothing();
  });
});

describe("in the checkout editor", () => {
  beforeEach(() => openEditor(extension));

  test("a sample stands where the shop has no offer, and nothing is recorded", async () => {
    app.answer("/api/decide", { status: 503 });
    await extension.render();
    await seeText("Sample product");
    press("Get it with 15% off");
    expect(app.posted("/api/offers/accept")).toHaveLength(0);
    expect(app.posted("/api/outcomes")).toHaveLength(0);
  });

  test("the shop's own offer stands where it has one", async () => {
    offer(CUSHION);
    await extension.render();
    await seeText("Wool cushion");
    expect(app.posted<DecideRequest>("/api/decide")[0]!.moment.preview).toBe(true);
    expect(app.posted("/api/outcomes")).toHaveLength(0);
  });
});
