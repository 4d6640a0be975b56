// The shop as a buyer uses it, by clicking: storefront, checkout, thank-you, order status, account, mailbox.
import nodemailer, { type SendMailOptions } from "nodemailer";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import {
  axeViolations,
  buyAsGuest,
  fillContact,
  startDemoBrowser,
  type DemoBrowser,
} from "../browser/testing/demo-browser.ts";
import type { Discount } from "../store/discount.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 }); // a browser on a busy machine

let demoBrowser: DemoBrowser;

beforeAll(async () => {
  process.env.DEMO_EXTENSIONS_DIR = "/nowhere";
  demoBrowser = await startDemoBrowser();
});

afterEach(() => demoBrowser.closePages());

afterAll(async () => {
  delete process.env.DEMO_EXTENSIONS_DIR;
  await demoBrowser.stop();
});

function saveDiscount(code: string): Discount {
  const { store, clock } = demoBrowser.demo;
  return store.saveDiscount({
    id: store.newId(),
    title: code,
    value: { kind: "percentage", percent: 10 },
    productIds: [],
    variantIds: [],
    customerIds: [],
    minimumSubtotal: null,
    minimumQuantity: null,
    usageLimit: 1,
    oncePerCustomer: false,
    combinesWith: { orderDiscounts: false, productDiscounts: false, shippingDiscounts: false },
    startsAt: clock.iso(),
    endsAt: null,
    codes: [{ id: store.newId(), code, used: 0 }],
    usedBy: [],
    createdAt: clock.iso(),
    updatedAt: clock.iso(),
  });
}

test("a guest buys something; the order has what was typed and no marketing consent", async () => {
  const { demo } = demoBrowser;
  const { page, errors } = await demoBrowser.openPage();
  await buyAsGuest(page, demo.origin, "guest@example.com");
  await page.getByRole("heading", { name: "Thank you, Nina!" }).waitFor();
  const order = demo.store.orders()[0]!;
  expect(order).toMatchObject({
    email: "guest@example.com",
    locale: "en",
    acceptsMarketing: false,
    total: 2434,
  });
  expect(demo.store.customerByEmail("guest@example.com")!.emailMarketing.state).toBe("NOT_SUBSCRIBED");
  await page.goto(`${demo.origin}/cart`);
  expect(await page.getByText("Your cart is empty.").isVisible()).toBe(true);
  expect(errors).toEqual([]);
});

test("wrong input stands beside its field and keeps what was typed", async () => {
  const { demo } = demoBrowser;
  const { page } = await demoBrowser.openPage();
  const variant = demo.store.products()[0]!.variants[0]!;
  await page.goto(`${demo.origin}/cart/${variant.id}:1`);
  await fillContact(page, "not an address");
  await page.getByLabel("City").fill("");
  await page.getByRole("button", { name: "Continue to shipping" }).click();
  const email = page.getByLabel("Email", { exact: true });
  expect(await email.getAttribute("aria-invalid")).toBe("true");
  expect(await email.inputValue()).toBe("not an address");
  expect(await page.getByText("Please fill in this field.").count()).toBe(1);
  await email.fill("right@example.com");
  await page.getByLabel("City").fill("Portland");
  await page.getByRole("button", { name: "Continue to shipping" }).click();
  await page.getByRole("button", { name: "Continue to payment" }).click();
  await page.getByLabel("Card number").fill("4000 0000 0000 0002");
  await page.getByRole("button", { name: /Pay now/ }).click();
  await page.getByText("The card was declined. Use another number.").waitFor();
});

