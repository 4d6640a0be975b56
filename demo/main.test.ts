import http from "node:http";
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { PRIMARY_SHOP } from "./config.ts";
import { startDemoStore, type RunningDemo } from "./main.ts";
import { aDemo, adminClient, callAdmin } from "./testing.ts";

let folder: string;
let demo: RunningDemo;

beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "postlude-demo-"));
  demo = await aDemo({ stateDir: folder });
});

afterEach(async () => {
  await demo.stop();
  rmSync(folder, { recursive: true });
});

const api = async (path: string, body?: unknown) => {
  const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const response = await fetch(`${demo.origin}${path}`, init);
  return { status: response.status, json: await response.json() };
};

test("orders, parcels, tokens, discounts and the clock survive a restart", async () => {
  demo.installations.install(PRIMARY_SHOP);
  const { access } = demo.installations.issueOffline(PRIMARY_SHOP, true);
  const { order } = (await api("/_/orders", { email: "ada@example.com", discountCodes: ["WELCOME10"] })).json;
  const parcel = (await api(`/_/orders/${order.id}/fulfil`, {})).json;
  await api("/_/clock/advance", { minutes: 30 });
  const before = demo.store.orders().length;
  const past = demo.store.orders().at(-1);
  const used = demo.store.discountByCode("WELCOME10")!.codes[0]!.used;

  await demo.stop();
  demo = await aDemo({ stateDir: folder });
  expect(demo.store.orders()).toHaveLength(before);
  expect(demo.store.orders().at(-1)).toEqual(past);
  expect(demo.store.orderById(order.id)!.fulfillments[0]!.trackingNumber).toBe(parcel.trackingNumber);
  expect(demo.store.discountByCode("WELCOME10")!.codes[0]!.used).toBe(used);
  expect(demo.clock.offsetMs()).toBe(30 * 60_000);
  const answer = await callAdmin(
    demo,
    PRIMARY_SHOP,
    access.token,
    "query ($id: ID!) { order(id: $id) { name } }",
    {
      id: `gid://shopify/Order/${order.id}`,
    },
  );
  expect(answer.data.order.name).toBe(order.name);
  const next = (await api("/_/orders", { email: "bob@example.com" })).json;
  expect(next.order.number).toBe(order.number + 1);
});

test("a reset brings back the first minute", async () => {
  adminClient(demo);
  await api("/_/orders", {});
  await api("/_/clock/advance", { days: 2 });
  await api("/_/reset", {});
  expect(demo.store.orders()).toHaveLength(60);
  expect(demo.clock.offsetMs()).toBe(0);
  expect(demo.installations.state(PRIMARY_SHOP)).toBe("never");
});

test("an order can be refunded in part and cancelled before it is sent", async () => {
  const { order } = (
    await api("/_/orders", {
      lines: [{ variantId: demo.store.products()[0]!.variants[0]!.id, quantity: 2 }],
    })
  ).json;
  const stock = () => demo.store.variant(order.lines[0].variantId)!.variant.inventory;
  const left = stock();
  const refund = (
    await api(`/_/orders/${order.id}/refund`, { lines: [{ lineItemId: order.lines[0].id, quantity: 1 }] })
  ).json;
  expect(refund.amount).toBe(Math.round(order.lines[0].price * 1.08));
  expect(stock()).toBe(left + 1);
  const cancelled = (await api(`/_/orders/${order.id}/cancel`, {})).json;
  expect(cancelled.cancelledAt).not.toBeNull();
  const given = cancelled.refunds.reduce((sum: number, entry: { amount: number }) => sum + entry.amount, 0);
  expect(given).toBe(order.total);
  expect((await api(`/_/orders/${order.id}/fulfil`, {})).status).toBe(422);
});

