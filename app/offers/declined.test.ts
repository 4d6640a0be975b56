/** What a "not for me" silences, and for how long. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import type { OfferPlacement } from "../../extensions/shared/contract";
import { aProduct, boughtTogether } from "../../tests/factories/catalogue";
import { callAsExtension, startHotPaths } from "../../tests/factories/http";
import { aLiveOffer, aMoment, askForOffers } from "../../tests/factories/offers";
import { aShop } from "../../tests/factories/shop";

let web: Awaited<ReturnType<typeof startHotPaths>>;
beforeAll(async () => (web = await startHotPaths()));
afterAll(() => web.stop());

const CUSTOMER = "gid://shopify/Customer/51";
const PLACES = ["thank-you", "order-status"] as const;

/** A shop that sells a chair, and two things that go with it. */
async function aFurnitureShop() {
  const shop = await aShop({}, { holdoutPercent: 0, offerFloor: 0 });
  const [chair, cushion, rug] = [await aProduct(shop), await aProduct(shop), await aProduct(shop)];
  await boughtTogether(shop, chair, cushion);
  await boughtTogether(shop, chair, rug);
  return { shop, chair, cushion, rug };
}
type Furniture = Awaited<ReturnType<typeof aFurnitureShop>>;

/** What the customer is shown with a new order. */
async function shownNow({ shop, chair }: Furniture, surface: (typeof PLACES)[number] = "thank-you") {
  const { decisionId, placements } = await askForOffers(
    web.url,
    shop,
    aMoment([chair], { surface }),
    CUSTOMER,
  );
  return { decisionId, products: placements.map((one) => (one as OfferPlacement).productId) };
}

async function decline(shop: Shop, decisionId: string | null): Promise<void> {
  const outcome = { decisionId, position: 1, outcome: "dismissal" };
  const { status } = await callAsExtension(web.url, shop, "/api/outcomes", outcome);
  expect(status).toBe(200);
}

/** As if it had been said so many days ago. */
async function saidBefore(shop: Shop, days: number): Promise<void> {
  const dismissedAt = new Date(Date.now() - days * 24 * 60 * 60 * 1000);
  const said = { shopId: shop.id, dismissedAt: { not: null } };
  await inShop(shop.id, (tx) => tx.placement.updateMany({ where: said, data: { dismissedAt } }));
  // What was merely seen would count towards the three of a week.
  await inShop(shop.id, (tx) => tx.touch.deleteMany({ where: { shopId: shop.id } }));
}

test("a declined companion stays away for 90 days and its offer for 7, everywhere; then another one may come", async () => {
  const furniture = await aFurnitureShop();
  const { shop, cushion, rug } = furniture;
  await aLiveOffer(shop, { surfaces: [...PLACES] });
  const neighbour = await aFurnitureShop();
  await aLiveOffer(neighbour.shop, { surfaces: [...PLACES] });

  const first = await shownNow(furniture);
  const [declined] = first.products;
  const other = declined === rug.productGid ? cushion.productGid : rug.productGid;
  await decline(shop, first.decisionId);
  for (const place of PLACES) expect((await shownNow(furniture, place)).products).toEqual([]);
  expect((await shownNow(neighbour)).products).toHaveLength(1);

  await saidBefore(shop, 6.9);
  expect((await shownNow(furniture)).products).toEqual([]);
  for (const days of [7.1, 89.9]) {
    await saidBefore(shop, days);
    for (const place of PLACES) expect((await shownNow(furniture, place)).products).toEqual([other]);
  }
});

test("a declined product stays away also where another offer has it, which has others to show at once", async () => {
  const furniture = await aFurnitureShop();
  const { shop, cushion, rug } = furniture;
  await aLiveOffer(shop, { selection: "pinned", productGid: cushion.productGid });
  const first = await shownNow(furniture);
  expect(first.products).toEqual([cushion.productGid]);
  await decline(shop, first.decisionId);

  await saidBefore(shop, 89.9);
  expect((await shownNow(furniture)).products).toEqual([]);

  await aLiveOffer(shop, {});
  expect((await shownNow(furniture)).products).toEqual([rug.productGid]);
});
