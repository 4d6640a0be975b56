/** Offers for what is in a collection: from Shopify's webhook over its products to the decision. */
import { expect, test } from "vitest";
import { forgetShopMemory } from "#app/api/shop-memory.server";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { collectionsOf } from "#app/orders/collections.server";
import { collectionsJobs, collectionsSweeps } from "#app/worker/collections-jobs.server";
import { aProduct, boughtTogether } from "../../tests/factories/catalogue";
import { servedHotPaths } from "../../tests/factories/http";
import { drainEverything, inboxRow } from "../../tests/factories/inbox";
import { drainOnly } from "../../tests/factories/jobs";
import { aLiveOffer, aMoment, askForOffers } from "../../tests/factories/offers";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";

const web = servedHotPaths();

const SEATS = "gid://shopify/Collection/71";

async function aShopWithSeats() {
  const shop = await aShop({}, { holdoutPercent: 0 });
  const chair = await aProduct(shop, { title: "Chair", priceMinor: 12_900 });
  const cushion = await aProduct(shop, { title: "Cushion", priceMinor: 3_995 });
  await boughtTogether(shop, chair, cushion);
  await aLiveOffer(shop, { targeting: { collectionGids: [SEATS] } });
  return { shop, chair, cushion };
}

const told = (overrides = {}) => ({
  id: 71,
  title: "Seats",
  updated_at: "2026-11-02T00:00:00Z",
  ...overrides,
});

async function tell(shop: Shop, topic: string, payload: object): Promise<void> {
  await inboxRow(shop, topic, payload);
  await drainEverything();
}

/** Shopify's collections: gid → its pages of products. */
type Shelf = Record<string, { title: string; pages: string[][] }>;

/** Runs what waits, against a shop with these collections. */
async function readFromShopify(shelf: Shelf): Promise<void> {
  const admin = {
    query: async <Data>(document: string, variables?: Record<string, unknown>) => {
      if (document.includes("query Collections(")) {
        const nodes = Object.entries(shelf).map(([id, { title }]) => ({
          id,
          title,
          updatedAt: "2026-11-03T00:00:00Z",
        }));
        return { collections: { nodes, pageInfo: { hasNextPage: false, endCursor: null } } } as Data;
      }
      const found = shelf[String(variables?.id)];
      if (!found) return { collection: null } as Data;
      const page = Number(variables?.after ?? 0);
      const pageInfo = { hasNextPage: page + 1 < found.pages.length, endCursor: String(page + 1) };
      return {
        collection: { products: { nodes: found.pages[page]!.map((id) => ({ id })), pageInfo } },
      } as Data;
    },
  };
  await drainOnly(collectionsJobs(testPorts({ adminFor: async () => admin })));
  forgetShopMemory();
}

const listed = (shop: Shop) => inShop(shop.id, (tx) => collectionsOf(tx, shop.id));

test("an offer for a collection is shown with its products, page for page, in its own shop only", async () => {
  const [one, other] = [await aShopWithSeats(), await aShopWithSeats()];
  const ask = async ({ shop, chair }: typeof one) =>
    (await askForOffers(web.url, shop, aMoment([chair]))).placements.length;
  await tell(one.shop, "collections/create", told());
  expect(await ask(one)).toBe(0);
  await readFromShopify({
    [SEATS]: { title: "Seats", pages: [["gid://shopify/Product/1"], [one.chair.productGid]] },
  });
  expect([await ask(one), await ask(other)]).toEqual([1, 0]);
  expect(await listed(one.shop)).toEqual([{ gid: SEATS, title: "Seats", products: 2 }]);
  expect(await listed(other.shop)).toEqual([]);
});

test("what leaves a collection leaves its offers; a deleted one reaches nobody", async () => {
  const { shop, chair, cushion } = await aShopWithSeats();
  await tell(shop, "collections/update", told());
  await readFromShopify({ [SEATS]: { title: "Seats", pages: [[chair.productGid]] } });
  await tell(shop, "collections/update", told({ title: "Soft seats", updated_at: "2026-11-04T00:00:00Z" }));
  await readFromShopify({ [SEATS]: { title: "Soft seats", pages: [[cushion.productGid]] } });
  expect((await askForOffers(web.url, shop, aMoment([chair]))).placements).toEqual([]);
  await tell(shop, "collections/update", told({ title: "Old news", updated_at: "2026-11-01T00:00:00Z" }));
  expect(await listed(shop)).toEqual([{ gid: SEATS, title: "Soft seats", products: 1 }]);
  await tell(shop, "collections/delete", { id: 71 });
  expect(await listed(shop)).toEqual([]);
  // A telling that comes late brings nothing back: Shopify no longer knows it.
  await tell(shop, "collections/update", told());
  await readFromShopify({});
  expect(await listed(shop)).toEqual([]);
});

test("once a day all collections are looked at, and those are gone that Shopify no longer has", async () => {
  const { shop, chair } = await aShopWithSeats();
  await tell(shop, "collections/create", told({ id: 72, title: "Gone" }));
  const day = (number: number) => testPorts({ now: () => new Date(Date.UTC(2026, 10, number, 12)) });
  const sweep = collectionsSweeps[0]!;
  expect(await sweep.run(day(22))).toBeGreaterThan(0);
  await readFromShopify({ [SEATS]: { title: "Seats", pages: [[chair.productGid]] } });
  expect(await listed(shop)).toEqual([{ gid: SEATS, title: "Seats", products: 1 }]);
  expect(await sweep.run(day(22))).toBe(0);
  expect(await sweep.run(day(24))).toBeGreaterThan(0);
  // Unchanged since it was read: not read again.
  await readFromShopify({ [SEATS]: { title: "Seats", pages: [[]] } });
  expect(await listed(shop)).toEqual([{ gid: SEATS, title: "Seats", products: 1 }]);
});
