import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { schemaForWebhook } from "shopify-webhook-schemas";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { EXTENSIONS_VERSION } from "../../config.ts";
import type { RunningDemo } from "../../main.ts";
import { adminClient, aDemo } from "../../testing.ts";
import { shopTime } from "./shop-time.ts";

// The newest schemas of the package are of 2026-07.
const SCHEMA_VERSION = EXTENSIONS_VERSION;

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addFormat("uri", /^[a-z]+:\/\/\S+$/);

let demo: RunningDemo;

beforeAll(async () => {
  demo = await aDemo({ appTarget: "http://127.0.0.1:9" });
  await playEverything();
});

afterAll(() => demo.stop());

/** One change of every kind, so that one delivery of every topic is in the log. */
async function playEverything(): Promise<void> {
  const post = async (path: string, body: unknown = {}) => {
    const response = await fetch(`${demo.origin}${path}`, { method: "POST", body: JSON.stringify(body) });
    expect(response.ok, `${path}: ${response.status}`).toBe(true);
    return response.json();
  };
  const admin = adminClient(demo);
  const { order } = (await post("/_/orders", {
    email: "grace@example.com",
    discountCodes: ["WELCOME10"],
    landingSite: "/?utm_source=test",
  })) as {
    order: { id: number; customerId: number; lines: { id: number; productId: number; variantId: number }[] };
  };
  const parcel = (await post(`/_/orders/${order.id}/fulfil`, { carrier: "swift" })) as { id: number };
  await post(`/_/parcels/${parcel.id}/next`);
  await post(`/_/orders/${order.id}/refund`, {
    lines: [{ lineItemId: order.lines[0]!.id, quantity: 1, restock: false }],
  });
  const second = (await post("/_/orders", { email: "grace@example.com" })) as { order: { id: number } };
  await post(`/_/orders/${second.order.id}/cancel`);
  const fetched = (await post("/_/orders", { rate: "pickup" })) as { order: { id: number } };
  await post(`/_/orders/${fetched.order.id}/ready`);
  await post(`/_/customers/${order.customerId}/consent`, { state: "SUBSCRIBED" });
  await post(`/_/customers/${order.customerId}`, { firstName: "Grace", tags: ["vip"] });
  await post(`/_/customers/${order.customerId}`, { tags: [] });
  await post(`/_/variants/${order.lines[0]!.variantId}`, { price: 1999 });
  await post("/_/shop", { name: "Harbour & Pine & Co" });
  await post("/_/scopes", { scopes: demo.config.app.scopes });
  const query =
    "mutation ($q: String!) { bulkOperationRunQuery(query: $q, groupObjects: false) { bulkOperation { id } } }";
  await admin(query, { q: "{ products { nodes { id } } }" });
  for (const kind of ["customers/data_request", "customers/redact", "shop/redact"]) {
    await post("/_/compliance", { kind, customer: order.customerId });
  }
  await post(`/_/customers/${order.customerId}/delete`);
  const last = demo.store.products().at(-1)!;
  await post(`/_/products/${last.id}/delete`);
  await vi.waitFor(() => expect(topics()).toContain("bulk_operations/finish"), 20_000);
  await post("/_/uninstall");
}

const topics = () => demo.webhooks.deliveries().map((delivery) => delivery.topic);

/** The first delivery of a topic. */
function firstOf(topic: string): Record<string, unknown> {
  const delivery = demo.webhooks.deliveries().findLast((candidate) => candidate.topic === topic);
  expect(delivery, `no ${topic} was sent`).toBeDefined();
  return JSON.parse(delivery!.body) as Record<string, unknown>;
}

// Schemas are inferred from Shopify's examples. These are the places where the examples show only one of several
// possible shapes, and where we know better from Shopify's documentation.
const TOO_NARROW = ["must be null", "boolean schema is false", "must NOT have fewer"];
/** Null when the merchant or the buyer wrote nothing there. */
const MAY_BE_NULL = ["/note must be string", "/customer/phone must be string"];

describe.each([
  "orders/create",
  "orders/updated",
  "orders/paid",
  "orders/cancelled",
  "fulfillments/create",
  "fulfillments/update",
  "fulfillment_events/create",
  "fulfillment_orders/line_items_prepared_for_pickup",
  "refunds/create",
  "customers/create",
  "customers/update",
  "customers/delete",
  "customers_email_marketing_consent/update",
  "products/update",
  "products/delete",
  "shop/update",
  "app/uninstalled",
  "app/scopes_update",
  "bulk_operations/finish",
  "customers/data_request",
  "customers/redact",
  "shop/redact",
])("%s", (topic) => {
  test("satisfies the schema of its examples at Shopify", () => {
    const validate = ajv.compile(schemaForWebhook(SCHEMA_VERSION, topic) as object);
    validate(firstOf(topic));
    const problems = (validate.errors ?? [])
      .map((error) => `${error.instancePath} ${error.message}`)
      .filter((problem) => !MAY_BE_NULL.includes(problem))
      .filter((problem) => !TOO_NARROW.some((known) => problem.includes(known)));
    expect(problems).toEqual([]);
  });
});

/** The demo store's products and collections are there from the start, and it has no phone consent. */
const NOT_MODELLED = [
  "collections/create",
  "collections/delete",
  "collections/update",
  "customers_marketing_consent/update",
  "customers_whats_app_marketing_consent/update",
  "products/create",
];

test("every topic the app subscribes to can be sent, except what the demo store does not model", () => {
  const subscribed = new Set(demo.config.app.subscriptions.map((subscription) => subscription.topic));
  const sent = new Set(topics());
  expect([...subscribed].filter((topic) => !sent.has(topic)).sort()).toEqual(NOT_MODELLED);
});

test("times are in the shop's zone, with whole seconds", () => {
  expect(firstOf("orders/create").created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d-0[45]:00$/);
  expect(shopTime("2026-07-01T12:00:00.500Z", "America/New_York")).toBe("2026-07-01T08:00:00-04:00");
  expect(shopTime("2026-01-01T00:30:00.000Z", "Asia/Kolkata")).toBe("2026-01-01T06:00:00+05:30");
  expect(shopTime("2026-01-01T00:30:00.000Z", "Europe/London")).toBe("2026-01-01T00:30:00+00:00");
});
