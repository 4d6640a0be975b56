/** Tags that a merchant gives customers in Shopify: read anew whenever they change, and asked for by offers. */
import { expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import type { AdminClient } from "#app/shops/admin-client";
import { customersJobs } from "#app/worker/customers-jobs.server";
import { aProduct, boughtTogether } from "../../tests/factories/catalogue";
import { servedHotPaths } from "../../tests/factories/http";
import { drainEverything, inboxRow } from "../../tests/factories/inbox";
import { drainOnly } from "../../tests/factories/jobs";
import { aLiveOffer, aMoment, askForOffers } from "../../tests/factories/offers";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";
import { customerPayload } from "../../tests/factories/webhooks-payloads";
import { forgetCustomer } from "./customers.server";

const web = servedHotPaths();
const CUSTOMER = "gid://shopify/Customer/7";

/** What Shopify answers who asks for the tags of customer 7; of others it knows nothing. */
let atShopify: string[];
const query = async (_document: string, { id }: { id: string }) => ({
  customer: id === CUSTOMER ? { tags: atShopify } : null,
});

async function tell(shop: Shop, topic: string, payload: unknown): Promise<void> {
  await inboxRow(shop, topic, payload);
  await drainEverything();
  const jobs = customersJobs(testPorts({ adminFor: async () => ({ query }) as AdminClient }));
  await drainOnly({ "customers.read-tags": jobs["customers.read-tags"] });
}

/** Shopify tells which tag came or went; what counts is what stands there now. */
function tags(shop: Shop, change: "added" | "removed", now: string[]): Promise<void> {
  atShopify = now;
  const told = { customerId: CUSTOMER, tags: ["VIP"], occurredAt: "2026-11-20T10:00:00.000Z" };
  return tell(shop, `customer.tags_${change}`, told);
}

async function aShopWithVipOffer() {
  const shop = await aShop({}, { holdoutPercent: 0, offerFloor: 0 });
  const [chair, cushion] = [await aProduct(shop), await aProduct(shop)];
  await boughtTogether(shop, chair, cushion);
  await aLiveOffer(shop, { targeting: { customerTags: ["vip"] } });
  await tell(shop, "customers/create", customerPayload(7));
  return {
    shop,
    shown: async () => (await askForOffers(web.url, shop, aMoment([chair]), CUSTOMER)).placements.length,
  };
}

test("an offer for VIPs is shown from the moment Shopify calls them so until it no longer does, in their own shop only", async () => {
  const [one, other] = [await aShopWithVipOffer(), await aShopWithVipOffer()];
  expect(await one.shown()).toBe(0);
  await tags(one.shop, "added", ["wholesale", "VIP"]);
  expect([await one.shown(), await other.shown()]).toEqual([1, 0]);
  // The older of two tellings comes last.
  await tags(one.shop, "removed", []);
  await tags(one.shop, "added", []);
  expect(await one.shown()).toBe(0);
});

test("of two readings at once the older answer is not what stays", async () => {
  const shop = await aShop();
  await tell(shop, "customers/create", customerPayload(7));
  atShopify = ["VIP"];
  let late: (() => void) | undefined;
  // The first answer is on its way for so long that a second reading overtakes it.
  const slow = async (document: string, question: { id: string }) => {
    const answer = await query(document, question);
    if (!late) await new Promise<void>((resolve) => (late = resolve));
    return answer;
  };
  const read = (ask: typeof query) =>
    customersJobs(testPorts({ adminFor: async () => ({ query: ask }) as AdminClient }))[
      "customers.read-tags"
    ]({
      shopId: shop.id,
      customerGid: CUSTOMER,
    });
  const first = read(slow);
  await expect.poll(() => late !== undefined).toBe(true);
  atShopify = [];
  await read(query);
  late!();
  await first;
  const { tags: stored } = await inShop(shop.id, (tx) => tx.customer.findFirstOrThrow());
  expect(stored).toEqual([]);
});

test("tags that are told before their customer wait; who was forgotten gets none", async () => {
  const shop = await aShop();
  const stored = () => inShop(shop.id, (tx) => tx.customer.findFirst({ select: { tags: true } }));
  await tags(shop, "added", ["VIP"]);
  expect(await stored()).toBeNull();
  await tell(shop, "customers/create", customerPayload(7));
  await tags(shop, "added", ["VIP"]);
  expect(await stored()).toEqual({ tags: ["VIP"] });
  await inShop(shop.id, (tx) => forgetCustomer(tx, shop.id, CUSTOMER, new Date()));
  await tags(shop, "added", ["VIP"]);
  expect(await stored()).toEqual({ tags: [] });
});
