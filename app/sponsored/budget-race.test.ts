import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { startHotPaths } from "../../tests/factories/http";
import {
  aLiveCampaign,
  anAdvertiser,
  campaignOf,
  clicksOf,
  ledgerOf,
  report,
  clickOn,
  seeSponsored,
  type Seen,
} from "../../tests/factories/sponsored";
import { aShop } from "../../tests/factories/shop";
import { giveBack, spend } from "./budget.server";

const ROOT = resolve(import.meta.dirname, "../..");
const CLICKER = resolve(ROOT, "node_modules/.cache/postlude/sponsored-clicker.mjs");

let url: string;
let stop: () => Promise<void>;

beforeAll(async () => {
  await startQueue("web");
  ({ url, stop } = await startHotPaths());
  mkdirSync(dirname(CLICKER), { recursive: true });
  await build({
    entryPoints: [resolve(ROOT, "tests/factories/sponsored-clicker-entry.ts")],
    outfile: CLICKER,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    tsconfig: resolve(ROOT, "tsconfig.json"),
    logLevel: "error",
  });
});
afterAll(async () => {
  await stop();
  await stopQueue();
});

async function clicker(shop: { id: number; timezone: string }, placements: Seen[]) {
  const work = { shop, placements: placements.map(({ decisionId, position }) => ({ decisionId, position })) };
  const child = spawn(process.execPath, [CLICKER], {
    cwd: ROOT,
    env: { ...process.env, PLACEMENTS: JSON.stringify(work) },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const gone = new Promise<number | null>((done) => child.once("exit", done));
  await new Promise((up) => child.stdout.once("data", up));
  return { go: () => child.stdin.write("go\n"), gone };
}

test("three processes that click at once cannot spend more than the budget", async () => {
  const shop = await aShop({}, { holdoutPercent: 0 });
  // 300 per click at the floor of an order of 20.00; room for a few clicks, not for 24.
  const campaignId = await aLiveCampaign(shop, await anAdvertiser(shop), {
    bidMinor: 300,
    budgetMinor: 1_000_000,
  });
  const seen: Seen[] = [];
  for (let number = 0; number < 24; number++) seen.push((await seeSponsored(url, shop))!);
  const before = await clickOn(url, seen[0]!.clickUrl);
  expect(before.clickId).not.toBeNull();
  const price = (await clicksOf(shop))[0]!.chargedMinor;
  const budgetMinor = price * 7 + Math.floor(price / 2);
  await inShop(shop.id, (tx) => tx.sponsoredCampaign.updateMany({ data: { budgetMinor } }));

  const processes = await Promise.all(
    [0, 1, 2].map((part) => clicker(shop, seen.slice(part * 8, part * 8 + 8))),
  );
  for (const { go } of processes) go();
  expect(await Promise.all(processes.map(({ gone }) => gone))).toEqual([0, 0, 0]);

  const charged = (await clicksOf(shop)).filter(({ chargedMinor }) => chargedMinor > 0);
  expect(charged).toHaveLength(7);
  const campaign = await campaignOf(shop, campaignId);
  expect(campaign.spentMinor).toBe(price * 7);
  expect(campaign.spentMinor).toBeLessThanOrEqual(budgetMinor);
  const ledger = await ledgerOf(shop);
  expect(ledger.filter(([kind]) => kind === "charge").reduce((sum, [, amount]) => sum + amount, 0)).toBe(
    price * 7,
  );
  const reasons = (await clicksOf(shop)).map(({ reason }) => reason);
  expect(reasons.filter((reason) => reason === "over-budget")).toHaveLength(24 - 7);
});

test("the day's budget holds too, and starts afresh the next day; amounts that are none are refused", async () => {
  const shop = await aShop();
  const other = await aShop();
  const id = await aLiveCampaign(shop, await anAdvertiser(shop), { bidMinor: 100, dailyBudgetMinor: 250 });
  const take = (amountMinor: number, day: string) =>
    inShop(shop.id, (tx) => spend(tx, shop.id, id, { amountMinor, day }));
  expect([
    await take(100, "2026-11-22"),
    await take(100, "2026-11-22"),
    await take(100, "2026-11-22"),
    await take(100, "2026-11-23"),
  ]).toEqual([true, true, false, true]);
  for (const none of [NaN, -5, 0, 1.5, Infinity])
    await expect(take(none, "2026-11-23")).rejects.toThrow("not an amount");
  expect(await inShop(other.id, (tx) => spend(tx, other.id, id, { amountMinor: 1, day: "2026-11-23" }))).toBe(
    false,
  );
  expect((await campaignOf(shop, id)).spentMinor).toBe(300);
});

test("sales reported at the same moment cannot spend more than the budget", async () => {
  const shop = await aShop({}, { holdoutPercent: 0 });
  const advertiser = await anAdvertiser(shop);
  const id = await aLiveCampaign(shop, advertiser, { model: "cpa", bidMinor: 2_000, budgetMinor: 1_000_000 });
  const clicks: string[] = [];
  for (let number = 0; number < 6; number++) {
    const seen = (await seeSponsored(url, shop))!;
    clicks.push((await clickOn(url, seen.clickUrl)).clickId!);
  }
  const price = (await clicksOf(shop))[0]!.priceMinor;
  await inShop(shop.id, (tx) => tx.sponsoredCampaign.updateMany({ data: { budgetMinor: price * 2 + 1 } }));
  const answers = await Promise.all(
    clicks.map((clickId, index) =>
      report(url, shop, advertiser, { kind: "conversion", conversionId: `s-${index}`, clickId }),
    ),
  );
  const statuses = answers.map(({ body }) => body.status).sort();
  expect(statuses).toEqual([
    "charged",
    "charged",
    "not-charged",
    "not-charged",
    "not-charged",
    "not-charged",
  ]);
  expect((await campaignOf(shop, id)).spentMinor).toBe(price * 2);
});

test("what is given back makes room in the budget of its own day, and of no other; another shop's stays", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const columns = { bidMinor: 100, dailyBudgetMinor: 200 };
  const id = await aLiveCampaign(shop, await anAdvertiser(shop), columns);
  const take = (amountMinor: number, day: string) =>
    inShop(shop.id, (tx) => spend(tx, shop.id, id, { amountMinor, day }));
  const back = (from: { id: number }, day: string) =>
    inShop(from.id, (tx) => giveBack(tx, from.id, id, { amountMinor: 100, day }));
  expect([await take(200, "2026-11-22"), await take(100, "2026-11-22")]).toEqual([true, false]);
  await back(other, "2026-11-22");
  expect(await take(100, "2026-11-22")).toBe(false);
  await back(shop, "2026-11-22");
  expect(await take(100, "2026-11-22")).toBe(true);
  expect(await take(200, "2026-11-23")).toBe(true);
  await back(shop, "2026-11-22");
  expect(await campaignOf(shop, id)).toMatchObject({ spentMinor: 300, spentTodayMinor: 200 });
  expect(await take(1, "2026-11-23")).toBe(false);
});
