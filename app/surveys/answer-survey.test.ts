import { expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { surveysJobs } from "#app/worker/surveys-jobs.server";
import { stopSurvey } from "#app/surveys/surveys.server";
import type { SubmitSurveyRequest, SubmitSurveyResponse } from "../../extensions/shared/contract";
import { callAsExtension, servedHotPaths } from "../../tests/factories/http";
import { waitingJobs } from "../../tests/factories/inbox";
import { drainOnly } from "../../tests/factories/jobs";
import { anOrder } from "../../tests/factories/orders";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";
import { aLiveSurvey, responsesOf, resultsOf } from "../../tests/factories/surveys";
import type { Survey } from "./survey";

const web = servedHotPaths();

const CUSTOMER = "gid://shopify/Customer/7";

type Sent = Partial<Omit<SubmitSurveyRequest, "moment">> & {
  order?: string;
  checkoutToken?: string | null;
  surface?: "thank-you" | "order-status";
  customerGid?: string;
  locale?: string;
};

async function answer(
  shop: Shop,
  survey: Pick<Survey, "id">,
  sent: Sent = {},
): Promise<SubmitSurveyResponse> {
  const { order = "1001", surface = "thank-you", customerGid, locale = "en" } = sent;
  const { answers = { recommend: 9 }, complete = true } = sent;
  const checkoutToken = sent.checkoutToken === undefined ? `checkout-${order}` : sent.checkoutToken;
  const moment = {
    surface,
    orderId: `gid://shopify/OrderIdentity/${order}`,
    locale,
    ...(checkoutToken ? { checkoutToken } : {}),
  };
  const body = { surveyId: survey.id, moment, answers, complete };
  const response = await callAsExtension<SubmitSurveyResponse>(web.url, shop, "/api/surveys/answer", body, {
    customerGid,
  });
  expect(response.status).toBe(200);
  return response.body;
}

function orderNumber(number: string) {
  return {
    gid: `gid://shopify/Order/${number}`,
    checkoutToken: `checkout-${number}`,
    confirmationNumber: `CONF${number}`,
  };
}

const joinJobs = () => drainOnly(surveysJobs(testPorts()));

test("an answer is recorded once, and only in its own shop", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const survey = await aLiveSurvey(shop);
  await aLiveSurvey(other);
  expect(await answer(shop, survey)).toEqual({ status: "recorded" });
  expect(await answer(shop, survey, { answers: { recommend: 2 } })).toEqual({ status: "already-answered" });
  expect((await resultsOf(shop, survey)).nps).toMatchObject({ score: 100, promoters: 1, detractors: 0 });
  expect(await responsesOf(other)).toEqual([]);
  expect(await answer(other, survey)).toEqual({ status: "closed" });
});

test("many posts at once record one answer and tell it once", async () => {
  const shop = await aShop();
  const survey = await aLiveSurvey(shop);
  const posts = Array.from({ length: 8 }, (_, index) =>
    answer(shop, survey, { answers: { recommend: index } }),
  );
  const statuses = (await Promise.all(posts)).map(({ status }) => status).sort();
  expect(statuses).toEqual([...Array<string>(7).fill("already-answered"), "recorded"]);
  expect(await responsesOf(shop)).toHaveLength(1);
  expect((await waitingJobs(shop)).filter((job) => job.startsWith("loyalty.award-survey"))).toHaveLength(1);
});

test("a half-finished answer is kept, and finished later on another surface", async () => {
  const shop = await aShop();
  const survey = await aLiveSurvey(shop);
  const order = await anOrder(shop, orderNumber("2001"));
  expect(await answer(shop, survey, { order: "2001", complete: false })).toEqual({ status: "saved" });
  expect((await resultsOf(shop, survey)).responses).toBe(0);
  const rest = { order: "2001", surface: "order-status", answers: { reason: "Lovely teapot" } } as const;
  expect(await answer(shop, survey, rest)).toEqual({ status: "recorded" });
  expect(await responsesOf(shop)).toMatchObject([
    { orderGid: order.gid, score: 9, comment: "Lovely teapot", complete: true, channel: "order-status" },
  ]);
});

