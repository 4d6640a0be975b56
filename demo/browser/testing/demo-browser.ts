// For tests of what a browser shows: a demo store on free ports, Chromium, and axe.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { chromium, type Browser, type BrowserContext, type Frame, type Page } from "playwright-core";
import type { DemoOptions } from "../../config.ts";
import { startDemoStore, type RunningDemo } from "../../main.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const USER_AGENT =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

export type DemoBrowser = {
  demo: RunningDemo;
  browser: Browser;
  /** A page in a context of its own: no cookies of other tests. Errors of the page end up in `errors`. */
  openPage(options?: {
    width?: number;
    height?: number;
  }): Promise<{ page: Page; context: BrowserContext; errors: string[] }>;
  /** After each test: open pages go on working and take the next test's time. */
  closePages(): Promise<void>;
  stop(): Promise<void>;
};

export async function startDemoBrowser(options: DemoOptions = {}): Promise<DemoBrowser> {
  const free = { port: 0, proxyPort: 0, smtpPort: 0, stateDir: undefined };
  const demo = await startDemoStore({ ...free, generatedOrders: 120, orderDelayMs: 50, ...options });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  return {
    demo,
    browser,
    async openPage({ width = 1280, height = 900 } = {}) {
      const context = await browser.newContext({ viewport: { width, height }, userAgent: USER_AGENT });
      const page = await context.newPage();
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      return { page, context, errors };
    },
    async closePages() {
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    async stop() {
      await browser.close();
      await demo.stop();
    },
  };
}

/** What axe finds against WCAG 2.2 AA and its best practices: `["color-contrast: <a …>"]`. */
export async function axeViolations(target: Page | Frame): Promise<string[]> {
  await target.evaluate(AXE);
  return target.evaluate(async (tags) => {
    type Axe = { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    const { axe } = window as unknown as { axe: Axe };
    const { violations } = await axe.run({ runOnly: tags });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
  }, TAGS);
}

/** The address of the thank-you page of an order that a guest has just placed; without clicking, for speed. */
export function placeOrder({ store, origin }: RunningDemo, email = "nina@example.com"): string {
  const variant = store.products()[0]!.variants[0]!;
  const name = { firstName: "Nina", lastName: "Okafor" };
  const { token } = store.startCheckout({ lines: [{ variantId: variant.id, quantity: 1 }] });
  store.setContact(token, { email, ...name });
  store.setShippingAddress(token, {
    ...name,
    address1: "7 Pine Road",
    city: "Portland",
    zip: "97205",
    country: "United States",
    countryCode: "US",
  });
  store.placeOrder(token);
  return `${origin}/checkout/${token}/thank-you`;
}

/** Buys one thing as a guest by clicking, up to the thank-you page. */
export async function buyAsGuest(page: Page, origin: string, email = "nina@example.com"): Promise<void> {
  await page.goto(origin);
  await page.locator(".product-card a").first().click();
  await page.getByRole("button", { name: "Add to cart" }).click();
  await page.getByRole("button", { name: "Checkout" }).click();
  await fillContact(page, email);
  await page.getByRole("button", { name: "Continue to shipping" }).click();
  await page.getByRole("button", { name: "Continue to payment" }).click();
  await page.getByRole("button", { name: /Pay now/ }).click();
  await page.waitForURL(/thank-you/);
}

export async function fillContact(page: Page, email: string): Promise<void> {
  await page.getByLabel("Email", { exact: true }).fill(email);
  await page.getByLabel("First name").fill("Nina");
  await page.getByLabel("Last name").fill("Okafor");
  await page.getByLabel("Address", { exact: true }).fill("7 Pine Road");
  await page.getByLabel("Postal code").fill("97205");
  await page.getByLabel("City").fill("Portland");
}
