/** What no honest page would send, and what a shop's data should never hold: no offer or a clear answer, nothing given twice. */
import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { forgetShopMemory } from "#app/api/shop-memory.server";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import type {
  AcceptOfferResponse,
  DecideResponse,
  OfferPlacement,
  OutcomeResponse,
} from "../../extensions/shared/contract";
import { aProduct, boughtTogether, type TestProduct } from "../../tests/factories/catalogue";
import { callAsExtension, servedHotPaths } from "../../tests/factories/http";
import { aLiveOffer, aMoment, askForOffers } from "../../tests/factories/offers";
import { aShop } from "../../tests/factories/shop";
import { extensionToken } from "../../tests/factories/tokens";

const web = servedHotPaths();

async function anOfferedCushion(offer: Parameters<typeof aLiveOffer>[1] = {}) {
  const shop = await aShop({}, { holdoutPercent: 0 });
  const chair = await aProduct(shop, { title: "Chair", priceMinor: 12_900 });
  const cushion = await aProduct(shop, { title: "Cushion", priceMinor: 3_995 });
  await boughtTogether(shop, chair, cushion);
  return { shop, chair, cushion, offer: await aLiveOffer(shop, { discountPercent: 0, ...offer }) };
}

async function accept(shop: Pick<Shop, "domain">, decisionId: string | null, position = 1) {
  const path = "/api/offers/accept";
  return callAsExtension<AcceptOfferResponse>(web.url, shop, path, { decisionId, position });
}

const offered = ({ placements }: DecideResponse) =>
  placements.map((one) => (one as OfferPlacement).productId);
const acceptances = (shop: Shop) =>
  inShop(shop.id, async (tx) => ({
    placements: await tx.placement.count({ where: { acceptedAt: { not: null } } }),
    codes: await tx.offerCode.count(),
  }));

test("a product that the shop does not know: the rest of the order still counts, and nothing breaks", async () => {
  const { shop, chair, cushion } = await anOfferedCushion();
  const unknown: TestProduct = {
    productGid: "gid://shopify/Product/404",
    variantGid: "gid://shopify/ProductVariant/404",
    title: "Ghost",
    priceMinor: 1_000,
  };
  expect(offered(await askForOffers(web.url, shop, aMoment([unknown, chair])))).toEqual([cushion.productGid]);
  const alone = await askForOffers(web.url, shop, aMoment([unknown]));
  expect(offered(alone)).not.toContain(unknown.productGid);
  for (const productId of ["", "404", "gid://shopify/Order/1", '\'; DROP TABLE "Offer"; --']) {
    const lines = [{ productId, variantId: productId, quantity: 1, amountMinor: 100 }];
    const answer = await askForOffers(web.url, shop, aMoment([], { lines }));
    expect(offered(answer)).not.toContain(productId);
  }
});

test("sold out or deleted between look and click: unavailable, nothing is given, and it is not shown again", async () => {
  for (const change of ["sold-out", "deleted-offer", "archived-offer"] as const) {
    const { shop, chair, cushion, offer } = await anOfferedCushion();
    const { decisionId } = await askForOffers(web.url, shop, aMoment([chair]));
    await inShop(shop.id, async (tx) => {
      if (change === "sold-out") {
        await tx.variant.updateMany({ where: { gid: cushion.variantGid }, data: { available: false } });
      } else if (change === "archived-offer") {
        await tx.offer.updateMany({ where: { id: offer.id }, data: { status: "archived" } });
      } else {
        await tx.offer.deleteMany({ where: { id: offer.id } });
      }
    });
    forgetShopMemory();
    expect([change, (await accept(shop, decisionId)).body]).toEqual([change, { status: "unavailable" }]);
    expect(await acceptances(shop)).toEqual({ placements: 0, codes: 0 });
    expect(offered(await askForOffers(web.url, shop, aMoment([chair])))).not.toContain(cushion.productGid);
  }
});

test("another shop's decision can be neither taken nor told about, whoever asks", async () => {
  const [one, other] = [await anOfferedCushion({ discountPercent: 10 }), await anOfferedCushion()];
  const { decisionId } = await askForOffers(web.url, one.shop, aMoment([one.chair]));
  expect((await accept(other.shop, decisionId)).body).toEqual({ status: "unavailable" });
  for (const outcome of ["impression", "click", "dismissal"]) {
    const told = { decisionId, position: 1, outcome };
    const { body } = await callAsExtension<OutcomeResponse>(web.url, other.shop, "/api/outcomes", told);
    expect(body.status).toBe("unknown");
  }
  expect(await acceptances(one.shop)).toEqual({ placements: 0, codes: 0 });
  expect(await acceptances(other.shop)).toEqual({ placements: 0, codes: 0 });
});

test("a replayed request with its old token does nothing a second time", async () => {
  const { shop, chair } = await anOfferedCushion({ capTotal: 5 });
  const { decisionId } = await askForOffers(web.url, shop, aMoment([chair]));
  const token = extensionToken(shop.domain);
  const replay = () =>
    callAsExtension<AcceptOfferResponse>(
      web.url,
      shop,
      "/api/offers/accept",
      { decisionId, position: 1 },
      { token },
    );
  const answers = [];
  for (let times = 0; times < 4; times++) answers.push((await replay()).body);
  expect(new Set(answers.map((answer) => JSON.stringify({ ...answer, expiresAt: "" }))).size).toBe(1);
  const taken = await inShop(shop.id, (tx) => tx.offer.findFirstOrThrow());
  expect([(await acceptances(shop)).placements, taken.taken]).toEqual([1, 1]);
  const outcome = { decisionId, position: 1, outcome: "click" };
  const tell = () => callAsExtension<OutcomeResponse>(web.url, shop, "/api/outcomes", outcome, { token });
  expect([(await tell()).body.status, (await tell()).body.status]).toEqual(["recorded", "already-recorded"]);
});

