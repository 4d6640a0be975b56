/** Decisions through the front door: real HTTP, real tokens, a real database. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { forgetShopMemory } from "#app/api/shop-memory.server";
import { placeHold } from "#app/contact-policy/contact-policy.server";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import type { OfferPlacement } from "../../extensions/shared/contract";
import { aProduct, boughtTogether } from "../../tests/factories/catalogue";
import { callAsExtension, startHotPaths } from "../../tests/factories/http";
import { aLiveOffer, aMoment, askForOffers } from "../../tests/factories/offers";
import { aShop } from "../../tests/factories/shop";
import type { DecisionContext } from "./decision";
import { isHeldOut, replay } from "./judge";
import { unpackCandidates } from "./stored-candidates";

let web: Awaited<ReturnType<typeof startHotPaths>>;
beforeAll(async () => (web = await startHotPaths()));
afterAll(() => web.stop());

const NO_HOLDOUT = { holdoutPercent: 0 };

/** A shop that sells a chair, and a cushion that goes with it. */
async function aFurnitureShop(settings = {}) {
  const shop = await aShop({}, { ...NO_HOLDOUT, locales: ["en", "de"], ...settings });
  const chair = await aProduct(shop, { title: "Oak chair", category: "Chairs", priceMinor: 12_900 });
  const cushion = await aProduct(shop, { title: "Wool cushion", category: "Cushions", priceMinor: 3_995 });
  await boughtTogether(shop, chair, cushion);
  const offer = await aLiveOffer(shop, {
    texts: { en: { headline: "One more", body: "" }, de: { headline: "Dazu", body: "" } },
  });
  return { shop, chair, cushion, offer };
}

async function storedDecision(shop: Shop, id: string) {
  return inShop(shop.id, (tx) =>
    tx.decision.findUniqueOrThrow({
      where: { shopId_id: { shopId: shop.id, id } },
      include: { placements: true },
    }),
  );
}

async function tell(shop: Shop, decisionId: string, outcome: string, position = 1) {
  const { body } = await callAsExtension<{ status: string }>(web.url, shop, "/api/outcomes", {
    decisionId,
    position,
    outcome,
  });
  return body.status;
}

async function reasons(shop: Shop, decisionId: string): Promise<(string | undefined)[]> {
  const { candidates } = await storedDecision(shop, decisionId);
  return unpackCandidates(candidates).map(({ reason }) => reason);
}

test("what goes with the order is offered, with its reason and the exact price", async () => {
  const { shop, chair, cushion, offer } = await aFurnitureShop();
  const answer = await askForOffers(web.url, shop, aMoment([chair], { locale: "de-AT" }));
  expect(answer.placements).toEqual([
    {
      kind: "offer",
      position: 1,
      offerId: offer.id,
      productId: cushion.productGid,
      variantId: cushion.variantGid,
      title: "Wool cushion",
      headline: "Dazu",
      goesWith: "Oak chair",
      reasons: [{ code: "goes-with", product: "Oak chair" }],
      acceptBy: "code",
      priceMinor: 3_995,
      discountedMinor: 3_595,
      currency: "EUR",
      discountPercent: 10,
      validDays: 14,
    },
  ]);
});

test("the decision is stored with candidates, scores and propensities, and replays to the same answer", async () => {
  const { shop, chair, cushion } = await aFurnitureShop();
  for (let index = 0; index < 12; index++)
    await boughtTogether(shop, chair, await aProduct(shop), 0.05 + index / 100);
  forgetShopMemory();
  const { decisionId } = await askForOffers(web.url, shop, aMoment([chair]));
  const decision = await storedDecision(shop, decisionId!);
  const candidates = unpackCandidates(decision.candidates);

  expect(candidates).toHaveLength(13);
  expect(candidates.map(({ subject }) => subject)).toContain(cushion.productGid);
  const chosen = decision.placements.map(({ position, subject, propensity }) => ({
    position,
    subject,
    propensity,
  }));
  const total = candidates.reduce((sum, { propensity }) => sum + propensity, 0);
  expect(total).toBeGreaterThan(0.99);
  expect(total).toBeLessThanOrEqual(1.00001);

  const again = replay(decision.seed, decision.context as unknown as DecisionContext, candidates);
  expect(
    again.map(({ index, position, propensity }) => ({
      position,
      subject: candidates[index]!.subject,
      propensity,
    })),
  ).toEqual(chosen);
});

test("a page that is opened again gets the same answer, and stores no second one", async () => {
  const { shop, chair } = await aFurnitureShop();
  const moment = aMoment([chair]);
  const first = await askForOffers(web.url, shop, moment);
  const second = await askForOffers(web.url, shop, {
    ...moment,
    orderId: moment.orderId.replace("OrderIdentity", "Order"),
  });
  expect(second).toEqual(first);
  expect(await inShop(shop.id, (tx) => tx.decision.count({ where: { shopId: shop.id } }))).toBe(1);
});

