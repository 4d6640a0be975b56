/** What the topics beside orders and parcels do. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import { prisma } from "#app/db/pool.server";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { drainEverything, inboxOf, inboxRow } from "../../../tests/factories/inbox";
import { aShop } from "../../../tests/factories/shop";
import { customerPayload, productPayload } from "../../../tests/factories/webhooks-payloads";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

async function tell(shop: { domain: string }, topic: string, payload: unknown) {
  await inboxRow(shop, topic, payload);
  await drainEverything();
}

test("products follow the newest telling; a deleted one stays for old orders", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const variants = productPayload(1).variants as object[];
  await tell(
    shop,
    "products/update",
    productPayload(1, { title: "New", updated_at: "2026-11-02T00:00:00Z" }),
  );
  await tell(shop, "products/create", productPayload(1, { title: "Old" }));
  const product = () => inShop(shop.id, (tx) => tx.product.findFirstOrThrow({ include: { variants: true } }));
  expect(await product()).toMatchObject({
    title: "New",
    status: "ACTIVE",
    tags: ["tea", "gift"],
    variants: [{ priceMinor: 1000, available: true, inventoryQuantity: 5 }],
  });
  const soldOut = { ...variants[0], inventory_quantity: 0 };
  await tell(
    shop,
    "products/update",
    productPayload(1, { variants: [soldOut], updated_at: "2026-11-03T00:00:00Z" }),
  );
  expect((await product()).variants).toMatchObject([{ available: false }]);
  await tell(shop, "products/delete", { id: 1 });
  await tell(
    shop,
    "products/update",
    productPayload(1, { updated_at: "2026-11-04T00:00:00Z", title: "Late" }),
  );
  expect(await product()).toMatchObject({ title: "Teapot", deletedAt: expect.any(Date) });
  expect(await inShop(other.id, (tx) => tx.product.count())).toBe(0);
});

test("an older customer webhook does not overwrite a newer one; a deleted customer is forgotten", async () => {
  const shop = await aShop();
  await tell(
    shop,
    "customers/update",
    customerPayload(7, { first_name: "New", updated_at: "2026-11-02T00:00:00Z" }),
  );
  await tell(shop, "customers/create", customerPayload(7, { first_name: "Old" }));
  const customer = () => inShop(shop.id, (tx) => tx.customer.findFirstOrThrow());
  expect(await customer()).toMatchObject({ firstName: "New", country: "DE" });
  await tell(shop, "customers/delete", { id: 7, admin_graphql_api_id: "gid://shopify/Customer/7" });
  expect(await customer()).toMatchObject({ firstName: null, email: null });
});

test("e-mail consent changes once per report, and never to somebody without an address", async () => {
  const shop = await aShop();
  const consent = (state: string, at: string | null) => ({
    customer_id: 7,
    email_address: "a@example.com",
    email_marketing_consent: { state, opt_in_level: "single_opt_in", consent_updated_at: at },
  });
  const topic = "customers_email_marketing_consent/update";
  await tell(shop, topic, consent("unsubscribed", "2026-11-02T00:00:00Z"));
  await tell(shop, topic, consent("subscribed", "2026-11-01T00:00:00Z"));
  await tell(shop, topic, consent("unsubscribed", "2026-11-02T00:00:00Z"));
  await tell(shop, topic, { ...consent("redacted", null), email_address: null });
  await inShop(shop.id, async (tx) => {
    expect(await tx.consent.findMany()).toMatchObject([
      { state: "unsubscribed", customerGid: "gid://shopify/Customer/7", optInLevel: "SINGLE_OPT_IN" },
    ]);
    expect(await tx.consentEvent.count({ where: { state: "unsubscribed" } })).toBe(1);
  });
  expect((await inboxOf(shop)).every((row) => row.status === "done")).toBe(true);
});

test("the shop's profile and scopes are kept fresh", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  await tell(shop, "shop/update", {
    name: "Renamed",
    email: "new@shop.example",
    country_code: "FR",
    currency: "EUR",
    iana_timezone: "Europe/Paris",
    plan_display_name: "Basic",
    primary_locale: "fr",
  });
  await tell(shop, "app/scopes_update", { previous: [], current: ["read_orders", "read_products"] });
  const rowOf = ({ id }: { id: number }) => prisma.shop.findUniqueOrThrow({ where: { id } });
  expect(await rowOf(shop)).toMatchObject({
    name: "Renamed",
    timezone: "Europe/Paris",
    scopes: "read_orders,read_products",
  });
  expect(await rowOf(other)).toEqual(other);
});

test("an uninstall ends the shop's sessions; one told after a reinstall does not", async () => {
  const shop = await aShop();
  const session = { id: `offline_${shop.domain}`, shop: shop.domain, state: "", accessToken: "sealed" };
  await prisma.session.create({ data: session });
  await prisma.webhookInbox.create({
    data: {
      shopDomain: shop.domain,
      webhookId: "late",
      topic: "app/uninstalled",
      apiVersion: "2026-10",
      triggeredAt: new Date("2025-12-31T00:00:00Z"), // before this installation
      body: "{}",
    },
  });
  await drainEverything();
  expect(await prisma.session.count({ where: { shop: shop.domain } })).toBe(1);

  await tell(shop, "app/uninstalled", { id: 1 });
  expect(await prisma.session.count({ where: { shop: shop.domain } })).toBe(0);
  expect(await prisma.shop.findUnique({ where: { id: shop.id } })).toMatchObject({ status: "uninstalled" });
});
