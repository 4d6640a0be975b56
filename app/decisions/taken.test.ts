/** Answers and joins that name their decision: the ranking learns from them. */
import { expect, test } from "vitest";
import { forgetShopMemory } from "#app/api/shop-memory.server";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import type { DecideResponse } from "../../extensions/shared/contract";
import { tell } from "../../tests/factories/furniture-shop";
import { callAsExtension, servedHotPaths } from "../../tests/factories/http";
import { aProgram } from "../../tests/factories/loyalty";
import { aShop } from "../../tests/factories/shop";
import { aLiveSurvey } from "../../tests/factories/surveys";
import { learnOutcomes } from "./learn.server";

const web = servedHotPaths();

const NOW = new Date("2026-11-22T12:00:00Z");

function momentOf(order: string) {
  return {
    surface: "thank-you",
    orderId: `gid://shopify/OrderIdentity/${order}`,
    checkoutToken: `checkout-${order}`,
    locale: "en",
  };
}

async function decideOn(shop: Shop, block: "surveys" | "loyalty", order: string) {
  forgetShopMemory();
  const moment = { ...momentOf(order), currency: "EUR", lines: [] };
  const { body } = await callAsExtension<DecideResponse>(web.url, shop, "/api/decide", { block, moment });
  expect(body.placements).toHaveLength(1);
  return { decisionId: body.decisionId!, moment: momentOf(order) };
}

async function statusOf(shop: Shop, path: string, body: object): Promise<string> {
  const answer = await callAsExtension<{ status: string }>(web.url, shop, path, body);
  expect(answer.status).toBe(200);
  return answer.body.status;
}

/** How often each kind was shown and taken, as the ranking sees it. */
async function learnt(shop: Shop) {
  return inShop(shop.id, async (tx) => {
    await learnOutcomes(tx, shop.id, NOW);
    return tx.candidateStats.findMany({ select: { kind: true, shown: true, accepted: true } });
  });
}

test("who saw the recommendation question on a page is not asked it by mail for a while", async () => {
  const shop = await aShop({}, { holdoutPercent: 0 });
  await aLiveSurvey(shop, { surfaces: ["thank-you"], timing: "purchase" });
  const { decisionId } = await decideOn(shop, "surveys", "5");
  expect(await tell(web.url, shop, decisionId, "impression")).toBe("recorded");
  const seen = await inShop(shop.id, (tx) => tx.touch.findMany({ where: { shopId: shop.id } }));
  expect(seen.map(({ kind }) => kind).sort()).toEqual(["nps", "survey"]);
});

test("a whole answer is an acceptance of the placement, once; an unfinished one is not", async () => {
  const [shop, other] = [await aShop({}, { holdoutPercent: 0 }), await aShop()];
  const survey = await aLiveSurvey(shop, { surfaces: ["thank-you"], timing: "purchase" });
  const shown = await decideOn(shop, "surveys", "1");
  const answer = (complete: boolean) =>
    statusOf(shop, "/api/surveys/answer", {
      surveyId: survey.id,
      ...shown,
      answers: { recommend: 9 },
      complete,
    });
  expect(await answer(false)).toBe("saved");
  expect(await learnt(shop)).toEqual([]);
  expect(await answer(true)).toBe("recorded");
  expect(await answer(true)).toBe("already-answered");
  expect(await learnt(shop)).toEqual([{ kind: "survey", shown: 1, accepted: 1 }]);
  expect(await learnt(other)).toEqual([]);
});

test("joining is an acceptance of the invitation, once", async () => {
  const shop = await aShop({}, { holdoutPercent: 0 });
  await aProgram(shop);
  const shown = await decideOn(shop, "loyalty", "2");
  const join = () => statusOf(shop, "/api/loyalty/join", { ...shown, consentText: "I join." });
  expect(await join()).toBe("joined");
  expect(await join()).toBe("already-member");
  expect(await learnt(shop)).toEqual([{ kind: "loyalty-join", shown: 1, accepted: 1 }]);
});

test("a decision about another order, or of another shop, is left as it is", async () => {
  const [shop, other] = [await aShop({}, { holdoutPercent: 0 }), await aShop({}, { holdoutPercent: 0 })];
  for (const one of [shop, other]) await aProgram(one);
  const shown = await decideOn(shop, "loyalty", "2");
  const joining = { ...shown, consentText: "I join." };
  const elsewhere = { ...joining, moment: momentOf("4") };
  expect(await statusOf(shop, "/api/loyalty/join", elsewhere)).toBe("joined");
  expect(await statusOf(other, "/api/loyalty/join", joining)).toBe("joined");
  expect(await learnt(shop)).toEqual([]);
  expect(await learnt(other)).toEqual([]);
});
