/** The payment step, from the merchant's switch to what a shopper sees: the learnt order, never fewer than one method. */
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { openApp } from "../journey/merchant";
import { openStage, type Stage } from "../journey/stage";
import { accessibilityFaults } from "./axe";

let stage: Stage;

beforeAll(async () => {
  stage = await openStage(inject("demo").urls.store, "artifacts/payments");
  await openPayments();
});
afterAll(() => stage.close());

/** The page once past orders are imported and learnt. */
async function openPayments(): Promise<void> {
  await stage.until("payment methods to be learnt", async () => {
    await openApp(stage, "/app/payments");
    return stage.app.getByRole("heading", { name: "What would a buyer see?" }).isVisible();
  });
}

async function change(act: () => Promise<void>, confirmation: string): Promise<void> {
  await act();
  await stage.app.getByText(confirmation).waitFor();
}

const saveBar = () => stage.merchant.getByRole("button", { name: "Save" });
const listed = () => stage.app.locator("main ol li span:first-child");

/** A German with a full cart at the payment step. @returns what they may choose from, in the page's order */
async function openPaymentStep(): Promise<string[]> {
  const { shopper, storeUrl } = stage;
  await shopper.goto(`${storeUrl}/`);
  await shopper.locator("a[href^='/products/']").first().click();
  await shopper.getByRole("button", { name: "Add to cart" }).click();
  await shopper.getByRole("button", { name: /^Check ?out$/ }).click();
  await shopper.locator("#email").fill(`greta.${Date.now().toString(36)}@example.com`);
  await shopper.locator("#country").selectOption("DE");
  for (const [field, value] of Object.entries({
    firstName: "Greta",
    lastName: "Vogel",
    address1: "Lindenweg 7",
    zip: "10115",
    city: "Berlin",
  })) {
    await shopper.locator(`#${field}`).fill(value);
  }
  await shopper.locator("main form .step-end button").click();
  await shopper.locator("input[name=rate]").first().waitFor();
  await shopper.locator("main form .step-end button").click();
  await shopper.locator("input[name=method]").first().waitFor();
  return shopper.locator(".payment-methods label span").allInnerTexts();
}

test("the preview follows what is chosen", async () => {
  const { app } = stage;
  await app.getByLabel("Ships to").selectOption("US");
  expect((await listed().first().innerText()).trim()).toBe("Credit card");
  await app.getByLabel("Ships to").selectOption("DE");
  await app.getByLabel("History").selectOption("returning");
  await app.getByLabel("Order value").fill("150");
  await expect.poll(async () => (await listed().first().innerText()).trim()).toBe("Klarna");
  await app.getByLabel("Order value").fill("15");
  await expect.poll(async () => (await listed().first().innerText()).trim()).toBe("PayPal");
});

test("switched on, a shopper meets the learnt order, and their choice stands in the order", async () => {
  const { app, shopper, merchant } = stage;
  expect((await openPaymentStep())[0]).toBe("Credit card");
  await app.getByLabel("Share of buyers").fill("0");
  await saveBar().click();
  // Saved, before anything else is asked: the sentence below the switch is the same before and after.
  await saveBar().waitFor({ state: "hidden" });
  await change(() => app.getByRole("button", { name: "Switch on" }).click(), "Shopify has the newest state.");
  const shown = await openPaymentStep();
  expect(shown.at(-1)).not.toBe("PayPal");
  expect(shown.indexOf("PayPal")).toBeLessThan(shown.indexOf("Credit card"));
  await stage.screenshot(shopper, "payment-step");
  await stage.screenshot(merchant, "admin-on");
  await shopper.getByRole("radio", { name: "PayPal" }).check();
  await shopper.getByRole("button", { name: /Pay now/ }).click();
  await shopper.waitForURL(/thank-you/);
  await shopper.getByText("PayPal", { exact: true }).waitFor();
  expect(await accessibilityFaults(stage.merchant.frames().at(-1)!)).toEqual([]);
});

test("rules that hide everything leave one method", async () => {
  const { app } = stage;
  const places = app.locator("select").filter({ hasText: "Always first" });
  const count = await places.count();
  for (let index = 0; index < count; index++) await places.nth(index).selectOption("hidden");
  await saveBar().click();
  await stage.until(
    "the rules to reach the payment step",
    async () => (await openPaymentStep()).length === 1,
  );
  expect(await stage.shopper.locator("input[name=method]").count()).toBe(1);
  await stage.shopper.getByRole("button", { name: /Pay now/ }).click();
  await stage.shopper.waitForURL(/thank-you/);
});

test("switched off, Shopify's order is back", async () => {
  const { app } = stage;
  await openPayments();
  await change(
    () => app.getByRole("button", { name: "Switch off" }).click(),
    "Off. The payment step shows Shopify's own order.",
  );
  expect((await openPaymentStep()).slice(0, 2)).toEqual(["Credit card", "PayPal"]);
});

test("the figures go on over a pause, and begin anew after a second question", async () => {
  const { app, merchant } = stage;
  await app.getByLabel("Share of buyers").fill("20");
  await saveBar().click();
  await saveBar().waitFor({ state: "hidden" });
  const isOn = "Shopify has the newest state.";
  await change(() => app.getByRole("button", { name: "Switch on" }).click(), isOn);
  await app.getByText(/^Counted since [^,]+, \d{4}\.$/).waitFor();
  await change(() => app.getByRole("button", { name: "Switch off" }).click(), "Off. The payment step shows");
  await change(() => app.getByRole("button", { name: "Switch on" }).click(), isOn);
  await app.getByText(/, without the time it was off\.$/).waitFor();
  await app.getByRole("button", { name: "Begin anew: the figures" }).click();
  await app.getByText("This cannot be taken back.").waitFor();
  expect(await accessibilityFaults(merchant.frames().at(-1)!)).toEqual([]);
  await stage.screenshot(merchant, "begin-anew");
  await app.getByRole("button", { name: "Begin anew", exact: true }).last().click();
  await merchant.getByText("The figures begin anew").waitFor();
  await app.getByText(/, without the time it was off\.$/).waitFor({ state: "detached" });
});
