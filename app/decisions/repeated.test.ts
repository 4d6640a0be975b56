/** A page that is opened again within half an hour: it promises what its answer gives, and knows what was said elsewhere. */
import { expect, test } from "vitest";
import { forgetShopMemory } from "#app/api/shop-memory.server";
import { inShop } from "#app/db/in-shop.server";
import { stopExperiment } from "#app/experiments/experiments.server";
import type { Prisma, Shop } from "#app/generated/prisma/client";
import type { AcceptOfferResponse, OfferPlacement } from "../../extensions/shared/contract";
import { aRunningExperiment } from "../../tests/factories/experiments";
import { aFurnitureShop, tell } from "../../tests/factories/furniture-shop";
import { callAsExtension, servedHotPaths } from "../../tests/factories/http";
import { aMoment, askForOffers } from "../../tests/factories/offers";

const web = servedHotPaths();

async function accept(shop: Shop, decisionId: string | null): Promise<AcceptOfferResponse> {
  const body = { decisionId, position: 1 };
  return (await callAsExtension<AcceptOfferResponse>(web.url, shop, "/api/offers/accept", body)).body;
}

async function changeOffer(shop: Shop, data: Prisma.OfferUpdateManyMutationInput): Promise<void> {
  await inShop(shop.id, (tx) => tx.offer.updateMany({ where: { shopId: shop.id }, data }));
  forgetShopMemory();
}

async function first(shop: Shop, moment: ReturnType<typeof aMoment>) {
  const { decisionId, placements } = await askForOffers(web.url, shop, moment);
  return { decisionId, offer: placements[0] as OfferPlacement };
}

test("where another variant would be offered now, the one that is shown is the one that is taken", async () => {
  const { shop, chair, cushion } = await aFurnitureShop();
  await changeOffer(shop, { discountPercent: 0, acceptBy: "cart" });
  const red = { shopId: shop.id, gid: cushion.variantGid };
  await inShop(shop.id, async (tx) => {
    await tx.variant.updateMany({ where: red, data: { available: false, title: "Red", position: 1 } });
    const blue = { title: "Blue", priceMinor: 3_995, available: true, position: 2 };
    await tx.variant.create({
      data: { shopId: shop.id, gid: `${red.gid}9`, productGid: cushion.productGid, ...blue },
    });
  });
  forgetShopMemory();
  const moment = aMoment([chair]);
  expect((await first(shop, moment)).offer.variantTitle).toBe("Blue");
  await inShop(shop.id, (tx) => tx.variant.updateMany({ where: red, data: { available: true } }));
  forgetShopMemory();
  const again = await first(shop, moment);
  const taken = await accept(shop, again.decisionId);
  expect(taken).toMatchObject({
    cartUrl: expect.stringContaining(`/cart/${again.offer.variantId.split("/").at(-1)}:1`),
  });
});

test("a discount that was lowered is shown as it is, and can be had", async () => {
  const { shop, chair } = await aFurnitureShop();
  const moment = aMoment([chair]);
  await first(shop, moment);
  await changeOffer(shop, { discountPercent: 5 });
  const again = await first(shop, moment);
  expect(again.offer.discountPercent).toBe(5);
  expect((await accept(shop, again.decisionId)).status).toBe("preparing");
});

test("after an experiment has ended, the price shown again is the price that is given", async () => {
  const { shop, chair, offer } = await aFurnitureShop({ offerFloor: 0 });
  await changeOffer(shop, { discountPercent: 20 });
  const change = { subject: "offer" as const, subjectId: offer.id, change: { discountPercent: 5 } };
  const id = await aRunningExperiment(shop, change);
  forgetShopMemory();
  let moment = aMoment([chair]);
  while ((await first(shop, moment)).offer?.discountPercent !== 5) moment = aMoment([chair]);
  await inShop(shop.id, (tx) => stopExperiment(tx, shop.id, id, new Date()));
  forgetShopMemory();
  const again = await first(shop, moment);
  await accept(shop, again.decisionId);
  const given = await inShop(shop.id, (tx) =>
    tx.offerDiscount.findFirstOrThrow({ where: { shopId: shop.id } }),
  );
  expect(given.discountPercent).toBe(again.offer.discountPercent);
});

test("a no on one page holds on the page that was opened beside it, in its shop", async () => {
  const [{ shop, chair }, other] = [await aFurnitureShop(), await aFurnitureShop()];
  const thanks = aMoment([chair]);
  const status = { ...thanks, surface: "order-status" as const };
  const said = await first(shop, thanks);
  expect((await askForOffers(web.url, shop, status)).placements).toHaveLength(1);
  const elsewhere = { ...aMoment([other.chair]), orderId: thanks.orderId };
  await askForOffers(web.url, other.shop, elsewhere);
  await tell(web.url, shop, said.decisionId!, "dismissal");
  expect((await askForOffers(web.url, shop, thanks)).placements).toEqual([]);
  expect((await askForOffers(web.url, shop, status)).placements).toEqual([]);
  expect((await askForOffers(web.url, other.shop, elsewhere)).placements).toHaveLength(1);
});

test.each([{ capTotal: 1 }, { capPerShopper: 1 }])(
  "who took the last one finds it again: %j",
  async (cap) => {
    const { shop, chair } = await aFurnitureShop();
    await changeOffer(shop, cap);
    const moment = aMoment([chair]);
    const { decisionId } = await first(shop, moment);
    await tell(web.url, shop, decisionId!, "impression");
    await accept(shop, decisionId);
    forgetShopMemory();
    expect((await askForOffers(web.url, shop, moment)).placements).toMatchObject([{ accepted: true }]);
  },
);

test("a page that is asked about several times at once, among others, gets one answer", async () => {
  const { shop, chair } = await aFurnitureShop({ offerFloor: 0 });
  for (let round = 0; round < 5; round++) {
    const moment = aMoment([chair]);
    const others = Array.from({ length: 12 }, () => askForOffers(web.url, shop, aMoment([chair])));
    const same = await Promise.all([1, 2, 3].map(() => askForOffers(web.url, shop, moment)));
    await Promise.all(others);
    expect(new Set(same.map(({ decisionId }) => decisionId)).size).toBe(1);
  }
});
