/** Cases and reviews as steps of a journey: what they do, and what they wait for. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { listCases, openCase, solveCase } from "#app/cases/cases.server";
import { inShop } from "#app/db/in-shop.server";
import type { Order, Shop } from "#app/generated/prisma/client";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { BrandSchema } from "#app/shops/settings";
import { aProduct } from "../../tests/factories/catalogue";
import {
  agreesToMarketing,
  aJourney,
  hears,
  messagesOf,
  onlyJourneys,
  sweepAndHear,
  sweepJourneys,
} from "../../tests/factories/journeys";
import { anOrderToTell } from "../../tests/factories/messages";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";
import type { Step } from "./definition";
import { simulate } from "./simulate.server";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

/** A Sunday, 13:00 in the shop. */
const NOW = new Date("2026-11-22T12:00:00Z");
const HOUR = 60 * 60 * 1000;
const after = (hours: number) => new Date(NOW.getTime() + hours * HOUR);
const CALL: Step = { id: "help", type: "open-case", caseType: "product-question", note: "Explain the pump" };
const ASK: Step = { id: "ask", type: "review-ask", channels: ["email"] };
const REVIEWS = "https://reviews.example/shop";

async function aShopOfItsOwn(...steps: Step[]): Promise<{ shop: Shop; order: Order; journeyId: string }> {
  const shop = await aShop({}, { brand: BrandSchema.parse({ reviewUrl: REVIEWS }) });
  await onlyJourneys(shop);
  const journeyId = await aJourney(shop, { steps });
  const order = await anOrderToTell(shop);
  await agreesToMarketing(shop, order);
  return { shop, order, journeyId };
}

const casesIn = async (shop: Shop) =>
  (await inShop(shop.id, (tx) => listCases(tx, shop.id, { state: "open", page: 0 }))).cases;

async function needsHelp(shop: Shop, { gid: orderGid, customerGid }: Order): Promise<() => Promise<void>> {
  const entry = { kind: "told" as const, text: "Broken", sourceKey: `test:${orderGid}` };
  const input = { type: "damaged", source: "staff", person: { orderGid, customerGid }, entry } as const;
  const { caseId } = await inShop(shop.id, (tx) => openCase(tx, shop.id, input, NOW));
  return async () => void (await inShop(shop.id, (tx) => solveCase(tx, shop.id, caseId, "901", after(30))));
}

test("a step opens a case once, and only here", async () => {
  const [{ shop, order }, { shop: other }] = [await aShopOfItsOwn(CALL), await aShopOfItsOwn(CALL)];
  for (let time = 0; time < 2; time++) await hears(shop, { fact: "order.placed", orderGid: order.gid }, NOW);
  expect(await casesIn(shop)).toMatchObject([
    { type: "product-question", source: "journey", orderGid: order.gid, customerGid: order.customerGid },
  ]);
  expect(await casesIn(other)).toEqual([]);
});

test("a review is asked for at once where nothing is wrong, with the link to the shop's review page", async () => {
  const { shop, order } = await aShopOfItsOwn(ASK);
  await hears(shop, { fact: "order.placed", orderGid: order.gid }, after(0));
  const message = await inShop(shop.id, (tx) => tx.message.findFirstOrThrow());
  expect(message).toMatchObject({
    templateKey: "review",
    state: "queued",
    variables: { reviewUrl: REVIEWS },
  });
});

test("while a case is open the ask waits; it comes once the case is solved", async () => {
  const { shop, order } = await aShopOfItsOwn(ASK);
  const solve = await needsHelp(shop, order);
  await hears(shop, { fact: "order.placed", orderGid: order.gid }, NOW);
  await sweepJourneys(after(25));
  expect(await messagesOf(shop)).toEqual([]);
  await solve();
  await sweepJourneys(after(50));
  expect(await messagesOf(shop)).toEqual(["review queued"]);
});

test("without a review page it leads to the product; without either nobody is asked", async () => {
  const { shop, order } = await aShopOfItsOwn(ASK);
  await inShop(shop.id, (tx) => tx.shopSettings.update({ where: { shopId: shop.id }, data: { brand: {} } }));
  await hears(shop, { fact: "order.placed", orderGid: order.gid }, NOW);
  const ways = await inShop(shop.id, (tx) => tx.enrolment.findMany());
  expect(ways).toMatchObject([{ state: "finished", reason: "no-review-page" }]);
  const product = await aProduct(shop);
  const bought = await anOrderToTell(shop);
  await inShop(shop.id, (tx) =>
    tx.lineItem.updateMany({ where: { orderGid: bought.gid }, data: { variantGid: product.variantGid } }),
  );
  await hears(shop, { fact: "order.placed", orderGid: bought.gid }, NOW);
  const { variables } = await inShop(shop.id, (tx) => tx.message.findFirstOrThrow());
  expect(JSON.stringify(variables)).toContain(`https://${shop.domain}/products/`);
});

test("what happens to a case starts journeys", async () => {
  const { shop, order } = await aShopOfItsOwn({ id: "rest", type: "wait", mode: "duration", minutes: 1 });
  await aJourney(shop, {
    trigger: { fact: "case.solved", filters: [] },
    steps: [{ id: "call", type: "phone-task", note: "Is it all right now?" }],
  });
  await inShop(shop.id, (tx) => tx.order.updateMany({ data: { phone: "+49301234567" } }));
  const solve = await needsHelp(shop, order);
  await sweepAndHear(after(29));
  expect(await inShop(shop.id, (tx) => tx.phoneTask.count())).toBe(0);
  await solve();
  await sweepAndHear(after(31));
  expect(await inShop(shop.id, (tx) => tx.phoneTask.count())).toBe(1);
});

test("the simulation says what the ask waits for, and goes on as if it were settled", async () => {
  const { shop, order, journeyId } = await aShopOfItsOwn(ASK);
  await needsHelp(shop, order);
  const journey = (
    await inShop(shop.id, (tx) => tx.journeyVersion.findFirstOrThrow({ where: { journeyId } }))
  ).definition as never;
  const config = { appUrl: "https://app.example", secret: testPorts().secret, now: NOW };
  const foretold = await inShop(shop.id, (tx) =>
    simulate(tx, shop.id, { journeyId, definition: journey }, { orderGid: order.gid }, config),
  );
  expect(foretold!.steps).toMatchObject([
    { step: { id: "ask" }, outcome: "done", reason: "assumed-settled" },
  ]);
  expect(await messagesOf(shop)).toEqual([]);
});
