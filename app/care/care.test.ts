/** Thanks, reassurance and help: only where the merchant wants them, only where no offer stands. */
import { expect, test } from "vitest";
import { forgetShopMemory } from "#app/api/shop-memory.server";
import { CareSchema } from "#app/shops/care";
import { aProduct, boughtTogether } from "../../tests/factories/catalogue";
import { servedHotPaths } from "../../tests/factories/http";
import { aLiveOffer, aMoment, askForOffers } from "../../tests/factories/offers";
import { aShop } from "../../tests/factories/shop";

const web = servedHotPaths();

const ON = { appreciation: true, reassurance: true, help: true };

async function aCaringShop(settings = {}, care: object = ON) {
  const shop = await aShop({}, { holdoutPercent: 0, careTexts: CareSchema.parse(care), ...settings });
  const chair = await aProduct(shop, { priceMinor: 12_900 });
  const cushion = await aProduct(shop, { priceMinor: 3_995 });
  await boughtTogether(shop, chair, cushion);
  forgetShopMemory();
  return { shop, chair };
}

async function kindsFor(settings: object, care: object, moment: object): Promise<string[]> {
  const { shop, chair } = await aCaringShop(settings, care);
  const { placements } = await askForOffers(web.url, shop, aMoment([chair], moment));
  return placements.map(({ kind }) => kind);
}

test("a first buyer is reassured, a returning one thanked, one at a time", async () => {
  const both = { appreciation: true, reassurance: true };
  expect(await kindsFor({}, both, { isFirstOrder: true })).toEqual(["reassurance"]);
  expect(await kindsFor({}, both, { isFirstOrder: false })).toEqual(["appreciation"]);
  expect(await kindsFor({}, both, {})).toEqual([]);
  const three = { surfaceRules: { "thank-you": { floor: null, offersAtOnce: 3 } } };
  expect(await kindsFor(three, ON, { isFirstOrder: true })).toHaveLength(1);
});

test("nothing is said that the merchant did not switch on, nor before the purchase", async () => {
  expect(await kindsFor({}, {}, { isFirstOrder: true })).toEqual([]);
  expect(await kindsFor({ surfaces: { "thank-you": false } }, ON, { isFirstOrder: true })).toEqual([]);
  const checkout = { surface: "checkout", orderId: undefined, checkoutToken: "t", isFirstOrder: true };
  expect(await kindsFor({}, ON, checkout)).toEqual([]);
});

test("an offer comes first, and the holdout is not comforted", async () => {
  const { shop, chair } = await aCaringShop();
  await aLiveOffer(shop);
  const shown = await askForOffers(web.url, shop, aMoment([chair], { isFirstOrder: true }));
  expect(shown.placements.map(({ kind }) => kind)).toEqual(["offer"]);
  const held = await aCaringShop({ holdoutPercent: 100 });
  await aLiveOffer(held.shop);
  const moment = aMoment([held.chair], { isFirstOrder: true });
  expect((await askForOffers(web.url, held.shop, moment)).placements).toEqual([]);
});

test("below the floor there is help instead of an offer", async () => {
  const { shop, chair } = await aCaringShop(
    { offerFloor: 0.2 },
    { help: true, contactUrl: "https://shop.example/help" },
  );
  await aLiveOffer(shop);
  const { placements } = await askForOffers(web.url, shop, aMoment([chair]));
  expect(placements).toMatchObject([{ kind: "help", contactUrl: "https://shop.example/help" }]);
});

test("the merchant's words are used in their language, ours in the others", async () => {
  const texts = { de: { ...CARE_TEXTS, appreciation: { heading: "Hallo!", text: "Danke." } } };
  const { shop, chair } = await aCaringShop({ locales: ["en", "de", "fr"] }, { appreciation: true, texts });
  const say = async (locale: string) => {
    const moment = aMoment([chair], { locale, isFirstOrder: false });
    return (await askForOffers(web.url, shop, moment)).placements[0];
  };
  expect(await say("de-AT")).toMatchObject({ heading: "Hallo!", text: "Danke." });
  expect(await say("fr")).toMatchObject({ heading: "Heureux de vous revoir" });
  expect(await say("es")).toMatchObject({ heading: "Good to have you back" });
});

const CARE_TEXTS = {
  appreciation: { heading: "", text: "" },
  reassurance: { heading: "", text: "", points: [] },
  help: { heading: "", questions: [] },
};