test("a parcel can be delayed, missed and delivered by hand", async () => {
  const { order } = (await api("/_/orders", {})).json;
  const parcel = (await api(`/_/orders/${order.id}/fulfil`, { carrier: "greenline" })).json;
  for (const status of ["DELAYED", "ATTEMPTED_DELIVERY", "DELIVERED"])
    await api(`/_/parcels/${parcel.id}/status`, { status });
  const { fulfillments } = demo.store.orderById(order.id)!;
  expect(fulfillments[0]!.events.map(({ status }) => status)).toEqual([
    "DELAYED",
    "ATTEMPTED_DELIVERY",
    "DELIVERED",
  ]);
  expect(fulfillments[0]!.planned).toEqual([]);
  expect((await api(`/_/orders/${order.id}/fulfil`, { carrier: "nobody" })).json.error).toContain(
    "Nothing is left",
  );
});

test("the checkout asks for what is missing and places an order once", async () => {
  const { store } = demo;
  const { token } = store.startCheckout({
    lines: [{ variantId: store.products()[0]!.variants[0]!.id, quantity: 1 }],
  });
  expect(() => store.placeOrder(token)).toThrow("Enter an e-mail address.");
  store.setContact(token, { email: "ada@example.com" });
  expect(() => store.placeOrder(token)).toThrow("Enter a shipping address.");
  store.setShippingAddress(token, store.orders()[0]!.shippingAddress!);
  expect(store.placeOrder(token).id).toBe(store.placeOrder(token).id);
});

test("products have pictures and unknown paths are 404", async () => {
  const [product] = demo.store.products();
  const picture = await fetch(`${demo.origin}${demo.store.picturePath(product!)}`);
  expect(picture.headers.get("content-type")).toBe("image/svg+xml");
  expect(await picture.text()).toContain(product!.title);
  expect((await fetch(`${demo.origin}/nothing/here`)).status).toBe(404);
  expect((await fetch(`${demo.origin}/_/orders`, { method: "POST", body: "{" })).status).toBe(400);
});

test("the proxy changes only what ties the app to Shopify's hosts", async () => {
  const script = "https://cdn.shopify.com/shopifycloud/app-bridge.js";
  const app = http.createServer((request, response) => {
    if (request.url === "/go") {
      response
        .writeHead(302, { location: "https://admin.shopify.com/store/demo/apps/postlude/app/offers" })
        .end();
      return;
    }
    response.writeHead(200, {
      "content-type": "text/html",
      "content-security-policy": "frame-ancestors https://demo.myshopify.com; default-src 'self'",
    });
    response.write(`<head><script src="${script.slice(0, 30)}`);
    setTimeout(() => response.end(`${script.slice(30)}"></script></head><p>äö</p>`), 30);
  });
  await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
  const proxied = await startDemoStore({
    port: 0,
    proxyPort: 0,
    smtpPort: 0,
    stateDir: undefined,
    generatedOrders: 5,
    appTarget: `http://127.0.0.1:${(app.address() as AddressInfo).port}`,
  });
  try {
    const page = await fetch(`${proxied.appUrl}/`);
    expect(page.headers.get("content-security-policy")).toBe(
      `frame-ancestors https://demo.myshopify.com ${proxied.origin}; default-src 'self'`,
    );
    expect(await page.text()).toBe(
      `<head><script src="${proxied.origin}/app-bridge.js"></script></head><p>äö</p>`,
    );
    const redirected = await fetch(`${proxied.appUrl}/go`, { redirect: "manual" });
    expect(redirected.headers.get("location")).toBe(`${proxied.origin}/admin/app/app/offers`);
  } finally {
    await proxied.stop();
    app.close();
  }
});