test("wrong answers come back with a problem per question, in the shopper's language", async () => {
  const shop = await aShop();
  const survey = await aLiveSurvey(shop);
  const german = { locale: "de-AT" };
  expect(await answer(shop, survey, { ...german, answers: { recommend: 11 } })).toEqual({
    status: "invalid",
    problems: [{ questionId: "recommend", message: "Bitte wählen Sie eine Zahl auf der Skala." }],
  });
  expect(await answer(shop, survey, { ...german, answers: { reason: "because" } })).toMatchObject({
    status: "invalid",
    problems: [{ questionId: "recommend", message: "Bitte beantworten Sie diese Frage." }],
  });
  expect(await responsesOf(shop)).toEqual([]);
});

test("a survey that was paused is closed", async () => {
  const shop = await aShop();
  const survey = await aLiveSurvey(shop);
  await inShop(shop.id, (tx) => stopSurvey(tx, shop.id, survey.id, "paused", new Date()));
  expect(await answer(shop, survey)).toEqual({ status: "closed" });
});

test("nobody answers for an order that they cannot prove is theirs", async () => {
  const shop = await aShop();
  const survey = await aLiveSurvey(shop);
  await anOrder(shop, orderNumber("3001"));
  expect(await answer(shop, survey, { order: "3001", checkoutToken: "guessed" })).toEqual({
    status: "closed",
  });
  expect(await answer(shop, survey, { order: "3002", checkoutToken: null })).toEqual({ status: "closed" });
  expect(await answer(shop, survey, { order: "3001", checkoutToken: null, customerGid: CUSTOMER })).toEqual({
    status: "recorded",
  });
});

test("an answer from before the order becomes the customer's, with its facts", async () => {
  const shop = await aShop();
  const survey = await aLiveSurvey(shop, { starter: "post-purchase" });
  await answer(shop, survey, { order: "4001", answers: { source: "friends" } });
  expect(await responsesOf(shop)).toMatchObject([{ customerGid: null }]);

  const order = await anOrder(shop, orderNumber("4001"));
  await joinJobs();
  expect(await responsesOf(shop)).toMatchObject([
    { customerGid: CUSTOMER, personKey: CUSTOMER, respondentKey: `order:${order.gid}` },
  ]);
  const customer = await inShop(shop.id, (tx) =>
    tx.customer.findFirstOrThrow({ where: { shopId: shop.id } }),
  );
  expect(customer.attributes).toEqual({ "answers.post-purchase.source": "friends" });
  const again = { order: "4001", surface: "order-status", answers: { source: "search" } } as const;
  expect(await answer(shop, survey, again)).toEqual({ status: "already-answered" });
});

test("answering ahead of time for somebody else's order takes nothing from its buyer", async () => {
  const shop = await aShop();
  const survey = await aLiveSurvey(shop);
  await answer(shop, survey, { order: "5001", checkoutToken: "not-the-buyer", answers: { recommend: 0 } });
  expect(await answer(shop, survey, { order: "5001" })).toEqual({ status: "recorded" });
  const order = await anOrder(shop, orderNumber("5001"));
  await joinJobs();
  const responses = await responsesOf(shop);
  expect(responses.filter((one) => one.respondentKey === `order:${order.gid}`)).toMatchObject([{ score: 9 }]);
});

test("an order that arrives while its buyer answers does not miss the answer", async () => {
  const shop = await aShop();
  const survey = await aLiveSurvey(shop);
  await Promise.all([answer(shop, survey, { order: "6001" }), anOrder(shop, orderNumber("6001"))]);
  await joinJobs();
  expect(await responsesOf(shop)).toMatchObject([{ customerGid: CUSTOMER }]);
});

test("a malformed request is refused by name", async () => {
  const shop = await aShop();
  const response = await callAsExtension(web.url, shop, "/api/surveys/answer", { surveyId: "x" });
  expect(response.status).toBe(400);
  expect(response.body).toMatchObject({ status: "malformed" });
  expect(await responsesOf(shop)).toEqual([]);
});
