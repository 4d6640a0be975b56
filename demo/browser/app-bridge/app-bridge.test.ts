// A plain app page in the demo admin's frame: everything it asks of App Bridge is seen in the admin around it.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { verifyJwt } from "../../oauth/jwt.ts";
import { axeViolations, startDemoBrowser, type DemoBrowser } from "../testing/demo-browser.ts";

const HEAD = `<!doctype html><html lang="en"><head><title>Fixture app</title>
  <meta name="shopify-api-key" content="key"><script src="https://cdn.shopify.com/shopifycloud/app-bridge.js"></script></head>`;

const PAGE = `${HEAD}<body><h1>Fixture app</h1>
  <ui-nav-menu><a href="/app" rel="home">Home</a><a href="/app/offers">Offers</a></ui-nav-menu>
  <ui-title-bar title="Offers"><button variant="primary" onclick="shopify.toast.show('Created')">Create</button></ui-title-bar>
  <ui-save-bar id="bar"><button variant="primary" onclick="shopify.saveBar.hide('bar')">Keep</button><button>Drop</button></ui-save-bar>
  <ui-modal id="modal"><p>Inside the modal</p><ui-title-bar title="A question"><button variant="primary" onclick="shopify.modal.hide('modal')">OK</button></ui-title-bar></ui-modal>
  <form data-save-bar onsubmit="event.preventDefault(); document.title = 'saved'"><label>Name <input name="name"></label></form>
  <p id="went"></p>
  <script>addEventListener("shopify:navigate", (event) => {
    history.pushState(null, "", event.target.getAttribute("href"));
    document.querySelector("#went").textContent = location.pathname;
  });</script></body></html>`;

const BOUNCE = `${HEAD}<body>bouncing</body></html>`;

let app: Server;
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 }); // a browser on a busy machine

let demoBrowser: DemoBrowser;
const seen: { url: string; authorization: string | undefined; bounce: string | undefined }[] = [];

beforeAll(async () => {
  app = createServer((request, response) => {
    const url = request.url ?? "/";
    seen.push({
      url,
      authorization: request.headers.authorization,
      bounce: request.headers["x-shopify-bounce"] as string | undefined,
    });
    if (url.startsWith("/api/refused")) {
      const first = seen.filter((each) => each.url === url).length === 1;
      response.writeHead(first ? 401 : 200, first ? { "X-Shopify-Retry-Invalid-Session-Request": "1" } : {});
      response.end("{}");
      return;
    }
    response.writeHead(200, {
      "content-type": "text/html",
      "content-security-policy": "frame-ancestors https://admin.shopify.com;",
    });
    response.end(url.startsWith("/auth/session-token") ? BOUNCE : PAGE);
  });
  await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", () => resolve()));
  const { port } = app.address() as AddressInfo;
  demoBrowser = await startDemoBrowser({ appTarget: `http://127.0.0.1:${port}` });
});

afterEach(() => demoBrowser.closePages());

afterAll(async () => {
  await demoBrowser.stop();
  app.close();
});

async function openApp(path = "/app", size?: { width: number; height: number }) {
  const opened = await demoBrowser.openPage(size);
  const { page } = opened;
  await page.goto(`${demoBrowser.demo.origin}/admin/app${path}`);
  const frame = page.frameLocator("#app-frame");
  await frame.getByRole("heading", { name: "Fixture app" }).waitFor();
  const inside = () => page.frames().find((each) => each.url().startsWith(demoBrowser.demo.appUrl))!;
  return { ...opened, frame, inside };
}

test("title bar, toast and navigation are drawn by the admin", async () => {
  const { page, frame, errors } = await openApp();
  await page.getByRole("heading", { name: "Offers" }).waitFor();
  await page.getByRole("button", { name: "Create" }).click();
  await page.getByRole("status").getByText("Created").waitFor();
  await page.getByRole("link", { name: "Offers" }).click();
  await frame.getByText("/app/offers").waitFor();
  expect(new URL(page.url()).pathname).toBe("/admin/app/app/offers");
  expect(errors).toEqual([]);
});

