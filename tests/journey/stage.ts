/** The stage of the scripted path: one browser with a merchant's and a shopper's window, and the demo store's controls. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContext, type FrameLocator, type Page } from "playwright-core";
import { ensureChromium } from "../../scripts/chromium/ensure.ts";

const DESKTOP =
  "Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
];

export type Stage = {
  storeUrl: string;
  merchant: Page;
  /** The app inside the admin. */
  app: FrameLocator;
  shopper: Page;
  /** GET and POST on the demo store's control addresses. */
  get: <Answer>(path: string) => Promise<Answer>;
  post: <Answer>(path: string, body?: object) => Promise<Answer>;
  screenshot: (page: Page, name: string) => Promise<void>;
  /** Asks again until the answer is truthy; time is no assertion, only the end of patience. */
  until: <Answer>(what: string, ask: () => Promise<Answer | null | undefined | false>) => Promise<Answer>;
  close: () => Promise<void>;
};

const PATIENCE_MS = 90_000;

export async function openStage(storeUrl: string, screenshots: string): Promise<Stage> {
  mkdirSync(screenshots, { recursive: true });
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: FLAGS });
  const merchant = await window(browser, { width: 1280, height: 900 });
  const shopper = await window(browser, { width: 1180, height: 900 });
  const call = async <Answer>(path: string, init?: RequestInit): Promise<Answer> => {
    const response = await fetch(storeUrl + path, init);
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as Answer;
  };
  return {
    storeUrl,
    merchant,
    app: merchant.frameLocator("iframe"),
    shopper,
    get: (path) => call(path),
    post: (path, body = {}) =>
      call(path, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
    screenshot: async (page, name) =>
      void (await page.screenshot({ path: join(screenshots, `${name}.png`) })),
    until,
    close: () => browser.close(),
  };
}

async function window(browser: Browser, viewport: { width: number; height: number }): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ viewport, userAgent: DESKTOP, locale: "en-US" });
  context.setDefaultTimeout(30_000);
  return context.newPage();
}

async function until<Answer>(
  what: string,
  ask: () => Promise<Answer | null | undefined | false>,
): Promise<Answer> {
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end;) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
  throw new Error(`waited in vain for: ${what}`);
}