test("an order is fetched in the shop: ready, then picked up, and nothing is sent", async () => {
  const admin = adminClient(demo);
  const { order } = (await api("/_/orders", { rate: "pickup" })).json;
  expect(order).toMatchObject({ shippingAddress: null, shippingPrice: 0, pickup: { readyAt: null } });
  expect((await api(`/_/orders/${order.id}/ready`, {})).json.pickup.readyAt).not.toBeNull();
  expect((await api(`/_/orders/${order.id}/ready`, {})).status).toBe(422);
  const [webhook] = demo.webhooks
    .deliveries()
    .filter(({ topic }) => topic === "fulfillment_orders/line_items_prepared_for_pickup");
  const { id } = JSON.parse(webhook!.body).fulfillment_order;
  const query =
    "query ($id: ID!) { fulfillmentOrder(id: $id) { orderId orderName status deliveryMethod { methodType } } }";
  expect((await admin(query, { id })).data.fulfillmentOrder).toEqual({
    orderId: `gid://shopify/Order/${order.id}`,
    orderName: order.name,
    status: "OPEN",
    deliveryMethod: { methodType: "PICK_UP" },
  });
  const fetched = (await api(`/_/orders/${order.id}/fulfil`, {})).json;
  expect(fetched).toMatchObject({ carrier: "", trackingNumber: "", planned: [] });
  expect((await admin(query, { id })).data.fulfillmentOrder.status).toBe("CLOSED");
  expect((await api(`/_/orders/${(await api("/_/orders", {})).json.order.id}/ready`, {})).status).toBe(422);
});

test("staff sell at the till and over the phone", async () => {
  const admin = adminClient(demo);
  const { order: till } = (await api("/_/tills", {})).json;
  expect(till).toMatchObject({ sourceName: "pos", customerId: null, email: "", shippingPrice: 0 });
  expect(till.total).toBe(till.subtotal + till.tax);
  expect(till.fulfillments).toMatchObject([{ trackingNumber: "" }]);
  const { order: phone } = (await api("/_/drafts", { email: "phil@example.com" })).json;
  expect(phone).toMatchObject({ sourceName: "shopify_draft_order", fulfillments: [] });
  const query =
    "query ($id: ID!) { order(id: $id) { email checkoutToken sourceName customer { id } fulfillments { trackingInfo { number } } } }";
  const read = async ({ id }: { id: number }) =>
    (await admin(query, { id: `gid://shopify/Order/${id}` })).data.order;
  const fulfillments = [{ trackingInfo: [] }];
  const nobody = { email: null, checkoutToken: null, customer: null };
  expect(await read(till)).toEqual({ ...nobody, sourceName: "pos", fulfillments });
  expect(await read(phone)).toMatchObject({ email: "phil@example.com", checkoutToken: null });
});

test("a fulfilment leaves in several boxes, and a carrier may lose interest", async () => {
  const admin = adminClient(demo);
  const { order } = (await api("/_/orders", {})).json;
  const parcel = (await api(`/_/orders/${order.id}/fulfil`, { boxes: 3, carrier: "standstill" })).json;
  const query =
    "query ($id: ID!) { fulfillment(id: $id) { trackingInfo(first: 10) { company number url } } }";
  const { trackingInfo } = (await admin(query, { id: `gid://shopify/Fulfillment/${parcel.id}` })).data
    .fulfillment;
  expect(trackingInfo).toHaveLength(3);
  expect(new Set(trackingInfo.map(({ number }: { number: string }) => number)).size).toBe(3);
  expect(trackingInfo[1]).toMatchObject({ company: "Standstill Freight" });
  const [webhook] = demo.webhooks.deliveries().filter(({ topic }) => topic === "fulfillments/create");
  expect(JSON.parse(webhook!.body).tracking_numbers).toHaveLength(3);
  await api("/_/clock/advance", { days: 30 });
  expect(demo.store.fulfillment(parcel.id)!.fulfillment).toMatchObject({ shipmentStatus: "IN_TRANSIT" });

  const { order: another } = (await api("/_/orders", {})).json;
  const stopped = (await api(`/_/orders/${another.id}/fulfil`, {})).json;
  await api(`/_/parcels/${stopped.id}/stop`, {});
  await api("/_/clock/advance", { days: 30 });
  expect(demo.store.fulfillment(stopped.id)!.fulfillment.events).toEqual([]);
});