test("a page that asks several times at once is told the same each time, once", async () => {
  const { shop, chair } = await aFurnitureShop();
  const moment = aMoment([chair]);
  const first = await askForOffers(web.url, shop, moment);
  await tell(shop, first.decisionId!, "impression");
  // Those that arrive while the first is answered are decided together.
  const again = await Promise.all(Array.from({ length: 6 }, () => askForOffers(web.url, shop, moment)));
  for (const answer of again) expect(answer).toEqual(first);
  // One impression is one, however many ask: the next order has two left of three.
  const later = await Promise.all(
    Array.from({ length: 6 }, () => askForOffers(web.url, shop, aMoment([chair]))),
  );
  expect(later.map(({ placements }) => placements.length)).toEqual(Array(6).fill(1));
});

test("outcomes are recorded once, and an impression uses up attention", async () => {
  const { shop, chair } = await aFurnitureShop();
  const { decisionId } = await askForOffers(web.url, shop, aMoment([chair]));
  expect(await tell(shop, decisionId!, "impression")).toBe("recorded");
  expect(await tell(shop, decisionId!, "impression")).toBe("already-recorded");
  expect(await tell(shop, decisionId!, "click")).toBe("recorded");
  expect(await tell(shop, decisionId!, "impression", 2)).toBe("unknown");
  const touches = await inShop(shop.id, (tx) => tx.touch.findMany({ where: { shopId: shop.id } }));
  expect(touches).toMatchObject([{ kind: "offer", channel: "thank-you", marketing: true }]);
});

test("what was dismissed does not come back: not on this page, not with the next order", async () => {
  const { shop, chair } = await aFurnitureShop();
  const customer = "gid://shopify/Customer/77";
  const moment = aMoment([chair]);
  const first = await askForOffers(web.url, shop, moment, customer);
  expect(await tell(shop, first.decisionId!, "dismissal")).toBe("recorded");

  expect((await askForOffers(web.url, shop, moment, customer)).placements).toEqual([]);
  const next = await askForOffers(web.url, shop, aMoment([chair]), customer);
  expect(next.placements).toEqual([]);
  expect(await reasons(shop, next.decisionId!)).toEqual(["dismissed"]);
  const stranger = await askForOffers(web.url, shop, aMoment([chair]), "gid://shopify/Customer/78");
  expect(stranger.placements).toHaveLength(1);
});

test("what was taken is shown as taken on this page, and not offered again anywhere else", async () => {
  await startQueue("web");
  try {
    const { shop, chair } = await aFurnitureShop();
    const moment = aMoment([chair]);
    const first = await askForOffers(web.url, shop, moment);
    const { decisionId } = first;
    expect(first.placements[0]).not.toHaveProperty("accepted");
    await callAsExtension(web.url, shop, "/api/offers/accept", { decisionId, position: 1 });

    const again = await askForOffers(web.url, shop, moment);
    expect(again).toEqual({ decisionId, placements: [{ ...first.placements[0], accepted: true }] });
    const elsewhere = await askForOffers(web.url, shop, { ...moment, surface: "order-status" });
    expect(elsewhere.placements).toEqual([]);
    expect(await reasons(shop, elsewhere.decisionId!)).toEqual(["taken"]);
  } finally {
    await stopQueue();
  }
});

test("three offers seen in a week are enough", async () => {
  const { shop, chair } = await aFurnitureShop();
  const customer = "gid://shopify/Customer/79";
  for (let visit = 0; visit < 3; visit++) {
    const { decisionId } = await askForOffers(web.url, shop, aMoment([chair]), customer);
    await tell(shop, decisionId!, "impression");
  }
  const fourth = await askForOffers(web.url, shop, aMoment([chair]), customer);
  expect(fourth.placements).toEqual([]);
  expect(await reasons(shop, fourth.decisionId!)).toEqual(["capped"]);
});

test("a shopper with an open case sees no offer", async () => {
  const { shop, chair } = await aFurnitureShop();
  const personKey = "gid://shopify/Customer/80";
  const hold = {
    personKey,
    reason: "open-case",
    sourceKey: "case:1",
    startsAt: new Date(Date.now() - 1_000),
  };
  await inShop(shop.id, (tx) => placeHold(tx, shop.id, hold));
  const { decisionId, placements } = await askForOffers(web.url, shop, aMoment([chair]), personKey);
  expect(placements).toEqual([]);
  expect(await reasons(shop, decisionId!)).toEqual(["hold"]);
});

