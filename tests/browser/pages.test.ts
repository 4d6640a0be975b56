/**
 * Looks at every page in a real browser, after the whole path has been played: nobody is shut out (axe, WCAG 2.2 AA),
 * nothing jumps (layout shift), nothing complains (console).
 */
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { Frame } from "playwright-core";
import { openApp } from "../journey/merchant";
import { playMainPath } from "../journey/main-path";
import { receive, links } from "../journey/shopper";
import { openStage, type Stage } from "../journey/stage";
import { accessibilityFaults } from "./axe";

let stage: Stage;
const complaints: string[] = [];

beforeAll(async () => {
  stage = await openStage(inject("demo").urls.store, "artifacts/pages");
  stage.merchant.on("console", (message) => {
    if (message.type() === "error") complaints.push(`${stage.merchant.url()}: ${message.text()}`);
  });
});
afterAll(() => stage.close());

test("the main path plays from installing to installing again", { timeout: 600_000 }, async () => {
  expect(await playMainPath({ urls: inject("demo").urls })).toBe(true);
});

const MENU = [
  "/app",
  "/app/offers",
  "/app/sponsored",
  "/app/cases",
  "/app/surveys",
  "/app/messages",
  "/app/campaigns",
  "/app/journeys",
  "/app/content",
  "/app/loyalty",
  "/app/payments",
  "/app/analytics",
  "/app/activity",
  "/app/settings",
];

const TEMPLATES = /^(\/app\/messages)\/(?!new$|channels$|policy$|calls$|suppressed$)(own-)?[a-z0-9-]+$/;

/** Pages of one kind look alike: one of each is enough; of emails one that came with Postlude and one of the shop's own. */
function kindOf(path: string): string {
  return path
    .split("?")[0]!
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ":id")
    .replace(/\/$/, "")
    .replace(TEMPLATES, "$1/$2:key");
}

function appFrame(): Frame {
  const frame = stage.merchant.frames().find((one) => one.parentFrame() !== null && /\/app/.test(one.url()));
  if (!frame) throw new Error("the admin shows no app");
  return frame;
}

test("every admin page is accessible, reached by its links", { timeout: 600_000 }, async () => {
  const waiting = [
    ...MENU,
    ...["brand", "surfaces", "offer", "survey", "loyalty"].map((step) => `/app/onboarding?step=${step}`),
  ];
  const seen = new Map<string, string[]>();
  for (let path = waiting.shift(); path; path = waiting.shift()) {
    const key = path.startsWith("/app/onboarding") ? path : kindOf(path);
    if (seen.has(key)) continue;
    await openApp(stage, path);
    const frame = appFrame();
    seen.set(key, await accessibilityFaults(frame));
    const found = await frame.evaluate(() =>
      [...document.querySelectorAll("a[href^='/app']")].map((a) => a.getAttribute("href")!),
    );
    waiting.push(...found);
  }
  const faults = [...seen].flatMap(([page, found]) => found.map((fault) => `${page}: ${fault}`));
  console.info(`admin pages looked at: ${[...seen.keys()].join(", ")}`);
  expect(faults).toEqual([]);
});

test("the admin says nothing in the console", () => {
  expect(complaints.filter((text) => !/favicon/.test(text))).toEqual([]);
});

test("no admin page shifts after it was painted", { timeout: 300_000 }, async () => {
  const shifts: string[] = [];
  for (const path of MENU) {
    await openApp(stage, path);
    await stage.merchant.waitForTimeout(500);
    const shift = await appFrame().evaluate(
      () =>
        new Promise<number>((resolve) => {
          let sum = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries() as (PerformanceEntry & {
              value: number;
              hadRecentInput: boolean;
            })[])
              if (!entry.hadRecentInput) sum += entry.value;
          }).observe({ type: "layout-shift", buffered: true });
          setTimeout(() => resolve(sum), 200);
        }),
    );
    if (shift > 0.05) shifts.push(`${path}: ${shift.toFixed(3)}`);
  }
  expect(shifts).toEqual([]);
});

test("the blocks and the pages that mails lead to are accessible", { timeout: 300_000 }, async () => {
  const { shopper, post, storeUrl } = stage;
  const email = `grace.${Date.now().toString(36)}@example.com`;
  type Bought = { thankYouPath: string; statusPath: string; order: { id: number } };
  const bought = await post<Bought>("/_/orders", {
    email,
    firstName: "Grace",
    lastName: "Hopper",
    acceptsMarketing: true,
  });
  const faults: string[] = [];
  const look = async (name: string, url: string, ready: string, within?: string) => {
    await shopper.goto(url);
    await shopper.locator(ready).first().waitFor();
    await shopper.waitForTimeout(1_500);
    await stage.screenshot(shopper, name);
    faults.push(...(await accessibilityFaults(shopper, within)).map((fault) => `${name}: ${fault}`));
  };
  await look("thank-you", storeUrl + bought.thankYouPath, ".extension-slot s-section, .extension-slot *");
  await post(`/_/orders/${bought.order.id}/fulfil`);
  await look("order-status", storeUrl + bought.statusPath, ".extension-slot *");
  const mail = await receive(stage, email, /thank you|thanks/i);
  const unsubscribe = mail.headers.find(({ name }) => name.toLowerCase() === "list-unsubscribe")!.value;
  await look("unsubscribe", /<(https?:[^>]+)>/.exec(unsubscribe)![1]!, "h1");
  for (const [index, url] of links(mail).entries()) {
    if (!/\/(p|preferences|s)\//.test(url)) continue;
    await look(`page-from-mail-${index}`, url, "h1");
  }
  expect(faults).toEqual([]);
});
