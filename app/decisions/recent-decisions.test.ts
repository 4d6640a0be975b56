/** What stored decisions say, from decisions that were made through the front door. */
import { expect, test } from "vitest";
import { forgetShopMemory } from "#app/api/shop-memory.server";
import { inShop } from "#app/db/in-shop.server";
import { aProduct, boughtTogether } from "../../tests/factories/catalogue";
import { servedHotPaths } from "../../tests/factories/http";
import { aLiveOffer, aMoment, askForOffers } from "../../tests/factories/offers";
import { anOrder } from "../../tests/factories/orders";
import { aShop } from "../../tests/factories/shop";
import { latestDecisions } from "./explain.server";
import { floorReach, offerReasons } from "./recent-decisions.server";

const web = servedHotPaths();

const since = () => ({ from: new Date(Date.now() - 60_000), to: new Date(Date.now() + 60_000) });

async function aChairShop(offer = {}) {
  const shop = await aShop({}, { holdoutPercent: 0, offerFloor: 0 });
  const chair = await aProduct(shop, { title: "Oak chair", priceMinor: 10_000 });
  const cushion = await aProduct(shop, { title: "Wool cushion", priceMinor: 4_000, costMinor: 1_000 });
  await boughtTogether(shop, chair, cushion);
  return { shop, chair, offer: await aLiveOffer(shop, { surfaces: ["thank-you"], ...offer }) };
}

test("how far offers reached, per place, in this shop only", async () => {
  const { shop, chair } = await aChairShop();
  const other = await aChairShop();
  await askForOffers(web.url, shop, aMoment([chair]));
  await askForOffers(web.url, shop, aMoment([chair]));
  await askForOffers(web.url, shop, aMoment([chair], { surface: "order-status" }));
  const read = (shopId: number) => inShop(shopId, (tx) => floorReach(tx, shopId, since()));
  const [thanks, ...others] = await read(shop.id);
  expect(thanks).toMatchObject({ surface: "thank-you", decisions: 2 });
  // 26.00 left of the price with 10 % off, times a chance of some percent, of an order of 100.00.
  expect(thanks!.reach.every((reach) => reach > 0 && reach < 0.26)).toBe(true);
  // No floor would have changed that there is nothing to offer there.
  expect(others).toEqual([]);
  expect(await read(other.shop.id)).toEqual([]);
});

test("at the floor that held, those who would see none are those who saw none", async () => {
  const { shop, chair } = await aChairShop();
  await inShop(shop.id, (tx) =>
    tx.shopSettings.update({ where: { shopId: shop.id }, data: { offerFloor: 0.02 } }),
  );
  forgetShopMemory();
  let none = 0;
  // Orders of 20.00 to 400.00.
  for (let visit = 0; visit < 60; visit++) {
    const moment = aMoment([chair]);
    moment.lines[0]!.amountMinor = Math.round(2_000 * Math.exp(3 * ((visit * 0.618034) % 1)));
    const { placements } = await askForOffers(web.url, shop, moment);
    if (placements.length === 0) none++;
  }
  const [place] = await inShop(shop.id, (tx) => floorReach(tx, shop.id, since()));
  expect(none).toBeGreaterThan(10);
  expect(place!.decisions).toBe(60);
  expect(place!.reach.filter((reach) => reach < 0.02)).toHaveLength(none);
});

test("an order that cost nothing is past every floor, also once a page has been sent it", async () => {
  const { shop, chair } = await aChairShop();
  const moment = aMoment([chair]);
  moment.lines[0]!.amountMinor = 0;
  expect((await askForOffers(web.url, shop, moment)).placements).toHaveLength(1);
  const places = await inShop(shop.id, (tx) => floorReach(tx, shop.id, since()));
  expect(JSON.parse(JSON.stringify(places))[0].reach[0]).toBeGreaterThan(1);
});

test("an offer's reasons add up to the decisions of its places", async () => {
  const { shop, chair, offer } = await aChairShop({ targeting: { countries: ["DE"] } });
  await askForOffers(web.url, shop, aMoment([chair], { country: "DE" }));
  await askForOffers(web.url, shop, aMoment([chair], { country: "FR" }));
  await askForOffers(web.url, shop, aMoment([chair], { surface: "order-status", country: "DE" }));
  const { decisions, reasons } = await inShop(shop.id, (tx) => offerReasons(tx, shop.id, offer, since()));
  expect(decisions).toBe(2);
  expect(reasons).toHaveLength(2);
  expect(reasons).toContainEqual({ reason: "not-targeted", decisions: 1 });
});

test("a decision is found by order name, email and full name, and nobody finds another shop's", async () => {
  const { shop, chair } = await aChairShop();
  const other = await aChairShop();
  const order = await anOrder(shop, { name: "#1001" });
  await askForOffers(web.url, shop, aMoment([chair], { orderId: order.gid }), order.customerGid!);
  await askForOffers(web.url, shop, aMoment([chair]));
  const find = (shopId: number, about: string) =>
    inShop(
      shopId,
      async (tx) => (await latestDecisions(tx, shopId, { block: "offers", limit: 9, about })).length,
    );
  for (const about of ["1001", "#1001", " CUSTOMER-7@example.com", "ada lovelace", "Lovelace"])
    expect([about, await find(shop.id, about), await find(other.shop.id, about)]).toEqual([about, 1, 0]);
  expect(await find(shop.id, "#9999")).toBe(0);
  expect(await find(shop.id, "<script>' OR 1=1 %")).toBe(0);
});