test("the save bar opens and closes by element and by form", async () => {
  const { page, frame, inside } = await openApp();
  await inside().evaluate(() => shopify.saveBar.show("bar"));
  await page.getByRole("region", { name: "Unsaved changes" }).getByRole("button", { name: "Keep" }).click();
  await page.getByRole("region", { name: "Unsaved changes" }).waitFor({ state: "hidden" });
  await frame.getByLabel("Name").fill("changed");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("region", { name: "Unsaved changes" }).waitFor({ state: "hidden" });
  expect(await inside().title()).toBe("saved");
});

test("a modal shows its content and its buttons, and gives the page back", async () => {
  const { frame, inside } = await openApp();
  await inside().evaluate(() => shopify.modal.show("modal"));
  const dialog = frame.getByRole("dialog", { name: "A question" });
  await dialog.getByText("Inside the modal").waitFor();
  await dialog.getByRole("button", { name: "OK" }).click();
  await dialog.waitFor({ state: "hidden" });
});

test("the picker returns what the merchant chose, and nothing when it is cancelled", async () => {
  const { page, inside } = await openApp();
  const picked = inside().evaluate(() => shopify.resourcePicker({ type: "product", multiple: 2 }));
  const dialog = page.getByRole("dialog", { name: "Add products" });
  await dialog.getByLabel("Search products").fill("Teapot");
  await dialog.getByRole("checkbox").first().check();
  await dialog.getByRole("button", { name: "Add" }).click();
  const products = (await picked)!;
  expect(products.map((product) => product.title)).toEqual(["Cast Iron Teapot"]);
  expect(products[0]!.variants!.length).toBeGreaterThan(0);
  const cancelled = inside().evaluate(() => shopify.resourcePicker({ type: "variant" }));
  await page.getByRole("dialog", { name: "Add variants" }).getByRole("button", { name: "Cancel" }).click();
  expect(await cancelled).toBeUndefined();
});

test("own requests carry a valid id token and are tried again when the app asks for it", async () => {
  const { inside } = await openApp();
  const status = await inside().evaluate(async () => (await fetch("/api/refused?1")).status);
  expect(status).toBe(200);
  const tries = seen.filter((each) => each.url === "/api/refused?1");
  expect(tries).toHaveLength(2);
  const { config, clock } = demoBrowser.demo;
  const token = String(tries[1]!.authorization).replace("Bearer ", "");
  expect(verifyJwt(token, config.apiSecret, clock.now())).toMatchObject({
    dest: "https://demo.myshopify.com",
  });
});

test("the bounce page fetches the wanted page with a token and takes its place", async () => {
  const { frame, inside } = await openApp();
  await inside().evaluate(() =>
    location.assign("/auth/session-token?shopify-reload=/app/settings%3Fembedded=1"),
  );
  await expect
    .poll(() => seen.some((each) => each.bounce === "1" && each.url.startsWith("/app/settings")), {
      timeout: 20_000,
    })
    .toBe(true);
  await frame.getByRole("heading", { name: "Fixture app" }).waitFor();
  await inside().evaluate(() => shopify.saveBar.show("bar")); // the elements of the new page are alive
});

test("parts that are not played throw by their name", async () => {
  const { inside } = await openApp();
  const message = await inside().evaluate(() => {
    try {
      void shopify.scanner.capture();
      return "nothing";
    } catch (error) {
      return (error as Error).message;
    }
  });
  expect(message).toBe("Demo store does not model shopify.scanner.capture yet");
});

test("outside the admin the app goes back into it", async () => {
  const { page } = await demoBrowser.openPage();
  await page.goto(`${demoBrowser.demo.appUrl}/app/offers`);
  await page.waitForURL(`${demoBrowser.demo.origin}/admin/app/app/offers`);
});

test("axe finds nothing in the admin, wide and narrow, with its dialogs", async () => {
  for (const size of [
    { width: 1280, height: 900 },
    { width: 390, height: 800 },
  ]) {
    const { page, inside } = await openApp("/app", size);
    expect(await axeViolations(page)).toEqual([]);
    const picking = inside().evaluate(() => shopify.resourcePicker({ type: "product", multiple: true }));
    const dialog = page.getByRole("dialog", { name: "Add products" });
    await dialog.waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    expect(await picking).toBeUndefined();
  }
});
