/**
 * Another brand's offer in a real browser: the merchant approves it, a shopper declines it, another follows it and buys at the
 * brand, the ledger has the sale and, after a refund, nothing.
 */
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Page } from "playwright-core";
import { openApp } from "../journey/merchant";
import { block } from "../journey/shopper";
import { openStage, type Stage } from "../journey/stage";
import { openDesk, type Desk } from "./offer-desk";

const LABEL = "Sponsored · Northwind Coffee";
const CAMPAIGN = "A month on trial";
const FORMULA = '=1+1, "Sums"';

let stage: Stage;
let desk: Desk;

beforeAll(async () => {
  const demo = inject("demo");
  stage = await openStage(demo.urls.store, "artifacts/sponsored");
  await openApp(stage);
  // Own offers are in the same auction, and one that shoppers have taken before wins nearly always: none is live here.
  desk = await openDesk(demo.env.DATABASE_URL!, stage);
  await desk.set({ holdoutPercent: 0 });
});
afterAll(async () => {
  // Nothing of this may stand in the way of what other tests look for.
  await openApp(stage, "/app/sponsored");
  await stage.app.getByRole("button", { name: `Pause: ${CAMPAIGN}` }).click();
  await stage.app.getByText("Paused").first().waitFor();
  await desk.close();
  await stage.close();
});

/** "Show nothing" is in the auction too: looks until a shopper sees this. */
const SHOPPERS = 25;

async function seeSponsored(): Promise<void> {
  const { post, shopper, storeUrl } = stage;
  for (let number = 0; number < SHOPPERS; number++) {
    const email = `visitor.${Date.now().toString(36)}@example.com`;
    const { thankYouPath } = await post<{ thankYouPath: string }>("/_/orders", { email });
    // The first page of a demo waits until its blocks are bundled.
    await shopper.goto(storeUrl + thankYouPath, { timeout: 90_000 });
    const shown = await block(shopper, LABEL)
      .first()
      .waitFor({ timeout: 3_000 })
      .then(
        () => true,
        () => false,
      );
    if (shown) return;
  }
  throw new Error(`${SHOPPERS} shoppers saw no sponsored offer`);
}

test("the merchant approves the advertiser, then the campaign", async () => {
  const { app } = stage;
  await openApp(stage, "/app/sponsored/advertisers");
  await app.getByRole("button", { name: "Approve: Northwind Coffee" }).click();
  await app.getByText("Approved", { exact: true }).waitFor();
  // Added once, and the form is empty again. Its name would be a formula in a spreadsheet.
  await app.getByLabel("Name").fill(FORMULA);
  await app.getByLabel("Domain").fill("sums.example");
  await app.getByRole("button", { name: "Add advertiser" }).click();
  await app.getByRole("heading", { name: FORMULA }).waitFor();
  await expect.poll(() => app.getByLabel("Name").inputValue()).toBe("");
  await openApp(stage, "/app/sponsored");
  await app.getByRole("button", { name: `Approve: ${CAMPAIGN}` }).click();
  await app.getByText("Live", { exact: true }).first().waitFor();
  await stage.screenshot(stage.merchant, "approved");
});

test("a shopper who declines it does not see it again", async () => {
  const { shopper } = stage;
  // Processes know of the approval within fifteen seconds; shoppers before that see other things.
  await stage.until("a sponsored offer", () => seeSponsored().then(() => true));
  await stage.screenshot(shopper, "seen");
  // Who leaves at once may not be heard.
  const heard = `SELECT count(*) FROM "Placement" WHERE "shopId" = $shop AND kind = 'sponsored' AND "dismissedAt" IS NOT NULL`;
  const before = await desk.count(heard);
  await block(shopper, LABEL).getByRole("button", { name: "Not for me" }).click();
  await block(shopper, LABEL).waitFor({ state: "detached" });
  await stage.until("the dismissal", async () => (await desk.count(heard)) > before);
  await shopper.reload();
  await shopper.waitForLoadState("networkidle");
  expect(await block(shopper, LABEL).count()).toBe(0);
});

