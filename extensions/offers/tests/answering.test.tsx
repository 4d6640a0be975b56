import { fireEvent, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { AcceptOfferRequest } from "../../shared/contract";
import type { FakeApp } from "../../shared/testing/fake-app";
import { buttonNamed, elements, press, seeText, seenText } from "../../shared/testing/screen";
import { CUSHION, extension, offer, openThankYou, outcomesOf } from "./thank-you";

let app: FakeApp;
beforeEach(() => {
  app = openThankYou();
});
afterEach(() => {
  vi.useRealTimers();
  extension.tearDown();
});

const ACCEPTED = {
  status: "accepted",
  code: "CHAIR-7XQ2",
  cartUrl: "https://shop.example/cart/7:1?discount=CHAIR-7XQ2",
  expiresAt: "2026-11-29T12:00:00.000Z",
  priceMinor: 2000,
  discountedMinor: 1700,
  currency: "EUR",
};

describe("accepting", () => {
  test("shows the code, until when it works, and the way to the cart", async () => {
    offer(app, CUSHION);
    app.answer("/api/offers/accept", { body: ACCEPTED });
    await extension.render();
    await seeText("Get it with");
    press("Get it with");
    await seeText("CHAIR-7XQ2");
    expect(seenText()).toContain("until November 29, 2026");
    const cart = buttonNamed("Go to the cart: €17.00");
    expect(cart.getAttribute("href")).toBe(ACCEPTED.cartUrl);
    fireEvent.click(cart);
    await waitFor(() => expect(outcomesOf(app)).toContain("click 0"));
  });

  test("brings the code back when the page is opened again", async () => {
    offer(app, { ...CUSHION, accepted: true });
    app.answer("/api/offers/accept", { body: ACCEPTED });
    await extension.render();
    await seeText("CHAIR-7XQ2");
    expect(app.posted("/api/offers/accept")).toHaveLength(1);
  });

  test("waits while the code is being made", async () => {
    offer(app, CUSHION);
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
    offer(app, CUSHION);
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
    offer(app, CUSHION);
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
    offer(app, CUSHION);
    app.answer("/api/offers/accept", { body: { status: "unavailable" } });
    await extension.render();
    await seeText("Get it with");
    press("Get it with");
    await seeText("no longer available");
    expect(elements("s-button")).toHaveLength(0);
  });
});

test("a decline is told to the app, thanked for, and leaves its line empty", async () => {
  offer(app, CUSHION);
  await extension.render();
  await seeText("Not for me");
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  press("Not for me");
  await vi.advanceTimersByTimeAsync(100);
  expect(seenText()).toBe("Thank you, noted.");
  expect(outcomesOf(app)).toContain("dismissal 0");
  await vi.advanceTimersByTimeAsync(5000);
  expect(seenText()).toBe("");
  expect(elements("s-box")[0]!.getAttribute("minblocksize")).toBe("24px");
});
