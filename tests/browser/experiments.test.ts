/**
 * Experiments in the admin and before shoppers: a mail's from the empty page to the winner that stays and is taken back, an
 * offer's until it is stopped; and a question about the past.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Frame } from "playwright-core";
import { openApp } from "../journey/merchant";
import type { Stage } from "../journey/stage";
import { accessibilityFaults } from "./axe";
import { openOfferStage, SHOW_ALL, type Desk, type DemoProduct } from "./offer-desk";
import { lineOf, money, offerShopper, priceOf, reduced, type Purchase } from "./offer-shopper";

let stage: Stage;
let desk: Desk;
const faults: string[] = [];

beforeAll(async () => {
  ({ stage, desk } = await openOfferStage("experiments"));
}, 300_000);
afterAll(async () => {
  await desk?.close();
  await stage?.close();
});

function appFrame(): Frame {
  return stage.merchant.frames().find((one) => one.parentFrame() !== null && /\/app/.test(one.url()))!;
}

async function look(name: string): Promise<void> {
  await stage.screenshot(stage.merchant, name);
  faults.push(...(await accessibilityFaults(appFrame())).map((fault) => `${name}: ${fault}`));
}

test(
  "a subject line is put to the test in four steps, kept, and taken back",
  { timeout: 240_000 },
  async () => {
    const { app } = stage;
    await openApp(stage, "/app/experiments");
    await look("list");
    await app
      .getByRole("link", { name: /New experiment|Start your first experiment/ })
      .first()
      .click();
    await app.getByLabel("What to test").selectOption({ label: "Email" });
    await app.getByLabel("Which email").selectOption({ label: "Thank you" });

    await app.getByRole("button", { name: "Start", exact: true }).click();
    await app.getByText("Change something here, otherwise there is nothing to compare.").first().waitFor();
    await look("refused");
    await app.getByLabel(/^Subject line/).fill("We are packing {{ order.name }}");
    await app.getByRole("button", { name: "Start", exact: true }).click();

    await app.getByText("What must not get worse").waitFor();
    await app.getByText("Too early: about 200 more shoppers are needed.").waitFor();
    await look("results");
    await app.getByRole("button", { name: "Keep this one: Changed" }).click();
    await app.getByText("“Changed” stays, for everybody.").waitFor();
    await look("kept");
    await app.getByRole("button", { name: "Take back" }).click();
    await app.getByText("Stopped", { exact: true }).waitFor();
  },
);

test(
  "a question about the past is worked on in the background and answered in words",
  { timeout: 240_000 },
  async () => {
    const { app } = stage;
    await openApp(stage, "/app/offers/what-if");
    await app
      .getByLabel("What would have happened if…")
      .selectOption({ label: "…everybody had got what is taken most" });
    await app.getByRole("button", { name: "Look at the log" }).click();
    await app.getByRole("heading", { name: "Always what is taken most" }).first().waitFor();
    await app.getByText("The log cannot answer this").first().waitFor();
    await look("what-if");
  },
);

test(
  "an offer's discount is put to the test: each shopper meets one price, keeps it and is charged it; then it is stopped",
  { timeout: 300_000 },
  async () => {
    const { app, shopper } = stage;
    const [bought, offered] = desk.products as [DemoProduct, DemoProduct];
    const shop = offerShopper(stage, desk);
    await desk.offer(offered, { surface: "thank-you", acceptBy: "order-edit", percent: 10 });
    await desk.set(SHOW_ALL);
    await openApp(stage, "/app/experiments/new");
    await app.getByLabel("What to test").selectOption({ label: "Offer" });
    await app.getByLabel("Which offer").selectOption({ label: "For thank-you" });
    await app.getByLabel("Discount").fill("30");
    await look("offer-new");
    await app.getByRole("button", { name: "Start", exact: true }).click();
    await app.getByText("What must not get worse").waitFor();

    const offerFor = (percent: number) => `Add to my order for ${money(reduced(priceOf(offered), percent))}`;
    /** What a new shopper is asked for the offered product: 10 or 30 percent less. */
    const meet = async () => {
      const purchase = await shop.purchase(bought);
      const block = await shop.openBlock(purchase.thankYouPath, offered);
      const usual = await block.getByRole("button", { name: offerFor(10) }).count();
      if (!usual) await block.getByRole("button", { name: offerFor(30) }).waitFor();
      return { purchase, percent: usual ? 10 : 30 };
    };
    // Of sixteen shoppers all land in one half once in 30,000 times.
    const met: Record<number, Purchase[]> = { 10: [], 30: [] };
    for (
      let shoppers = 0;
      shoppers < 4 || (shoppers < 16 && !(met[10]!.length && met[30]!.length));
      shoppers++
    ) {
      const { purchase, percent } = await meet();
      met[percent]!.push(purchase);
    }
    for (const percent of [10, 30]) {
      const { order, thankYouPath } = met[percent]![0]!;
      const block = await shop.openBlock(thankYouPath, offered);
      await block.getByRole("button", { name: offerFor(percent) }).click();
      await block.getByText(`Added to your order ${order.name}.`).waitFor({ timeout: 20_000 });
      const line = lineOf(await shop.orderNow(order.id), offered)!;
      expect(line.price - line.discount).toBe(reduced(priceOf(offered), percent));
      await stage.screenshot(shopper, `offer-${percent}`);
    }

    // Comparisons read decisions once they have settled.
    await stage.post("/_/clock/advance", { minutes: 2 });
    const counted = (people: Purchase[]) => new RegExp(`Shoppers\\s+${people.length}\\s`);
    await stage.until("both halves on the page", async () => {
      await stage.merchant.reload();
      await app.getByText("What must not get worse").waitFor();
      const [usual, changed] = (await app.locator("main").innerText()).split("B: Changed");
      return counted(met[10]!).test(usual!) && counted(met[30]!).test(changed!);
    });
    await look("offer-results");
    await app.getByRole("button", { name: "Stop", exact: true }).click();
    await app.getByText("Stopped", { exact: true }).waitFor();
    await shopper.waitForTimeout(1_000);
    for (let shoppers = 0; shoppers < 4; shoppers++) expect((await meet()).percent).toBe(10);
  },
);

test("all of it is accessible", () => expect(faults).toEqual([]));
