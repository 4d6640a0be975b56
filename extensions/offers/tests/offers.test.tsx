import { waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DecideRequest } from "../../shared/contract";
import type { FakeApp } from "../../shared/testing/fake-app";
import { buttonNamed, elements, press, seeNothing, seeText, seenText } from "../../shared/testing/screen";
import { openEditor } from "../../shared/testing/stage";
import { i18nOf } from "../../shared/testing/texts";
import de from "../locales/de.json";
import { CUSHION, extension, offer, openThankYou, outcomesOf } from "./thank-you";

let app: FakeApp;
beforeEach(() => {
  app = openThankYou();
});
afterEach(() => extension.tearDown());

describe("an offer", () => {
  test("names the product, the reason, both prices and the saving", async () => {
    offer(app, CUSHION);
    await extension.render();
    await seeText("Wool cushion");
    expect(elements("s-section")[0]!.getAttribute("heading")).toBe("Picked for your order");
    expect(seenText()).toContain("Goes with the Oak chair you bought");
    expect(document.body.querySelector('s-text[type="redundant"]')!.textContent).toBe("€20.00");
    expect(document.body.querySelector('s-text[tone="success"]')!.textContent).toBe("You save €3.00");
    expect(seenText()).toContain("works once, for at least 7 days");
    expect(elements("s-product-thumbnail")[0]!.getAttribute("src")).toBe(CUSHION.imageUrl);
  });

  test("gives both answers the same weight", async () => {
    offer(app, CUSHION);
    await extension.render();
    await seeText("Get it with 15% off");
    const variants = [buttonNamed("Get it"), buttonNamed("Not for me")].map((each) =>
      each.getAttribute("variant"),
    );
    expect(variants).toEqual(["secondary", "secondary"]);
  });

  test("without a discount shows one price and no code terms", async () => {
    offer(app, { ...CUSHION, discountedMinor: 2000, discountPercent: 0 });
    await extension.render();
    await seeText("€20.00");
    expect(document.body.querySelector('s-text[type="redundant"]')).toBeNull();
    expect(seenText()).not.toContain("valid for");
    expect(buttonNamed("Get it").textContent).toBe("Get it");
  });

  test("shows amounts of currencies without decimals as they are charged", async () => {
    offer(app, { ...CUSHION, currency: "JPY", priceMinor: 2000, discountedMinor: 1700 });
    await extension.render();
    await seeText("¥1,700");
  });

  test("speaks the shopper's language with its plural forms", async () => {
    Object.assign(extension.shopify, { i18n: i18nOf(de, "de") });
    offer(app, { ...CUSHION, validDays: 1 });
    await extension.render();
    await seeText("Passt zu Ihrem Einkauf: Oak chair");
    expect(seenText()).toContain("1 Tag lang");
    expect(seenText()).toContain("Sie sparen 3,00\u00a0€");
  });

  test("takes the merchant's heading", async () => {
    extension.shopify.settings.value = { heading: "One more thing" };
    offer(app, CUSHION);
    await extension.render();
    await seeText("Wool cushion");
    expect(elements("s-section")[0]!.getAttribute("heading")).toBe("One more thing");
  });
});

describe("the question to the app", () => {
  test("describes the order in minor units, with what only its buyer knows", async () => {
    offer(app, CUSHION);
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
    offer(app, CUSHION);
    await extension.render();
    await seeText("Wool cushion");
    expect(app.posted<DecideRequest>("/api/decide")[0]!.moment.mayLink).toBe(false);
  });

  test("is asked once, and each offer is told as seen once", async () => {
    offer(app, CUSHION, { ...CUSHION, position: 1, title: "Linen throw" });
    await extension.render();
    await seeText("Linen throw");
    await waitFor(() => expect(outcomesOf(app)).toEqual(["impression 0", "impression 1"]));
    expect(app.posted("/api/decide")).toHaveLength(1);
  });
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
    offer(app, CUSHION);
    await extension.render();
    await seeText("Wool cushion");
    expect(app.posted<DecideRequest>("/api/decide")[0]!.moment.preview).toBe(true);
    expect(app.posted("/api/outcomes")).toHaveLength(0);
  });
});
