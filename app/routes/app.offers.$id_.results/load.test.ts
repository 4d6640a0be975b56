/** What an offer's results page says of why it was shown: in a real database, after real decisions, for two shops. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { forgetShopMemory } from "#app/api/shop-memory.server";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { EMPTY_OFFER, type OfferForm } from "#app/offers/offer";
import { createOffer, moveOffer, saveOffer, type OfferStep } from "#app/offers/offers.server";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { aProduct, boughtTogether } from "../../../tests/factories/catalogue";
import { servedHotPaths } from "../../../tests/factories/http";
import { aLiveOffer, aMoment, askForOffers } from "../../../tests/factories/offers";
import { aShop } from "../../../tests/factories/shop";
import { loadResults } from "./load.server";

const web = servedHotPaths();
beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

const form: OfferForm = { ...EMPTY_OFFER, name: "Advent", discountPercent: 0 };

async function aScene() {
  const shop = await aShop({}, { holdoutPercent: 0, offerFloor: 0 });
  const chair = await aProduct(shop, { title: "Chair", priceMinor: 12_900 });
  await boughtTogether(shop, chair, await aProduct(shop, { priceMinor: 3_995 }));
  const made = new Date(Date.now() - 60_000);
  const id = await inShop(shop.id, (tx) => createOffer(tx, shop, form, "draft", made));
  const look = async (times: number, shown: boolean) => {
    for (let time = 0; time < times; time++) {
      const { placements } = await askForOffers(web.url, shop, aMoment([chair]));
      expect(placements.length > 0).toBe(shown);
    }
  };
  const change = async (work: Parameters<typeof inShop>[1]) => {
    await inShop(shop.id, work);
    forgetShopMemory();
  };
  return {
    ...{ shop, id, look },
    move: (step: OfferStep) => change((tx) => moveOffer(tx, shop.id, id, step, new Date())),
    save: (days: Partial<OfferForm>) =>
      change((tx) => saveOffer(tx, shop, id, { ...form, ...days }, new Date())),
  };
}

async function reasonsOf(shop: Shop, id: string) {
  const { reasons } = await loadResults(new Request("http://admin.example/?days=30"), { id }, shop);
  return Object.fromEntries(reasons.reasons.map(({ reason, decisions }) => [reason, decisions]));
}

test("moments at which the offer was a draft, paused or over say nothing of its products", async () => {
  const { shop, id, look, move, save } = await aScene();
  await look(6, false);
  expect(await reasonsOf(shop, id)).toEqual({});
  await move("publish");
  await look(2, true);
  await move("pause");
  await look(2, false);
  expect(await reasonsOf(shop, id)).toEqual({ shown: 2 });
  await move("publish");
  await look(1, true);
  await save({ startsOn: "2036-01-01" });
  await look(3, false);
  expect(await reasonsOf(shop, id)).toEqual({ shown: 3 });
  // Its days are changed back: the time for which it waited stays out.
  await save({});
  await look(1, true);
  await save({ name: "Advent too" });
  expect(await reasonsOf(shop, id)).toEqual({ shown: 4 });
  await move("archive");
  await move("restore");
  await look(1, false);
  expect(await reasonsOf(shop, id)).toEqual({ shown: 4 });
});

test("where nothing of a live offer fits it says so; an offer from before counts from its making; both in their shop only", async () => {
  const [{ shop, look }, other] = [await aScene(), await aScene()];
  const nothing = await aLiveOffer(shop, {
    ...{ selection: "pinned", productGid: "gid://shopify/Product/404" },
    createdAt: new Date(Date.now() - 60_000),
  });
  await look(2, false);
  await other.look(1, false);
  expect(await reasonsOf(shop, nothing.id)).toEqual({ "not-proposed": 2 });
  await inShop(shop.id, (tx) => moveOffer(tx, shop.id, nothing.id, "pause", new Date()));
  await look(3, false);
  expect(await reasonsOf(shop, nothing.id)).toEqual({ "not-proposed": 2 });
  const theirs = loadResults(new Request("http://admin.example/?days=30"), { id: nothing.id }, other.shop);
  await expect(theirs).rejects.toMatchObject({ status: 404 });
  const moved = await inShop(other.shop.id, (tx) =>
    moveOffer(tx, other.shop.id, nothing.id, "publish", new Date()),
  );
  expect(moved.status).toBe("not-possible");
});
