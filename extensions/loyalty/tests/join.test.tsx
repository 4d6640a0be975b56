/// <reference types="@shopify/ui-extensions/purchase.thank-you.block.render" />
import { getExtension } from "@shopify/ui-extensions-tester";
import { fireEvent, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { JoinLoyaltyRequest, LoyaltyJoinPlacement } from "../../shared/contract";
import type { FakeApp } from "../../shared/testing/fake-app";
import { buttonNamed, elements, press, seeNothing, seeText, seenText } from "../../shared/testing/screen";
import { openEditor, setStage } from "../../shared/testing/stage";
import { i18nOf } from "../../shared/testing/texts";
import en from "../locales/en.default.json";
import es from "../locales/es.json";

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

afterEach(() => extension.tearDown());

const JOIN: LoyaltyJoinPlacement = {
  kind: "loyalty-join",
  position: 0,
  programName: "Oak Club",
  joinBonus: 50,
  orderPoints: 1,
  consentText: "We keep a record of your orders to count your points.",
};

function invite(placement: LoyaltyJoinPlacement = JOIN): void {
  app.answer("/api/decide", { body: { decisionId: "decision-1", placements: [placement] } });
}

function joined(): JoinLoyaltyRequest[] {
  return app.posted<JoinLoyaltyRequest>("/api/loyalty/join");
}

describe("the invitation", () => {
  test("says what joining gives and what one agrees to, with nothing ticked beforehand", async () => {
    invite();
    await extension.render();
    await seeText(JOIN.consentText);
    expect(elements("s-section")[0]!.getAttribute("heading")).toBe("Join Oak Club");
    expect(elements("s-list-item").map((item) => item.textContent)).toEqual([
      "1 point for this order",
      "50 points for joining",
    ]);
    expect(elements("s-checkbox")).toHaveLength(0);
    expect(joined()).toHaveLength(0);
  });

  test("does not speak of points that there are not", async () => {
    invite({ ...JOIN, joinBonus: 0, orderPoints: 0 });
    await extension.render();
    await seeText(JOIN.consentText);
    expect(elements("s-list-item")).toHaveLength(0);
  });

  test("speaks the shopper's language", async () => {
    Object.assign(extension.shopify, { i18n: i18nOf(es, "es") });
    invite();
    await extension.render();
    await seeText("1 punto por este pedido");
  });
});

describe("joining", () => {
  test("takes one press, sends the words as proof, and shows the points to come", async () => {
    invite();
    app.answer("/api/loyalty/join", { body: { status: "joined", pendingPoints: 51 } });
    await extension.render();
    await seeText(JOIN.consentText);
    press("Join");
    await seeText("51 points are on their way");
    expect(elements("s-section")[0]!.getAttribute("heading")).toBe("Welcome to Oak Club");
    expect(joined()).toEqual([
      {
        decisionId: "decision-1",
        consentText: JOIN.consentText,
        moment: {
          surface: "thank-you",
          orderId: "gid://shopify/OrderIdentity/1001",
          checkoutToken: "checkout-token",
          confirmationNumber: "ABC123",
          locale: "en",
        },
      },
    ]);
  });

  test("happens once for a double click", async () => {
    invite();
    app.answer("/api/loyalty/join", { body: { status: "joined", pendingPoints: 51 } });
    await extension.render();
    await seeText(JOIN.consentText);
    const button = buttonNamed("Join");
    fireEvent.click(button);
    fireEvent.click(button);
    await seeText("on their way");
    expect(joined()).toHaveLength(1);
  });

  test("shows points that can be spent at once", async () => {
    invite();
    app.answer("/api/loyalty/join", { body: { status: "joined", points: 50, pendingPoints: 1 } });
    await extension.render();
    await seeText(JOIN.consentText);
    press("Join");
    await seeText("1 point is on its way");
    expect(elements("s-heading")[0]!.textContent).toBe("50 points");
  });

  test("tells members what they have", async () => {
    invite();
    app.answer("/api/loyalty/join", { body: { status: "already-member", points: 200, pendingPoints: 0 } });
    await extension.render();
    await seeText(JOIN.consentText);
    press("Join");
    await seeText("200 points");
    expect(seenText()).not.toContain("on their way");
  });

  test("can be tried again when it did not go through", async () => {
    invite();
    app.answer("/api/loyalty/join", { status: 503 }, { body: { status: "joined", pendingPoints: 51 } });
    await extension.render();
    await seeText(JOIN.consentText);
    press("Join");
    await waitFor(() =>
      expect(elements("s-banner")[0]!.getAttribute("heading")).toContain("Please try again"),
    );
    press("Join");
    await seeText("on their way");
  });

  test("says so when the programme has closed", async () => {
    invite();
    app.answer("/api/loyalty/join", { body: { status: "closed" } });
    await extension.render();
    await seeText(JOIN.consentText);
    press("Join");
    await waitFor(() => expect(elements("s-banner")[0]!.getAttribute("heading")).toContain("no new members"));
  });
});

test.each([
  ["has no invitation", { body: { decisionId: null, placements: [] } }],
  ["answers 503", { status: 503 }],
  ["is offline", "offline"],
  ["is slower than the page can wait", "silent"],
] as const)("nothing at all is shown where the app %s", async (_, answer) => {
  app.answer("/api/decide", answer);
  await extension.render();
  await seeNothing();
});

test("the checkout editor shows a sample that joins nobody", async () => {
  openEditor(extension);
  app.answer("/api/decide", { status: 503 });
  await extension.render();
  await seeText("You can leave at any time.");
  press("Join");
  expect(joined()).toHaveLength(0);
});