test("nothing is shown below the floor, on a surface that is off, or to the holdout", async () => {
  const high = await aFurnitureShop({ offerFloor: 0.5 });
  const below = await askForOffers(web.url, high.shop, aMoment([high.chair]));
  expect(below.placements).toEqual([]);
  expect(await reasons(high.shop, below.decisionId!)).toEqual(["below-floor"]);

  const surfaces = { "thank-you": false, "order-status": true, message: true };
  const off = await aFurnitureShop({ surfaces });
  const hidden = await askForOffers(web.url, off.shop, aMoment([off.chair]));
  expect(await reasons(off.shop, hidden.decisionId!)).toEqual(["surface-off"]);
  expect(
    (await askForOffers(web.url, off.shop, aMoment([off.chair], { surface: "order-status" }))).placements,
  ).toHaveLength(1);

  const half = await aFurnitureShop({ holdoutPercent: 50 });
  for (let number = 1; number <= 12; number++) {
    const customer = `gid://shopify/Customer/${number}`;
    const { placements } = await askForOffers(web.url, half.shop, aMoment([half.chair]), customer);
    expect(placements).toHaveLength(isHeldOut(half.shop.id, customer, 50) ? 0 : 1);
  }
});

test("a buyer who did not allow analytics is not linked to their customer", async () => {
  const { shop, chair } = await aFurnitureShop();
  const moment = aMoment([chair], { mayLink: false });
  const { decisionId } = await askForOffers(web.url, shop, moment, "gid://shopify/Customer/81");
  const decision = await storedDecision(shop, decisionId!);
  expect(decision.customerGid).toBeNull();
  expect(decision.personKey).toBe(`order:${moment.orderId.replace("OrderIdentity", "Order")}`);
});

test("the checkout editor gets sample content, and nothing is stored", async () => {
  const { shop, chair, cushion } = await aFurnitureShop();
  const answer = await askForOffers(web.url, shop, aMoment([chair], { preview: true }));
  expect(answer.decisionId).toBeNull();
  expect((answer.placements[0] as OfferPlacement).productId).toBe(cushion.productGid);
  expect(await inShop(shop.id, (tx) => tx.decision.count({ where: { shopId: shop.id } }))).toBe(0);
});

test("what is sold out, ordered already, excluded, unprofitable or in another currency is not offered", async () => {
  const shop = await aShop({}, NO_HOLDOUT);
  const chair = await aProduct(shop, { priceMinor: 5_000 });
  const soldOut = await aProduct(shop, { available: false });
  const excluded = await aProduct(shop);
  const unprofitable = await aProduct(shop, { priceMinor: 2_000, costMinor: 1_900 });
  const draft = await aProduct(shop, { status: "DRAFT" });
  for (const other of [soldOut, excluded, unprofitable, draft]) await boughtTogether(shop, chair, other);
  await aLiveOffer(shop, { excludedGids: [excluded.productGid] });
  expect((await askForOffers(web.url, shop, aMoment([chair, excluded]))).placements).toEqual([]);

  const good = await aProduct(shop);
  await boughtTogether(shop, chair, good);
  forgetShopMemory();
  expect((await askForOffers(web.url, shop, aMoment([chair], { currency: "USD" }))).placements).toEqual([]);
  expect((await askForOffers(web.url, shop, aMoment([chair]))).placements).toMatchObject([
    { productId: good.productGid },
  ]);
});

test("a shop without any history still has something to offer", async () => {
  const shop = await aShop({}, NO_HOLDOUT);
  const [bought, other] = [await aProduct(shop), await aProduct(shop)];
  await aLiveOffer(shop);
  expect((await askForOffers(web.url, shop, aMoment([bought]))).placements).toMatchObject([
    { productId: other.productGid, goesWith: null },
  ]);
});

test("one shop sees and changes nothing of another", async () => {
  const one = await aFurnitureShop();
  const other = await aShop({}, NO_HOLDOUT);
  const { decisionId } = await askForOffers(web.url, one.shop, aMoment([one.chair]));
  expect(await tell(other, decisionId!, "dismissal")).toBe("unknown");
  expect((await askForOffers(web.url, other, aMoment([one.chair]))).placements).toEqual([]);
  expect((await storedDecision(one.shop, decisionId!)).placements).toMatchObject([{ dismissedAt: null }]);
});

test("bad input is refused with what is wrong", async () => {
  const { shop, chair } = await aFurnitureShop();
  const moment = { ...aMoment([chair]), orderId: "1; drop table" };
  const refused = await callAsExtension<{ problems: string[] }>(web.url, shop, "/api/decide", {
    block: "offers",
    moment,
  });
  expect(refused.status).toBe(400);
  expect(refused.body.problems[0]).toContain("orderId");
  const forged = await callAsExtension(
    web.url,
    shop,
    "/api/decide",
    { block: "offers", moment: aMoment([chair]) },
    { token: "a.b.c" },
  );
  expect(forged.status).toBe(401);
  expect(forged.headers.get("access-control-allow-origin")).toBe("*");
});

test("what Postgres cannot keep is taken out of a request, not answered with an error", async () => {
  const { shop, chair } = await aFurnitureShop();
  const moment = aMoment([chair], { checkoutToken: "a\0b\ud83d" });
  const { decisionId } = await askForOffers(web.url, shop, moment);
  expect((await storedDecision(shop, decisionId!)).checkoutToken).toBe("ab");
});