test("ten clicks at once are one acceptance, with one code", async () => {
  const { shop, chair } = await anOfferedCushion({ discountPercent: 20, capTotal: 3 });
  const { decisionId } = await askForOffers(web.url, shop, aMoment([chair]));
  const clicks = await Promise.all(Array.from({ length: 10 }, () => accept(shop, decisionId)));
  expect(new Set(clicks.map(({ body }) => body.status))).toEqual(new Set(["preparing"]));
  expect(await acceptances(shop)).toEqual({ placements: 1, codes: 1 });
  expect((await inShop(shop.id, (tx) => tx.offer.findFirstOrThrow())).taken).toBe(1);
});

test("placements that were never made, or make no sense, are refused", async () => {
  const { shop, chair } = await anOfferedCushion();
  const { decisionId } = await askForOffers(web.url, shop, aMoment([chair]));
  expect((await accept(shop, randomUUID())).body).toEqual({ status: "unavailable" });
  expect((await accept(shop, decisionId, 2)).body).toEqual({ status: "unavailable" });
  for (const [id, position] of [
    ["x", 1],
    [decisionId, 0],
    [decisionId, 1.5],
    [decisionId, 4],
    [null, 1],
  ] as const) {
    const { status, body } = await accept(shop, id, position);
    expect([status, body.status]).toEqual([400, "malformed"]);
  }
});

test("of a thousand products the best ones are weighed, and one is shown", async () => {
  const { shop, chair } = await anOfferedCushion();
  const numbers = Array.from({ length: 1_000 }, (_, index) => 500_000 + index);
  await inShop(shop.id, async (tx) => {
    const gid = (number: number) => `gid://shopify/Product/${number}`;
    await tx.product.createMany({
      data: numbers.map((number) => ({
        shopId: shop.id,
        gid: gid(number),
        title: `Thing ${number}`,
        tags: [],
      })),
    });
    await tx.variant.createMany({
      data: numbers.map((number) => ({
        shopId: shop.id,
        gid: `gid://shopify/ProductVariant/${number}`,
        productGid: gid(number),
        title: "Default Title",
        priceMinor: 1_000 + (number % 700),
      })),
    });
    await tx.productPopularity.createMany({
      data: numbers.map((number) => ({
        shopId: shop.id,
        productGid: gid(number),
        orders: number % 97,
        learntAt: new Date(),
      })),
    });
  });
  for (let count = 0; count < 60; count++) await aLiveOffer(shop, { name: `Offer ${count}` });
  const answer = await askForOffers(web.url, shop, aMoment([chair]));
  expect(answer.placements).toHaveLength(1);
  const stored = await inShop(shop.id, (tx) =>
    tx.decision.findFirstOrThrow({ where: { id: answer.decisionId! } }),
  );
  expect(stored.candidates.byteLength).toBeLessThan(16_000);
});

test("an order of five hundred lines is answered, one of more is refused", async () => {
  const { shop, chair } = await anOfferedCushion();
  const [line] = aMoment([chair]).lines;
  const lines = (count: number) => Array.from({ length: count }, () => ({ ...line!, amountMinor: 20 }));
  expect((await askForOffers(web.url, shop, aMoment([], { lines: lines(500) }))).placements).toHaveLength(1);
  const request = { block: "offers", moment: aMoment([], { lines: lines(501) }) };
  const refused = await callAsExtension<{ status: string }>(web.url, shop, "/api/decide", request);
  expect([refused.status, refused.body.status]).toEqual([400, "malformed"]);
});

test.each<[string, { priceMinor?: number; costMinor?: number | null }, boolean]>([
  ["no cost is known", { costMinor: null }, true],
  ["its cost makes no sense", { costMinor: -500 }, true],
  ["it costs more than it brings", { costMinor: 5_000 }, false],
  ["it costs nothing", { costMinor: 0 }, true],
  ["it has no price", { priceMinor: 0, costMinor: null }, false],
])("where %s, values stay numbers", async (_name, cushion, shown) => {
  const shop = await aShop({}, { holdoutPercent: 0 });
  const chair = await aProduct(shop, { priceMinor: 12_900 });
  const product = await aProduct(shop, { priceMinor: 3_995, ...cushion });
  await boughtTogether(shop, chair, product);
  await aLiveOffer(shop, { selection: "pinned", productGid: product.productGid });
  const answer = await askForOffers(web.url, shop, aMoment([chair]));
  expect(answer.placements).toHaveLength(shown ? 1 : 0);
  expect(JSON.stringify(answer)).not.toMatch(/NaN|Infinity|null,"discountedMinor"/);
});

test.each(["NaN", "Infinity", "-1e400", '"12"', "1.5", "null"])(
  "an amount of %s is refused",
  async (amount) => {
    const { shop, chair } = await anOfferedCushion();
    const body = JSON.stringify({ block: "offers", moment: aMoment([chair]) }).replace(
      `"amountMinor":${chair.priceMinor}`,
      `"amountMinor":${amount}`,
    );
    const { status } = await callAsExtension(web.url, shop, "/api/decide", body);
    expect(status).toBe(400);
    expect(await inShop(shop.id, (tx) => tx.decision.count())).toBe(0);
  },
);
