/** Shoppers write to us through the app proxy: signed links, real requests. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { caseToken } from "#app/cases/case-link";
import { caseById, listCases, solveCase } from "#app/cases/cases.server";
import { inShop } from "#app/db/in-shop.server";
import { env } from "#app/env.server";
import type { Shop } from "#app/generated/prisma/client";
import { trackingToken } from "#app/parcels/tracking-link";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { anOrder } from "../../tests/factories/orders";
import { aShop } from "../../tests/factories/shop";
import { visitTracking, type Visit } from "../../tests/factories/tracking";
import { handleHelp } from "./help-page.server";

const web = createServer((request, response) => void handleHelp(request, response));
let url = "";
beforeAll(async () => {
  await startQueue("web");
  await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise((resolve) => web.close(resolve));
  await stopQueue();
});
const visit = (shop: Shop, how: Visit) => visitTracking(url, shop, { on: "help", ...how });

async function aShopWithOrder() {
  const shop = await aShop();
  const order = await anOrder(shop, { locale: "de-AT" });
  const t = trackingToken(env().ENCRYPTION_KEY, { shopId: shop.id, orderGid: order.gid });
  return { shop, order, t };
}

const openCases = async (shop: Shop) =>
  (await inShop(shop.id, (tx) => listCases(tx, shop.id, { state: "open", page: 0 }))).cases;
const entriesOf = async (shop: Shop, id: string) =>
  (await inShop(shop.id, (tx) => caseById(tx, shop.id, id)))!.entries.map(({ text }) => text);
const requestIdOn = (page: string) => /name="id" value="([^"]+)"/.exec(page)![1]!;

test("the order's link opens a form in the shopper's language; what is sent twice is one case and one message", async () => {
  const { shop, order, t } = await aShopWithOrder();
  const form = await visit(shop, { query: { t } });
  expect(form.status).toBe(200);
  expect(form.page).toContain('<html lang="de">');
  expect(form.page).toContain(order.name);
  expect(form.page).not.toMatch(/Ada|Lovelace|example\.com/);
  const sent = { t, id: requestIdOn(form.page), type: "damaged", text: "Die <b>Kanne</b> ist kaputt" };
  for (let time = 0; time < 2; time++) {
    const { status, page } = await visit(shop, { form: sent });
    expect([status, page.includes("Ihre Nachricht ist bei uns")]).toEqual([200, true]);
  }
  const [opened, ...more] = await openCases(shop);
  expect([opened, more]).toMatchObject([{ type: "damaged", source: "shopper", orderGid: order.gid }, []]);
  expect(await entriesOf(shop, opened!.id)).toEqual([sent.text]);
});

test("what is no id of a form is none: two messages with the same stay two", async () => {
  const { shop, t } = await aShopWithOrder();
  const other = await aShopWithOrder();
  for (const text of ["First", "Second"]) {
    const { status } = await visit(shop, { form: { t, id: "-".repeat(36), type: "damaged", text } });
    expect(status).toBe(200);
  }
  const [opened] = await openCases(shop);
  expect(await entriesOf(shop, opened!.id)).toEqual(["First", "Second"]);
  expect(await openCases(other.shop)).toEqual([]);
});

test("an empty message is asked for again with what was typed; a script is slowed down", async () => {
  const { shop, t } = await aShopWithOrder();
  const empty = await visit(shop, { form: { t, type: "warranty", text: "  " } });
  expect(empty.status).toBe(422);
  expect(empty.page).toContain('value="warranty" selected');
  expect(empty.page).toContain('aria-describedby="problem"');
  const statuses = [];
  for (let time = 0; time < 6; time++)
    statuses.push((await visit(shop, { form: { t, text: `</textarea><b>${time}` } })).status);
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  const last = await visit(shop, { form: { t, text: "</textarea><b>" } });
  expect(last.page).not.toContain("</textarea><b>");
});

test("the link in an answer leads back into the case; a solved one opens again", async () => {
  const { shop, t } = await aShopWithOrder();
  await visit(shop, { form: { t, type: "late", text: "Where is it?" } });
  const [opened] = await openCases(shop);
  await inShop(shop.id, (tx) => solveCase(tx, shop.id, opened!.id, "901", new Date()));
  const c = caseToken(env().ENCRYPTION_KEY, shop.id, opened!.id);
  const form = await visit(shop, { query: { c } });
  expect(form.page).toContain("Schreiben Sie uns zurück");
  expect(form.page).not.toContain("<select");
  expect((await visit(shop, { form: { c, text: "Still not here" } })).status).toBe(200);
  expect(await openCases(shop)).toMatchObject([{ id: opened!.id }]);
  expect((await entriesOf(shop, opened!.id)).at(-1)).toBe("Still not here");
});

test("foreign, forged and missing links lead nowhere, and nothing is written", async () => {
  const { shop, t } = await aShopWithOrder();
  const other = await aShop();
  const c = caseToken(env().ENCRYPTION_KEY, shop.id, "018f0000-0000-7000-8000-000000000000");
  const forms: Record<string, string>[] = [
    { t, text: "Hi" },
    { t: t.replace(/.$/, "_"), text: "Hi" },
    { c, text: "Hi" },
    { text: "Hi" },
  ];
  for (const form of forms) expect((await visit(other, { form })).status).toBe(404);
  expect((await visit(shop, { query: { t }, secret: "wrong" })).status).toBe(401);
  expect(await openCases(shop)).toEqual([]);
  expect(await openCases(other)).toEqual([]);
});
