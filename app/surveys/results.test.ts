import { afterAll, beforeAll, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import { newId } from "#app/db/id";
import type { Shop } from "#app/generated/prisma/client";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { aShop } from "../../tests/factories/shop";
import { aLiveSurvey, resultsOf } from "../../tests/factories/surveys";
import { commentsOf, listResponses, submitResponse, surveyResults } from "./surveys.server";
import type { Survey } from "./survey";
import type { Answers } from "./check-answers";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

let order = 0;
type Given = { at?: string; channel?: string; order?: number };

async function given(shop: Shop, survey: Survey, answers: Answers, options: Given = {}): Promise<void> {
  const { at = "2026-11-20T12:00:00Z", channel = "thank-you", order: number = ++order } = options;
  const by = { orderGid: `gid://shopify/Order/${number}`, customerGid: null, claim: null };
  const submission = { surveyId: survey.id, by, channel, locale: "en" as const, answers, complete: true };
  const result = await inShop(shop.id, (tx) => submitResponse(tx, shop.id, submission, new Date(at)));
  expect(result.status).toBe("recorded");
}

/** The survey came into view on the page of an order. */
async function seen(shop: Shop, survey: Survey, orderNumber: number, times = 1): Promise<void> {
  const at = new Date("2026-11-20T12:00:00Z");
  const orderGid = `gid://shopify/Order/${orderNumber}`;
  await inShop(shop.id, async (tx) => {
    for (let time = 0; time < times; time++) {
      const id = newId(at);
      const decided = {
        shopId: shop.id,
        surface: "thank-you",
        personKey: `order:${orderGid}`,
        decidedAt: at,
      };
      await tx.decision.create({
        data: {
          ...decided,
          id,
          block: "surveys",
          orderGid,
          locale: "en",
          context: {},
          candidates: Buffer.from("[]"),
          seed: "",
          modelVersion: "",
        },
      });
      const shown = {
        decisionId: id,
        position: 0,
        kind: "survey",
        candidateId: survey.id,
        score: 1,
        propensity: 1,
      };
      await tx.placement.create({ data: { ...decided, ...shown, impressionAt: at } });
    }
  });
}

test("NPS, distribution and comments count every person once, and only this shop's", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const survey = await aLiveSurvey(shop);
  await given(other, await aLiveSurvey(other), { recommend: 0, reason: "Not ours" });
  for (const recommend of [10, 9, 9, 8, 3]) await given(shop, survey, { recommend });
  await given(shop, survey, { recommend: 0, reason: "Broken cup" });

  const results = await resultsOf(shop, survey);
  expect(results).toMatchObject({ responses: 6, nps: { promoters: 3, passives: 1, detractors: 2 } });
  expect(results.nps!.score).toBeCloseTo(16.67, 2);
  const [recommend, reason] = results.questions;
  expect(recommend!.bars.map(({ count }) => count)).toEqual([1, 0, 0, 1, 0, 0, 0, 0, 1, 2, 1]);
  expect([recommend!.answered, reason!.answered]).toEqual([6, 1]);
  const period = { from: new Date("2026-11-01T00:00:00Z"), to: new Date("2026-12-01T00:00:00Z") };
  const comments = await inShop(shop.id, (tx) => commentsOf(tx, shop.id, survey.id, period));
  expect(comments).toMatchObject([{ text: "Broken cup", score: 0 }]);
  const foreign = await inShop(other.id, (tx) =>
    surveyResults(tx, other.id, survey.id, { ...period, timezone: "UTC" }),
  );
  expect(foreign).toBeNull();
});

test("a score counts on when its person was erased", async () => {
  const shop = await aShop();
  const survey = await aLiveSurvey(shop);
  await given(shop, survey, { recommend: 9, reason: "Ask for Ada" });
  await given(shop, survey, { recommend: 3 });
  await inShop(shop.id, (tx) =>
    tx.surveyResponse.updateMany({ where: { shopId: shop.id, score: 9 }, data: { answers: {} } }),
  );
  const { nps, questions } = await resultsOf(shop, survey);
  expect(nps).toMatchObject({ promoters: 1, detractors: 1, score: 0 });
  expect(questions.map(({ answered }) => answered)).toEqual([2, 0]);
});

