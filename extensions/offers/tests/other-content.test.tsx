import { fireEvent } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { AcceptOfferRequest, Placement } from "../../shared/contract";
import type { FakeApp } from "../../shared/testing/fake-app";
import { buttonNamed, elements, press, seeText, seenText } from "../../shared/testing/screen";
import { CUSHION, extension, openThankYou, outcomesOf } from "./thank-you";

let app: FakeApp;
beforeEach(() => {
  app = openThankYou();
});
afterEach(() => extension.tearDown());

async function open(...placements: Placement[]): Promise<void> {
  app.answer("/api/decide", { body: { decisionId: "decision-1", placements } });
  await extension.render();
}

test("an offer by order edit says what happens, and then what is to be paid", async () => {
  await open({ ...CUSHION, acceptBy: "order-edit" });
  await seeText("nothing is charged now");
  const answer = {
    status: "added-to-order",
    orderName: "#1001",
    balanceMinor: 1836,
    currency: "EUR",
    payUrl: "https://shop.example/pay",
  };
  app.answer("/api/offers/accept", { body: { status: "preparing" } }, { body: answer });
  press("Add to my order for €17.00");
  await seeText("Adding it to your order");
  await seeText("Added to your order #1001.");
  expect(seenText()).toContain("Balance to pay: €18.36");
  expect(buttonNamed("Pay €18.36").getAttribute("href")).toBe(answer.payUrl);
  expect(app.posted<AcceptOfferRequest>("/api/offers/accept")[0]).toEqual({
    decisionId: "decision-1",
    position: 0,
    actor: {
      orderId: "gid://shopify/OrderIdentity/1001",
      checkoutToken: "checkout-token",
      confirmationNumber: "ABC123",
    },
  });
});

test("of two that were added, the last says what is to be paid for both", async () => {
  await open(...[0, 1].map((position) => ({ ...CUSHION, position, acceptBy: "order-edit" as const })));
  await seeText("nothing is charged now");
  const added = {
    status: "added-to-order",
    orderName: "#1001",
    currency: "EUR",
    payUrl: "https://shop.example/pay",
  };
  const answers = [1836, 3672].map((balanceMinor) => ({ body: { ...added, balanceMinor } }));
  app.answer("/api/offers/accept", answers[0]!, answers[1]!);
  press("Add to my order");
  await seeText("Balance to pay: €18.36");
  press("Add to my order");
  await seeText("Balance to pay: €36.72");
  expect(seenText()).not.toContain("€18.36");
  expect(seenText().split("Added to your order #1001.")).toHaveLength(3);
});

test("a code instead of a change of the order says why", async () => {
  await open({ ...CUSHION, acceptBy: "order-edit" });
  await seeText("nothing is charged now");
  const code = {
    code: "THX-1",
    cartUrl: "https://shop.example/cart/7:1",
    expiresAt: "2999-12-25T00:00:00.000Z",
  };
  const accepted = { status: "accepted", ...code, priceMinor: 2000, discountedMinor: 1700, currency: "EUR" };
  app.answer("/api/offers/accept", { body: accepted });
  press("Add to my order");
  await seeText("THX-1");
  expect(seenText()).toContain(
    "It could not be added to your order, but you can still buy it at this price.",
  );
});

test("three offers stand below one another, each with its answers", async () => {
  const three = [0, 1, 2].map((position) => ({ ...CUSHION, position, title: `Cushion ${position}` }));
  await open(...three);
  await seeText("Cushion 2");
  expect(elements("s-button").filter((button) => button.textContent === "Not for me")).toHaveLength(3);
  fireEvent.click(elements("s-button")[1]!);
  await seeText("Thank you, noted.");
  expect(seenText()).toContain("Cushion 1");
  expect(outcomesOf(app)).toContain("dismissal 0");
});

test.each([
  [[{ code: "bought-before" }], "You have bought this before"],
  [[{ code: "popular-in-category", category: "Lamps" }], "A favourite among Lamps"],
  [[], ""],
] as const)("the reason %j is said", async (reasons, words) => {
  await open({ ...CUSHION, goesWith: null, reasons: [...reasons] });
  await seeText("Wool cushion");
  expect(seenText()).toContain(words);
  expect(seenText()).not.toContain("Goes with");
});

test("a sponsored offer carries its label, and can be declined as easily as opened", async () => {
  await open({
    kind: "sponsored",
    position: 1,
    campaignId: "c",
    advertiser: "Tea & Co",
    title: "A month of tea",
    text: "Five kinds.",
    clickUrl: "https://app.example/c/token",
    disclosure: "Sponsored",
  });
  await seeText("Sponsored · Tea & Co");
  const [visit, decline] = elements("s-button");
  expect(visit!.getAttribute("href")).toBe("https://app.example/c/token");
  expect(visit!.getAttribute("variant")).toBe(decline!.getAttribute("variant"));
  press("Not for me");
  await seeText("Thank you, noted.");
});

test("thanks, reassurance and help have their own heading and nothing to buy", async () => {
  await open({
    kind: "reassurance",
    position: 1,
    heading: "Your first order is in good hands",
    text: "We write as soon as it leaves.",
    points: ["30 days to return"],
  });
  await seeText("30 days to return");
  expect(elements("s-section")[0]!.getAttribute("heading")).toBe("Your first order is in good hands");
  expect(elements("s-button")).toHaveLength(0);
});

test("help answers questions, and opening one is told", async () => {
  await open({
    kind: "help",
    position: 1,
    heading: "Questions?",
    questions: [{ question: "When does it come?", answer: "In three days." }],
  });
  await seeText("When does it come?");
  fireEvent(elements("s-details")[0]!, new Event("toggle"));
  await seeText("In three days.");
  expect(outcomesOf(app)).toContain("impression 1");
});
