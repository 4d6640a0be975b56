/** What shops have in common reaches a new one; what is a single shop's does not. */
import { expect, test } from "vitest";
import { forgetShopMemory, memoryOf } from "#app/api/shop-memory.server";
import { acrossShops, inShop } from "#app/db/in-shop.server";
import { aShop } from "../../tests/factories/shop";
import { candidateFeatures, contextFeatures } from "./model/features";
import { learn } from "./model/learning";
import { believeIn, emptyModel } from "./model/model";
import { LEAST_SHOPS } from "./model/average";
import { shareModels } from "./share-models.server";
import { LAYOUT, packModel } from "./model/state";
import { beliefFrom, priorLogOdds } from "./model/worth";

const NOW = new Date("2026-11-22T12:00:00Z");
const PRIOR = 0.03;
const tea = { kind: "offer", id: "one shop's own", subject: "tea", features: { category: "Tea" } };
const lamp = { kind: "offer", id: "another", subject: "lamp", features: { category: "Lamps" } };

async function aShopThatSells(likesTea: number): Promise<void> {
  const shop = await aShop();
  const model = emptyModel();
  for (let index = 0; index < 600; index++) {
    const example = { context: contextFeatures({ device: "phone" }), prior: priorLogOdds(PRIOR) };
    const isTea = index % 2 === 0;
    const taken = index % (isTea ? likesTea : 100) === 0;
    learn(model, { ...example, candidate: candidateFeatures(isTea ? tea : lamp), taken });
  }
  const row = { state: await packModel(model), learnt: model.learnt, updatedAt: NOW };
  await inShop(shop.id, (tx) =>
    tx.decisionModel.create({ data: { shopId: shop.id, layout: LAYOUT, ...row } }),
  );
}

async function believedByNewcomer() {
  const newcomer = await aShop();
  forgetShopMemory();
  const { learnt } = await memoryOf(newcomer.id);
  const own = { ...tea, id: "the newcomer's own", subject: "its tea" };
  const other = { ...lamp, id: "also its own", subject: "its lamp" };
  const context = contextFeatures({ device: "phone" });
  const odds = believeIn(learnt.model, context, [own, other, tea].map(candidateFeatures));
  return odds.map((one) => beliefFrom(one, PRIOR));
}

test("a new shop starts from what twenty shops learnt of traits, not from fewer, nor from their own offers", async () => {
  for (let shop = 1; shop < LEAST_SHOPS; shop++) await aShopThatSells(4 + (shop % 3) * 2);
  expect(await acrossShops((tx) => shareModels(tx, NOW))).toBe(0);
  const [before] = await believedByNewcomer();
  expect(before!.probability).toBeCloseTo(PRIOR, 2);

  await aShopThatSells(4);
  expect(await acrossShops((tx) => shareModels(tx, NOW))).toBe(LEAST_SHOPS);
  const [itsTea, itsLamp, sameName] = await believedByNewcomer();
  expect(itsTea!.probability).toBeGreaterThan(1.5 * itsLamp!.probability);
  expect(sameName).toEqual(itsTea);
});
