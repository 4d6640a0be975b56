/** No more offers are live at a time than shoppers can be shown: in a real database, for two shops. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { forgetShopMemory } from "#app/api/shop-memory.server";
import { inShop } from "#app/db/in-shop.server";
import { newId } from "#app/db/id";
import type { Prisma, Shop } from "#app/generated/prisma/client";
import { EMPTY_OFFER, type OfferForm } from "#app/offers/offer";
import { moveOffer, offerById, publishStarterOffer } from "#app/offers/offers.server";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { aProduct } from "../../../tests/factories/catalogue";
import { servedHotPaths } from "../../../tests/factories/http";
import { aLiveOffer, aMoment, askForOffers } from "../../../tests/factories/offers";
import { aShop } from "../../../tests/factories/shop";
import { carryOut } from "./carry-out.server";

const web = servedHotPaths();
beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

const form: OfferForm = { ...EMPTY_OFFER, name: "One more" };
const REFUSED = {
  problems: { "": "At most 100 offers can be live at a time: pause one first." },
};

/** For a product that nobody buys. */
const APART = {
  ...{ selection: "pinned", productGid: "gid://shopify/Product/404" },
  targeting: { productGids: ["gid://shopify/Product/404"] },
};

async function liveOffers(shop: Shop, count: number, more: Partial<Prisma.OfferUncheckedCreateInput> = {}) {
  const one = await aLiveOffer(shop, { name: "Apart", ...APART, ...more });
  const rest = Array.from({ length: count - 1 }, () => ({ ...one, id: newId(new Date()) }));
  await inShop(shop.id, (tx) =>
    tx.offer.createMany({ data: rest.map((row) => ({ ...row, liveTimes: undefined })) as never }),
  );
  forgetShopMemory();
  return one.id;
}

function ask(shop: Shop, id: string | null, intent: "save" | "publish" | "pause", change = {}) {
  const wish = { intent, form: { ...form, ...change }, seen: null };
  return inShop(shop.id, (tx) => carryOut(tx, shop, id, wish, new Date()));
}

const statusOf = async (shop: Shop, id: string) =>
  (await inShop(shop.id, (tx) => offerById(tx, shop.id, id)))!.status;

test("the one too many is refused, whichever way; pausing one makes room, and another shop has its own", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const first = await liveOffers(shop, 99);
  const draft = await ask(shop, null, "save");
  const last = await ask(shop, null, "publish");
  if (!("created" in draft) || !("created" in last)) throw new Error("not made");
  expect(await ask(shop, null, "publish")).toEqual(REFUSED);
  expect(await ask(shop, draft.created, "publish")).toEqual(REFUSED);
  const publish = () => inShop(shop.id, (tx) => moveOffer(tx, shop.id, draft.created, "publish", new Date()));
  expect(await publish()).toEqual({ status: "too-many" });
  await inShop(shop.id, (tx) => publishStarterOffer(tx, shop, 30, new Date()));
  expect(await statusOf(shop, draft.created)).toBe("draft");
  expect(await ask(shop, last.created, "save", { name: "Renamed" })).toMatchObject({ saved: "Offer saved" });
  expect(await ask(other, null, "publish")).toHaveProperty("created");

  expect(await ask(shop, first, "pause")).toMatchObject({ saved: "Offer paused" });
  expect(await publish()).toEqual({ status: "moved" });
  expect(await ask(shop, first, "publish")).toEqual(REFUSED);
});

test("two that are published at once do not both take the last place", async () => {
  const shop = await aShop();
  await liveOffers(shop, 99);
  const results = await Promise.all([ask(shop, null, "publish"), ask(shop, null, "publish")]);
  expect(results.filter((result) => "created" in result)).toHaveLength(1);
  expect(results).toContainEqual(REFUSED);
});

const DAY = 86_400_000;
const day = (by: number) => new Date(Date.now() + by * DAY).toISOString().slice(0, 10);

test("ended, used-up and later offers take no place before their time, and hide none that runs", async () => {
  const shop = await aShop({}, { holdoutPercent: 0, offerFloor: 0 });
  const [chair, lamp] = [
    await aProduct(shop, { priceMinor: 12_900 }),
    await aProduct(shop, { priceMinor: 3_000 }),
  ];
  await liveOffers(shop, 60, { endsAt: new Date(Date.now() - DAY) });
  await liveOffers(shop, 60, { capTotal: 1, taken: 1 });
  const later = { startsAt: new Date(Date.now() + 5 * DAY), endsAt: new Date(Date.now() + 9 * DAY) };
  await liveOffers(shop, 100, later);
  const lampOffer = { selection: "pinned" as const, productGid: lamp.productGid, discountPercent: 0 };
  expect(await ask(shop, null, "publish", lampOffer)).toEqual(REFUSED);
  expect(await ask(shop, null, "publish", { ...lampOffer, startsOn: day(6), endsOn: day(7) })).toEqual(
    REFUSED,
  );
  const made = await ask(shop, null, "publish", { ...lampOffer, endsOn: day(2) });
  if (!("created" in made)) throw new Error("not made");
  forgetShopMemory();
  const { placements } = await askForOffers(web.url, shop, aMoment([chair]));
  expect(placements).toMatchObject([{ offerId: made.created }]);
  // Living longer would meet those that begin later.
  expect(await ask(shop, made.created, "save", lampOffer)).toEqual(REFUSED);
  expect(await ask(shop, made.created, "save", { ...lampOffer, endsOn: day(3) })).toHaveProperty("saved");
  expect(await ask(shop, null, "publish", { ...lampOffer, startsOn: day(12) })).toHaveProperty("created");
});

test("a used-up offer comes back only where there is a place, and can be renamed without one", async () => {
  const shop = await aShop();
  const used = await liveOffers(shop, 1, {
    capTotal: 1,
    taken: 1,
    selection: "complementary",
    productGid: null,
  });
  await inShop(shop.id, (tx) =>
    tx.placement.create({
      data: {
        ...{ shopId: shop.id, decisionId: newId(new Date()), position: 1, kind: "offer", candidateId: used },
        ...{ personKey: "order:1", surface: "thank-you", score: 1, propensity: 1 },
        ...{ decidedAt: new Date(), acceptedAt: new Date() },
      },
    }),
  );
  await liveOffers(shop, 100);
  expect(await ask(shop, used, "save", { capTotal: 1, name: "Renamed" })).toHaveProperty("saved");
  expect(await ask(shop, used, "save", { capTotal: 2 })).toEqual(REFUSED);
  expect(await ask(shop, used, "save", { capTotal: null })).toEqual(REFUSED);
});
