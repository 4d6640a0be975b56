// The fixture extension in a real browser: worker with an opaque origin, remote DOM, signals, reports, accessibility.
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import {
  axeViolations,
  placeOrder,
  startDemoBrowser,
  type DemoBrowser,
} from "../browser/testing/demo-browser.ts";
import { verifyJwt } from "../oauth/jwt.ts";

const FIXTURES = {
  working: path.join(import.meta.dirname, "fixtures/working"),
  broken: path.join(import.meta.dirname, "fixtures/broken"),
};

type Call = { call: string; headers: IncomingHttpHeaders; body: string };

let app: Server;
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 }); // a browser on a busy machine

let demoBrowser: DemoBrowser;
const calls: Call[] = [];

/** The app's extension API: answers preflights and remembers what it got. */
function startApp(): Promise<Server> {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    calls.push({ call: `${request.method} ${request.url}`, headers: request.headers, body });
    response.writeHead(200, {
      "access-control-allow-origin": "*",
      "access-control-allow-headers": "authorization, content-type",
      "content-type": "application/json",
    });
    response.end("{}");
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

beforeAll(async () => {
  process.env.DEMO_EXTENSIONS_DIR = FIXTURES.working;
  app = await startApp();
  const { port } = app.address() as AddressInfo;
  demoBrowser = await startDemoBrowser({ appTarget: `http://127.0.0.1:${port}` });
  demoBrowser.demo.installations.install("demo.myshopify.com");
});

afterEach(() => demoBrowser.closePages());

afterAll(async () => {
  delete process.env.DEMO_EXTENSIONS_DIR;
  await demoBrowser.stop();
  app.close();
});

async function openThankYou(email: string) {
  const opened = await demoBrowser.openPage();
  await opened.page.goto(placeOrder(demoBrowser.demo, email));
  await opened.page.getByRole("heading", { name: "What made you choose us?" }).waitFor();
  return opened;
}

test("an answer goes from the block to the app: opaque origin, valid token, state kept in the element", async () => {
  const { page, errors } = await openThankYou("first@example.com");
  expect(await page.getByText("1 item for $24.34").isVisible()).toBe(true);
  await page.getByRole("radio", { name: "A search" }).check();
  await page.getByLabel("Tell us more").fill("A podcast");
  await page.getByRole("button", { name: "Send answer" }).click();
  await page.getByText("Thank you for your answer").waitFor();
  const call = calls.find((each) => each.call === "POST /api/specimen")!;
  expect(call.headers.origin).toBe("null");
  expect(JSON.parse(call.body)).toEqual({ values: ["search"], more: "A podcast" });
  const token = String(call.headers.authorization).replace("Bearer ", "");
  const { config, clock } = demoBrowser.demo;
  const claims = verifyJwt(token, config.apiSecret, clock.now());
  expect(claims).toMatchObject({ dest: "demo.myshopify.com", aud: config.apiKey });
  expect(claims?.sub).toBeUndefined(); // a guest
  expect(errors).toEqual([]);
});

test("a changed value of the page re-renders the running block", async () => {
  const { page } = await openThankYou("signals@example.com");
  await page.evaluate(() => {
    const extension = window.demoExtensions!.mounted.get("specimen purchase.thank-you.block.render")!;
    return extension.update("cost.totalAmount", { amount: 99.5, currencyCode: "USD" });
  });
  await page.getByText("1 item for $99.50").waitFor();
});

test("the strip names what Shopify would not accept", async () => {
  const { page } = await openThankYou("strict@example.com");
  await page.locator("#developer-strip summary").click();
  const problems = page.locator("#developer-strip .problems li");
  await expect.poll(() => problems.count(), { timeout: 20_000 }).toBe(4);
  const text = (await problems.allTextContents()).join("\n");
  expect(text).toContain('<s-text> has no attribute "wobble"');
  expect(text).toContain("<div> is not an element of this target");
  expect(text).toContain('<s-badge tone="loud"> is not one of auto | neutral | critical');
  expect(text).toContain('missing translation "nowhere" (en)');
});

test("arrow keys move through the choices, and axe finds nothing", async () => {
  const { page } = await openThankYou("keys@example.com");
  await page.getByRole("radio", { name: "A friend" }).focus();
  await page.keyboard.press("Space");
  await page.getByRole("radio", { name: "A friend", checked: true }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.getByRole("radio", { name: "A search", checked: true }).waitFor();
  expect(await page.getByRole("radio", { name: "A search" }).isChecked()).toBe(true);
  expect(await page.getByRole("radio", { name: "A friend" }).isChecked()).toBe(false);
  expect(await axeViolations(page)).toEqual([]);
});

test("the order's language decides the words and the numbers", async () => {
  const { page } = await openThankYou("german@example.com");
  await page.goto(`${page.url()}?lang=de`);
  await page.getByRole("heading", { name: "Warum haben Sie uns gewählt?" }).waitFor();
  expect(await page.getByText("1 Artikel für 24,34 $").isVisible()).toBe(true);
});

test("extensions that throw or do not build are named and leave the page whole", async () => {
  process.env.DEMO_EXTENSIONS_DIR = FIXTURES.broken;
  const { page, errors } = await demoBrowser.openPage();
  await page.goto(placeOrder(demoBrowser.demo, "broken@example.com"));
  await page.locator("#developer-strip summary").click();
  const problems = page.locator("#developer-strip .problems");
  await problems.getByText(/thrower .*broken on purpose/).waitFor();
  await problems.getByText(/unbuildable .*does not build/).waitFor();
  expect(await page.getByRole("heading", { name: "Thank you, Nina!" }).isVisible()).toBe(true);
  expect(errors).toEqual([]);
  process.env.DEMO_EXTENSIONS_DIR = FIXTURES.working;
});

test("no app, no blocks: after uninstalling the page has none", async () => {
  demoBrowser.demo.installations.uninstall("demo.myshopify.com");
  const { page } = await demoBrowser.openPage();
  await page.goto(placeOrder(demoBrowser.demo, "gone@example.com"));
  expect(await page.locator("#developer-strip").count()).toBe(0);
  demoBrowser.demo.installations.install("demo.myshopify.com");
});