test("a shopper follows it and buys there; the ledger and the statement have the sale, and its refund", async () => {
  const { app, merchant, shopper } = stage;
  await seeSponsored();
  // Nobody reads an offer in less than a second, and such clicks do not count.
  await shopper.waitForTimeout(1_200);
  const [brand] = (await Promise.all([
    shopper.context().waitForEvent("page"),
    block(shopper, LABEL).getByText("Try it for a month").click(),
  ])) as [Page, void];
  await brand.locator("#click").waitFor();
  await brand.getByRole("button", { name: /Buy for/ }).click();
  const answer = JSON.parse(await brand.locator("#answer").innerText()) as {
    status: string;
    chargedMinor: number;
  };
  expect(answer.status).toBe("charged");
  const charged = (answer.chargedMinor / 100).toFixed(2);

  await openApp(stage, "/app/sponsored/ledger");
  await app.getByRole("cell", { name: `$${charged}`, exact: true }).waitFor();
  await stage.screenshot(merchant, "ledger");

  await brand.getByRole("button", { name: "Refund half of this order" }).click();
  await brand.getByText('"reversed"').waitFor();
  const half = JSON.parse(await brand.locator("#answer").innerText()) as Record<string, number>;
  expect(half.reversedMinor! + half.chargedMinor!).toBe(answer.chargedMinor);
  const [given, owed] = [half.reversedMinor!, half.chargedMinor!].map((minor) => (minor / 100).toFixed(2));
  await openApp(stage, "/app/sponsored/ledger");
  expect(await app.getByLabel("Amount").inputValue()).toBe(owed);
  await app.getByLabel("Paid by").selectOption({ label: FORMULA });
  await app.getByLabel("Amount").fill("5.00");
  await app.getByRole("button", { name: "Record payment" }).click();
  await app.getByRole("cell", { name: "-$5.00", exact: true }).first().waitFor();
  // What was recorded does not stand there to be recorded again.
  await expect.poll(() => app.getByLabel("Amount").inputValue()).toBe("0.00");
  const [file] = await Promise.all([
    merchant.waitForEvent("download"),
    app.getByRole("button", { name: "Download statement (CSV)" }).click(),
  ]);
  const statement = await readFile(await file.path(), "utf8");
  expect(statement).toContain(`Northwind Coffee,${CAMPAIGN},Charge,${charged},USD`);
  expect(statement).toContain(`Northwind Coffee,${CAMPAIGN},Reversal,-${given},USD`);
  expect(statement).toContain(`"'=1+1, ""Sums""",,Payment received,-5.00,USD`);
  expect(statement).toContain(`Total charged, less reversals",${owed},USD`);
  expect(statement).toMatch(
    new RegExp(`Owed at the end of \\d{4}-\\d{2},${(Number(owed) - 5).toFixed(2)},USD`),
  );

  await brand.getByRole("button", { name: "Refund this order" }).click();
  await brand.getByText('"chargedMinor":0').waitFor();
  await openApp(stage, "/app/sponsored/ledger");
  await app
    .getByRole("cell", { name: `-$${owed}`, exact: true })
    .first()
    .waitFor();
  const after = await app.locator("main").innerText();
  expect(after).toMatch(/Owed after\s+-\$5\.00/);
  await openApp(stage, "/app/sponsored");
  await stage.screenshot(merchant, "results");
});

/** A partner that charged this shop 7.00 and then uninstalled the app. */
const INDEBTED = `
  WITH link AS (
    INSERT INTO "PartnerLink" ("shopId", id, "partnerDomain", "partnerName", state, "goneAt", "createdAt", "updatedAt")
    VALUES ($shop, gen_random_uuid(), 'tea.myshopify.com', 'Tea & Co', 'ended', now(), now(), now()) RETURNING id
  ), partner AS (
    INSERT INTO "Advertiser" ("shopId", id, name, domain, source, "sourceKey", status, "createdAt", "updatedAt")
    SELECT $shop, gen_random_uuid(), 'Tea & Co', 'tea.myshopify.com', 'partner', id::text, 'rejected', now(), now()
    FROM link RETURNING id
  ), entry AS (
    INSERT INTO "SponsoredEntry" ("shopId", id, "advertiserId", kind, "amountMinor", currency, "sourceKey", note, "happenedAt")
    SELECT $shop, gen_random_uuid(), id, 'charge', -700, 'USD', 'partner:0:' || id, 'Mugs',
      -- In the month of the sales above: the demo's clock may be ahead.
      (SELECT max("happenedAt") FROM "SponsoredEntry" WHERE "shopId" = $shop)
    FROM partner RETURNING id
  ) SELECT count(*) FROM entry`;

test("what this shop owes a partner stands apart and can be paid; a partner that left is said to have", async () => {
  const { app, merchant } = stage;
  expect(await desk.count(INDEBTED)).toBe(1);
  await openApp(stage, "/app/sponsored/ledger");
  await app.getByRole("cell", { name: "Charge by partner" }).waitFor();
  expect(await app.locator("main").innerText()).toMatch(/Partners charged you\s+\$7\.00/);
  await app.getByLabel("Paid by").selectOption({ label: "Tea & Co" });
  await app.getByText("You owe Tea & Co $7.00.").waitFor();
  expect(await app.getByLabel("Who paid").inputValue()).toBe("us");
  expect(await app.getByLabel("Amount").inputValue()).toBe("7.00");
  await stage.screenshot(merchant, "debt");
  await app.getByRole("button", { name: "Record payment" }).click();
  await app.getByRole("cell", { name: "Payment made" }).waitFor();
  await app.getByText("Tea & Co owes $0.00.").waitFor();
  await openApp(stage, "/app/sponsored/partners");
  await app.getByText("This shop uninstalled the app.").waitFor();
  await stage.screenshot(merchant, "partners");
});
