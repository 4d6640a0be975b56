/** The pool behind an offer's codes: filled again before the last one is given. */
import { expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import { offersJobs } from "#app/worker/offers-jobs.server";
import type { AcceptOfferResponse } from "../../extensions/shared/contract";
import { aProduct, boughtTogether } from "../../tests/factories/catalogue";
import { callAsExtension, servedHotPaths } from "../../tests/factories/http";
import { drainOnly } from "../../tests/factories/jobs";
import { aLiveOffer, aMoment, askForOffers } from "../../tests/factories/offers";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";
import { shopifyDiscounts } from "../../tests/factories/shopify-discounts";

const web = servedHotPaths();

test("after the first shopper nobody waits, and Shopify is asked once for many codes", async () => {
  const shop = await aShop({}, { holdoutPercent: 0 });
  const [chair, cushion] = [await aProduct(shop), await aProduct(shop)];
  await boughtTogether(shop, chair, cushion);
  await aLiveOffer(shop, { discountPercent: 15 });
  const shopify = shopifyDiscounts();
  const jobs = offersJobs(testPorts({ adminFor: async () => shopify.admin, now: () => new Date() }));
  const { "offers.create-code": createCode, "offers.refill-codes": refillCodes } = jobs;
  const accept = async () => {
    const { decisionId } = await askForOffers(web.url, shop, aMoment([chair]));
    const body = { decisionId, position: 1 };
    const answer = await callAsExtension<AcceptOfferResponse>(web.url, shop, "/api/offers/accept", body);
    await drainOnly({ "offers.create-code": createCode, "offers.refill-codes": refillCodes });
    return answer.body;
  };
  expect((await accept()).status).toBe("preparing");
  const given = new Set<string | null>();
  for (let shopper = 0; shopper < 24; shopper++) {
    const answer = await accept();
    if (answer.status !== "accepted") throw new Error(`shopper ${shopper} had to wait`);
    given.add(answer.code);
  }
  expect(given.size).toBe(24);
  expect(shopify.discounts).toHaveLength(1);
  // 10 at first, then 5 or more each time: far from one request per shopper.
  expect(shopify.calls.filter((call) => call === "AddOfferCodes").length).toBeLessThan(8);
  const unused = await inShop(shop.id, (tx) =>
    tx.offerCode.count({ where: { shopId: shop.id, decisionId: null, state: "created" } }),
  );
  expect(unused).toBeGreaterThanOrEqual(5);
});
