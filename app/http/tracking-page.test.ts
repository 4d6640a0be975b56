import { expect, test } from "vitest";
import { env } from "#app/env.server";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { trackingToken } from "#app/parcels/tracking-link";
import { served } from "../../tests/factories/http";
import { anOrderToTell, aParcelToTell } from "../../tests/factories/messages";
import { aShop } from "../../tests/factories/shop";
import { aTrackingServer, visitTracking, type Visit } from "../../tests/factories/tracking";

const web = served(aTrackingServer);
const visit = (shop: Pick<Shop, "domain">, how?: Visit) => visitTracking(web.url, shop, how);

async function aTrackedShop() {
  const shop = await aShop({ timezone: "Europe/Berlin" }, { locales: ["en", "de"] });
  const order = await anOrderToTell(shop, {
    name: "#1001",
    locale: "de",
    email: "ada@example.com",
    customer: { email: "ada@example.com", firstName: "Ada", lastName: "Lovelace" },
  });
  const parcel = await aParcelToTell(shop, order, {
    status: "in_transit",
    carrier: "Postway",
    trackingNumber: "P1",
    trackingUrl: "https://postway.example/P1",
    earliestAt: new Date(Date.now() + 2 * DAY),
    likelyAt: new Date(Date.now() + 3 * DAY),
    latestAt: new Date(Date.now() + 5 * DAY),
  });
  const token = trackingToken(env().ENCRYPTION_KEY, { shopId: shop.id, orderGid: order.gid });
  return { shop, order, parcel, token };
}
const DAY = 24 * 60 * 60 * 1000;

test("the signed link shows the order in the shopper's language, and nothing personal", async () => {
  const { shop, token } = await aTrackedShop();
  const { status, page } = await visit(shop, { query: { t: token } });
  expect(status).toBe(200);
  expect(page).toContain('<html lang="de">');
  expect(page).toContain("Ihre Bestellung #1001");
  expect(page).toContain("Unterwegs");
  expect(page).toMatch(/Erwartet zwischen \p{L}+, .* und \p{L}+, /u);
  expect(page).toContain("https://postway.example/P1");
  expect(page).toContain("2 × Earl Grey");
  expect(page).not.toMatch(/Ada|Lovelace|ada@example\.com|12[.,]50|25[.,]00/);
  expect(Buffer.byteLength(page)).toBeLessThan(30_000);
  expect(page).not.toContain("<script");
});

test("what the page says about arrival is noted as a promise, once while it does not change", async () => {
  const { shop, parcel, token } = await aTrackedShop();
  await visit(shop, { query: { t: token } });
  await visit(shop, { query: { t: token } });
  const promises = await inShop(shop.id, (tx) => tx.deliveryPromise.findMany());
  expect(promises).toMatchObject([{ parcelId: parcel.id, channel: "tracking" }]);
});

test("number and e-mail together open it, however they are typed", async () => {
  const { shop } = await aTrackedShop();
  for (const form of [
    { number: "#1001", email: "ada@example.com" },
    { number: " 1001 ", email: "ADA@Example.com " },
  ]) {
    const { status, page } = await visit(shop, { form });
    expect([status, page.includes("Ihre Bestellung #1001")]).toEqual([200, true]);
  }
});

test("a wrong guess says nothing about what exists, and keeps what was typed", async () => {
  const { shop } = await aTrackedShop();
  const wrong = await visit(shop, { form: { number: "1001", email: "eve@example.com" } });
  const none = await visit(shop, { form: { number: "9999", email: "eve@example.com" } });
  expect([wrong.status, none.status]).toEqual([404, 404]);
  expect(wrong.page.replace("1001", "9999")).toBe(none.page);
  expect(wrong.page).toContain('value="eve@example.com"');
  expect(wrong.page).toContain('role="alert"');
});

test("guessing is slowed down per order and per visitor, and another visitor is not punished", async () => {
  const { shop } = await aTrackedShop();
  for (let guess = 0; guess < 5; guess++) {
    await visit(shop, {
      form: { number: "1001", email: `guess${guess}@example.com` },
      visitor: `198.51.100.${guess}`,
    });
  }
  expect((await visit(shop, { form: { number: "1001", email: "ada@example.com" } })).status).toBe(429);
  const { shop: second } = await aTrackedShop();
  for (let guess = 0; guess < 10; guess++) {
    await visit(second, { form: { number: `20${guess}`, email: "eve@example.com" }, visitor: "203.0.113.9" });
  }
  const good = { number: "1001", email: "ada@example.com" };
  expect((await visit(second, { form: good, visitor: "203.0.113.9" })).status).toBe(429);
  expect((await visit(second, { form: good, visitor: "203.0.113.10" })).status).toBe(200);
});

test("another shop's link, a forged link and unknown orders show the form only", async () => {
  const { token } = await aTrackedShop();
  const other = await aTrackedShop();
  expect((await visit(other.shop, { query: { t: token } })).status).toBe(404);
  const forged = other.token.slice(0, -1) + (other.token.endsWith("A") ? "Q" : "A");
  const { page, status } = await visit(other.shop, { query: { t: forged, locale: "es" } });
  expect(status).toBe(404);
  // Nobody typed anything, so nothing typed is blamed.
  expect(page).toContain("Este enlace no lleva a ningún pedido.");
  expect(page).not.toContain("aria-invalid");
  expect(page).not.toContain("Earl Grey");
  const foreign = { number: "1001", email: "ada@example.com" };
  const empty = await aShop();
  expect((await visit(empty, { form: foreign })).status).toBe(404);
});

test("only Shopify's proxy may ask, and only now", async () => {
  const { shop, token } = await aTrackedShop();
  expect((await visit(shop, { query: { t: token }, secret: "another" })).status).toBe(401);
  const old = Math.floor(Date.now() / 1000) - 120;
  expect((await visit(shop, { query: { t: token }, timestamp: old })).status).toBe(401);
  expect((await fetch(`${web.url}/proxy/track?t=${token}&shop=${shop.domain}`)).status).toBe(401);
  expect((await visit({ domain: "stranger.myshopify.com" })).status).toBe(404);
});

test("the form speaks the visitor's language, and what is typed stays text", async () => {
  const { shop } = await aTrackedShop();
  expect((await visit(shop, { language: "fr-CH" })).page).toContain("Où est ma commande ?");
  const { page } = await visit(shop, { form: { number: '"><script>alert(1)</script>', email: "x" } });
  expect(page).not.toContain("<script>");
});