test("a cart permalink lands in checkout with its discount, and a used code is refused", async () => {
  const { demo } = demoBrowser;
  saveDiscount("THANKS10");
  const variant = demo.store.products()[0]!.variants[0]!;
  const { page } = await demoBrowser.openPage();
  await page.goto(`${demo.origin}/cart/${variant.id}:2?discount=THANKS10`);
  await page.waitForURL(/\/checkout\//);
  await page.getByText("−$3.60").waitFor();
  await fillContact(page, "code@example.com");
  await page.getByRole("button", { name: "Continue to shipping" }).click();
  await page.getByRole("button", { name: "Continue to payment" }).click();
  await page.getByRole("button", { name: /Pay now/ }).click();
  await page.waitForURL(/thank-you/);
  expect(demo.store.orders()[0]!.discounts).toMatchObject([{ code: "THANKS10", amount: 360 }]);
  await page.goto(`${demo.origin}/cart/${variant.id}:1`);
  await page.getByLabel("Discount code").fill("thanks10");
  await page.getByRole("button", { name: "Apply" }).click();
  await page.locator("#code-problem").waitFor();
});

test("the language that the buyer chooses goes into the order", async () => {
  const { demo } = demoBrowser;
  const { page } = await demoBrowser.openPage();
  const variant = demo.store.products()[0]!.variants[0]!;
  await page.goto(`${demo.origin}/cart/${variant.id}:1`);
  await page.getByLabel("Language").selectOption("de");
  await page.getByLabel("E-Mail", { exact: true }).fill("jana@example.com");
  await page.getByLabel("Neuigkeiten und Angebote per E-Mail erhalten").check();
  await page.getByLabel("Nachname").fill("Krüger");
  await page.getByLabel("Adresse", { exact: true }).fill("Am Markt 3");
  await page.getByLabel("Postleitzahl").fill("20095");
  await page.getByLabel("Ort").fill("Hamburg");
  await page.getByRole("button", { name: "Weiter zum Versand" }).click();
  await page.getByRole("button", { name: "Weiter zur Zahlung" }).click();
  await page.getByRole("button", { name: /Jetzt bezahlen/ }).click();
  await page.getByRole("heading", { name: /Vielen Dank/ }).waitFor();
  expect(demo.store.orders()[0]).toMatchObject({ locale: "de", acceptsMarketing: true });
  expect(demo.store.customerByEmail("jana@example.com")!.emailMarketing.state).toBe("SUBSCRIBED");
});

test("an order opens with its key or for its customer, and for nobody else", async () => {
  const { demo } = demoBrowser;
  const order = demo.store.orders().find((each) => each.customerId !== null)!;
  const other = demo.store.customers().find((each) => each.id !== order.customerId)!;
  const { page } = await demoBrowser.openPage();
  const bare = `${demo.origin}/account/orders/${order.id}`;
  expect((await page.goto(bare))!.status()).toBe(401);
  expect((await page.goto(`${bare}?key=wrong`))!.status()).toBe(401);
  expect((await page.goto(demo.origin + demo.store.statusPath(order)))!.status()).toBe(200);
  await logIn(page, other.email);
  expect((await page.goto(bare))!.status()).toBe(401);
  await logIn(page, demo.store.customer(order.customerId!)!.email);
  expect((await page.goto(bare))!.status()).toBe(200);
  await page.getByRole("heading", { name: new RegExp(order.name) }).waitFor();
});

async function logIn(page: Awaited<ReturnType<DemoBrowser["openPage"]>>["page"], email: string) {
  await page.goto(`${demoBrowser.demo.origin}/account/login`);
  await page.getByLabel(/^E-?mail|^Correo/i).fill(email);
  await page.locator("form.stack button").click();
  await page.waitForURL(/\/account$/);
}

test("the control panel fulfils an order and delivers its parcel", async () => {
  const { demo } = demoBrowser;
  const { page } = await demoBrowser.openPage();
  await buyAsGuest(page, demo.origin, "parcel@example.com");
  const { name } = demo.store.orders()[0]!;
  await page.goto(`${demo.origin}/control`);
  await page.getByRole("button", { name: `Fulfil ${name}` }).click();
  const row = page.getByRole("row", { name: new RegExp(name) });
  await row.getByRole("button", { name: /^Deliver/ }).click();
  await row.getByText("delivered").waitFor();
  expect(demo.store.orders()[0]!.fulfillments[0]!.shipmentStatus).toBe("DELIVERED");
  const before = demo.clock.offsetMs();
  await page.getByRole("button", { name: "+ 1 day" }).click();
  await expect.poll(() => demo.clock.offsetMs() - before, { timeout: 20_000 }).toBe(86_400_000);
});

function sendMail(mail: SendMailOptions) {
  const { ports } = demoBrowser.demo;
  const transport = nodemailer.createTransport({ host: "127.0.0.1", port: ports.smtp, ignoreTLS: true });
  return transport.sendMail({ from: "shop@example.com", to: "nina@example.com", ...mail });
}

test("a mail that arrives while the page is on its way is listed as well", async () => {
  const { demo } = demoBrowser;
  const { page } = await demoBrowser.openPage();
  let arrived: () => void;
  const arriving = new Promise<void>((resolve) => (arrived = resolve));
  await page.route("**/control/events*", async (route) => {
    await arriving;
    await route.continue();
  });
  await page.goto(`${demo.origin}/mailbox`);
  await sendMail({ subject: "Between page and stream", text: "Here" });
  expect(await page.getByRole("link", { name: /Between page and stream/ }).count()).toBe(0);
  arrived!();
  await page.getByRole("link", { name: /Between page and stream/ }).waitFor();
});

test("a mail is shown without its scripts, and its shop links lead to the demo store", async () => {
  const { demo } = demoBrowser;
  const { page, context } = await demoBrowser.openPage();
  await page.goto(`${demo.origin}/mailbox`);
  await sendMail({
    subject: "On its way",
    text: "Plain words",
    html: `<script>parent.document.title = "owned"</script><a href="https://demo.myshopify.com/account">Your account</a>`,
    headers: { "X-Kind": "shipped" },
  });
  await page.getByRole("link", { name: /On its way/ }).click(); // the list refreshes by itself
  const link = page.frameLocator(".mail-frame").getByRole("link", { name: "Your account" });
  const [tab] = await Promise.all([context.waitForEvent("page"), link.click()]);
  await tab.waitForURL(`${demo.origin}/account/login`);
  expect(await page.title()).toContain("On its way");
  await page.getByRole("link", { name: "Headers" }).click();
  await page.getByRole("cell", { name: "shipped" }).waitFor();
  await page.getByRole("link", { name: "Text" }).click();
  await page.getByText("Plain words").waitFor();
  expect(await axeViolations(page)).toEqual([]);
});

test.each([
  ["/", 1280],
  ["/", 390],
  ["/?q=mug", 1280],
  ["/account/login", 390],
  ["/control", 1280],
  ["/control", 390],
  ["/mailbox", 390],
  ["/mailbox/texts", 390],
  ["/control/aggregator", 390],
  ["/admin", 1280],
  ["/admin/orders", 390],
])("axe finds nothing on %s at %d px", async (path, width) => {
  const { page } = await demoBrowser.openPage({ width });
  await page.goto(demoBrowser.demo.origin + path);
  expect(await page.getByText("a local stand-in, not Shopify").isVisible()).toBe(true);
  expect(await axeViolations(page)).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