test("choices are counted per option, scales from 1 to 5 have a mean", async () => {
  const shop = await aShop();
  const [source] = (await aLiveSurvey(await aShop(), { starter: "post-purchase" })).questions;
  const [csat] = (await aLiveSurvey(await aShop(), { starter: "delivery" })).questions;
  const questions = [source!, { ...source!, id: "also", type: "multi" as const, required: false }, csat!];
  const survey = await aLiveSurvey(shop, { starter: "post-purchase", questions });
  await given(shop, survey, { source: "friends", also: ["search", "press"], delivery: 5 });
  await given(shop, survey, { source: "friends", also: ["search"], delivery: 2 });
  const { questions: results, nps } = await resultsOf(shop, survey);
  const counts = (index: number) =>
    Object.fromEntries(
      results[index]!.bars.filter((bar) => bar.count > 0).map((bar) => [bar.value, bar.count]),
    );
  expect([counts(0), counts(1), counts(2)]).toEqual([
    { friends: 2 },
    { search: 2, press: 1 },
    { 2: 1, 5: 1 },
  ]);
  expect(results.map(({ mean }) => mean)).toEqual([null, null, 3.5]);
  expect(nps).toBeNull();
});

test("days are the shop's, and the period decides what counts", async () => {
  const shop = await aShop();
  const survey = await aLiveSurvey(shop);
  await given(shop, survey, { recommend: 9 }, { at: "2026-11-20T22:59:00Z" });
  await given(shop, survey, { recommend: 2 }, { at: "2026-11-20T23:01:00Z" });
  await given(shop, survey, { recommend: 2 }, { at: "2026-11-23T00:00:00Z" });
  const period = {
    from: new Date("2026-11-19T23:00:00Z"),
    to: new Date("2026-11-22T23:00:00Z"),
    timezone: "Europe/Berlin",
  };
  const results = await inShop(shop.id, (tx) => surveyResults(tx, shop.id, survey.id, period));
  expect(results!.trend).toEqual([
    { day: "2026-11-20", responses: 1, promoters: 1, detractors: 0 },
    { day: "2026-11-21", responses: 1, promoters: 0, detractors: 1 },
  ]);
});

test("the response rate counts orders, not page views, and leaves mails out", async () => {
  const shop = await aShop();
  const survey = await aLiveSurvey(shop);
  expect(await resultsOf(shop, survey)).toMatchObject({ shown: null, responseRate: null });
  await seen(shop, survey, 901, 3);
  await seen(shop, survey, 902);
  await seen(shop, survey, 903);
  await given(shop, survey, { recommend: 9 }, { order: 901 });
  await given(shop, survey, { recommend: 9 }, { order: 904 });
  await given(shop, survey, { recommend: 9 }, { order: 905, channel: "email" });
  expect(await resultsOf(shop, survey)).toMatchObject({ responses: 3, shown: 4, responseRate: 0.5 });
});

test("responses are listed page by page", async () => {
  const shop = await aShop();
  const survey = await aLiveSurvey(shop);
  for (let score = 0; score < 5; score++) await given(shop, survey, { recommend: score });
  const period = { from: new Date("2026-11-01T00:00:00Z"), to: new Date("2026-12-01T00:00:00Z") };
  const page = (after?: string) =>
    inShop(shop.id, (tx) => listResponses(tx, shop.id, survey.id, { ...period, after, limit: 3 }));
  const first = await page();
  const second = await page(first.at(-1)!.id);
  expect([...first, ...second].map(({ score }) => score).sort()).toEqual([0, 1, 2, 3, 4]);
});
