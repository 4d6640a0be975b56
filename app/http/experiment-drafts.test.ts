/** Experiments from the merchant's form to the shopper, to the results, to the winner that stays, and back. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { experimentResults } from "#app/analytics/experiment-results.server";
import { forgetShopMemory } from "#app/api/shop-memory.server";
import { inShop } from "#app/db/in-shop.server";
import { experimentById, listExperiments } from "#app/experiments/experiments.server";
import type { Shop } from "#app/generated/prisma/client";
import { liveTemplate } from "#app/messages/templates.server";
import { offerById } from "#app/offers/offers.server";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { surveyById } from "#app/surveys/surveys.server";
import { inWordsFor } from "#app/surveys/words-for.server";
import type { DecideResponse, OfferPlacement, SurveyPlacement } from "../../extensions/shared/contract";
import { aProduct, boughtTogether } from "../../tests/factories/catalogue";
import { foldAll } from "../../tests/factories/experiments";
import { callAsExtension, startHotPaths } from "../../tests/factories/http";
import { aMailServer, anOrderToTell, type TestMailServer } from "../../tests/factories/messages";
import { aLiveOffer, aMoment, askForOffers } from "../../tests/factories/offers";
import { queueMail, sendQueued } from "../../tests/factories/outbox";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";
import { aLiveSurvey } from "../../tests/factories/surveys";
import { DraftSchema, experimentChoices, startDraft } from "./experiment-drafts.server";
import { promote, undoPromotion, wasChangedMeanwhile } from "./experiment-subjects.server";

let web: Awaited<ReturnType<typeof startHotPaths>>;
let mailServer: TestMailServer;
beforeAll(async () => {
  await startQueue("web");
  web = await startHotPaths();
  mailServer = await aMailServer();
});
afterAll(async () => {
  await web.stop();
  await mailServer.stop();
  await stopQueue();
});

const NOW = new Date("2026-11-20T12:00:00Z");
const customer = (number: number) => `gid://shopify/Customer/${number}`;

type Changed = Record<string, unknown>;

function start(shop: Shop, draft: { subject: string; subjectId: string; metric: string }, changed: Changed) {
  const form = DraftSchema.parse({
    name: "Test",
    ...draft,
    variants: [
      { name: "As it is", share: 50 },
      { name: "Changed", share: 50, ...changed },
    ],
  });
  return inShop(shop.id, async (tx) => {
    const started = await startDraft(tx, form, { shopId: shop.id, locale: "en", author: "7", now: NOW });
    forgetShopMemory();
    return started;
  });
}

async function started(...args: Parameters<typeof start>): Promise<string> {
  const result = await start(...args);
  if (result.status !== "started") throw new Error(JSON.stringify(result));
  return result.id;
}

async function resultsOf(shop: Shop, id: string) {
  return inShop(shop.id, async (tx) => {
    const experiment = (await experimentById(tx, shop.id, id))!;
    return experimentResults(tx, shop.id, experiment, { now: new Date(), timezone: shop.timezone });
  });
}

async function aFurnitureShop() {
  const shop = await aShop({}, { holdoutPercent: 0 });
  const chair = await aProduct(shop, { title: "Oak chair", category: "Chairs", priceMinor: 12_900 });
  const cushion = await aProduct(shop, { title: "Wool cushion", category: "Cushions", priceMinor: 4_000 });
  await boughtTogether(shop, chair, cushion);
  const offer = await aLiveOffer(shop, {
    updatedAt: NOW,
    discountPercent: 10,
    texts: { de: { headline: "Dazu", body: "" } },
  });
  return { shop, chair, cushion, offer };
}

test("an offer's variant is shown, taken at its price, counted, kept and taken back", async () => {
  const { shop, chair, offer } = await aFurnitureShop();
  const draft = { subject: "offer", subjectId: offer.id, metric: "taken" };
  const id = await started(shop, draft, { discountPercent: 0, headline: "No code needed" });
  expect(await start(shop, draft, { discountPercent: 30 })).toMatchObject({
    status: "refused",
    problems: { subjectId: "Another experiment runs on this. Stop it first." },
  });
  const isChanged = () =>
    inShop(shop.id, async (tx) => wasChangedMeanwhile(tx, shop.id, (await experimentById(tx, shop.id, id))!));
  expect(await isChanged()).toBe(false);
  let [taken, metB] = [0, 0];
  for (let number = 1; number <= 12; number++) {
    const { decisionId, placements } = await askForOffers(web.url, shop, aMoment([chair]), customer(number));
    const { discountPercent, headline } = placements[0] as OfferPlacement;
    if (discountPercent !== 0) continue;
    metB++;
    expect(headline).toBe("No code needed");
    const { body } = await callAsExtension<{ status: string; discountedMinor: number }>(
      web.url,
      shop,
      "/api/offers/accept",
      {
        decisionId,
        position: 1,
      },
    );
    expect(body).toMatchObject({ status: "accepted", discountedMinor: 4_000 });
    taken++;
  }
  expect(taken).toBeGreaterThan(0);
  await foldAll(shop);
  const results = await resultsOf(shop, id);
  expect(results.variants.map(({ people }) => people)).toEqual([12 - metB, metB]);
  expect(results.variants[1]).toMatchObject({ value: 1, comparison: { verdict: { state: "too-early" } } });
  expect(results.guardrails.map(({ name }) => name)).toEqual(["dismissed", "refunded"]);

  await inShop(shop.id, (tx) =>
    tx.offer.update({
      where: { shopId_id: { shopId: shop.id, id: offer.id } },
      data: { updatedAt: new Date() },
    }),
  );
  expect(await isChanged()).toBe(true);
  const other = await aShop();
  expect(await inShop(other.id, (tx) => promote(tx, other.id, id, "b", NOW))).toBe("over");
  expect(await inShop(shop.id, (tx) => promote(tx, shop.id, id, "b", NOW))).toBe("promoted");
  const kept = (await inShop(shop.id, (tx) => offerById(tx, shop.id, offer.id)))!;
  expect(kept).toMatchObject({
    discountPercent: 0,
    texts: { en: { headline: "No code needed" }, de: { headline: "Dazu" } },
  });
  expect(await inShop(other.id, (tx) => undoPromotion(tx, other.id, id, NOW))).toBe(false);
  expect(await inShop(shop.id, (tx) => undoPromotion(tx, shop.id, id, NOW))).toBe(true);
  const back = (await inShop(shop.id, (tx) => offerById(tx, shop.id, offer.id)))!;
  expect(back).toMatchObject({ discountPercent: 10, texts: { de: { headline: "Dazu" } } });
  expect(back.texts.en).toBeUndefined();
  expect(await inShop(shop.id, (tx) => undoPromotion(tx, shop.id, id, NOW))).toBe(false);
});

test("who met a variant gets its discount, also once the experiment is over", async () => {
  const { shop, chair, offer } = await aFurnitureShop();
  const id = await started(
    shop,
    { subject: "offer", subjectId: offer.id, metric: "revenue" },
    { discountPercent: 0 },
  );
  for (let number = 1; ; number++) {
    const { decisionId, placements } = await askForOffers(web.url, shop, aMoment([chair]), customer(number));
    if ((placements[0] as OfferPlacement).discountPercent !== 0) continue;
    await inShop(shop.id, (tx) => promote(tx, shop.id, id, "a", NOW));
    forgetShopMemory();
    const { body } = await callAsExtension<object>(web.url, shop, "/api/offers/accept", {
      decisionId,
      position: 1,
    });
    expect(body).toMatchObject({ status: "accepted", code: null, discountedMinor: 4_000 });
    return;
  }
});

test("a survey's words differ per person, only those who were asked count, and the better words stay", async () => {
  const shop = await aShop({}, { holdoutPercent: 0 });
  const chair = await aProduct(shop, { title: "Oak chair", category: "Chairs", priceMinor: 12_900 });
  const survey = await aLiveSurvey(shop, { surfaces: ["thank-you"], timing: "purchase" });
  const [question] = survey.questions;
  const draft = { subject: "survey", subjectId: survey.id, metric: "answered" };
  expect(await start(shop, draft, {})).toMatchObject({ status: "refused" });
  const id = await started(shop, draft, { questions: { [question!.id]: "Would you tell a friend?" } });
  const words = new Set<string>();
  for (let number = 1; number <= 12; number++) {
    const request = { block: "surveys", moment: aMoment([chair]) };
    const { body } = await callAsExtension<DecideResponse>(web.url, shop, "/api/decide", request, {
      customerGid: customer(number),
    });
    const asked = (body.placements[0] as SurveyPlacement).questions[0]!.text;
    words.add(asked);
    // The page that mails lead to asks this person in the same words; languages without new words keep theirs.
    const inMail = await inShop(shop.id, (tx) => inWordsFor(tx, shop.id, survey, customer(number)));
    expect(inMail.questions[0]!.text).toEqual({ ...question!.text, en: asked });
  }
  expect(words.size).toBe(2);
  expect(words.has("Would you tell a friend?")).toBe(true);
  await foldAll(shop);
  const { variants } = await resultsOf(shop, id);
  expect(variants[0]!.people + variants[1]!.people).toBe(12);

  await inShop(shop.id, (tx) => promote(tx, shop.id, id, "b", NOW));
  const textNow = async () =>
    (await inShop(shop.id, (tx) => surveyById(tx, shop.id, survey.id)))!.questions[0]!.text.en;
  expect(await textNow()).toBe("Would you tell a friend?");
  await inShop(shop.id, (tx) => undoPromotion(tx, shop.id, id, NOW));
  expect(await textNow()).toBe(question!.text.en);
});

test("a mail's subject differs per person, is counted per mail, and the better one goes live", async () => {
  const shop = await aShop({}, { holdoutPercent: 0 });
  const draft = { subject: "message", subjectId: "thank-you", metric: "clicks" };
  const id = await started(shop, draft, { subjectLine: "We are packing {{ order.name }}" });
  expect(
    await start(shop, { ...draft, subjectId: "shipped" }, { subjectLine: "{{ nothing.known }}" }),
  ).toMatchObject({
    status: "refused",
    problems: { "variants.1.subjectLine": expect.any(String) as string },
  });
  const ports = testPorts({ smtpUrl: mailServer.url });
  const subjects = new Set<string>();
  for (let number = 1; number <= 10; number++) {
    const order = await anOrderToTell(shop, { locale: "en" });
    await sendQueued(shop, await queueMail(shop, order), ports);
    subjects.add(mailServer.mails.at(-1)!.subject!.replace(order.name, "#"));
  }
  expect(subjects).toEqual(new Set(["We are packing #", "Thank you for your order #"]));
  const results = await resultsOf(shop, id);
  expect(results.variants[0]!.people + results.variants[1]!.people).toBe(10);
  expect(results.guardrails).toMatchObject([{ name: "unsubscribed", variants: [{ key: "b", value: 0 }] }]);

  const versionNow = async () =>
    (await inShop(shop.id, (tx) => liveTemplate(tx, shop.id, "thank-you"))).version;
  expect(await versionNow()).toBe(0);
  await inShop(shop.id, (tx) => promote(tx, shop.id, id, "b", NOW));
  expect(await versionNow()).toBe(1);
  await inShop(shop.id, (tx) => undoPromotion(tx, shop.id, id, NOW));
  expect(await versionNow()).toBe(0);
});

test("the form offers what is live, and says beside the field what is wrong", async () => {
  const { shop, offer } = await aFurnitureShop();
  const other = await aShop();
  const { things, products } = await inShop(shop.id, (tx) => experimentChoices(tx, shop.id, "en"));
  expect(things.filter(({ subject }) => subject === "offer")).toMatchObject([
    { id: offer.id, discountPercent: 10 },
  ]);
  expect(products.map(({ title }) => title)).toEqual(["Oak chair", "Wool cushion"]);
  const draft = { subject: "offer", subjectId: offer.id, metric: "revenue" };
  const problemsOf = async (shopOf: Shop, changed: Changed) => {
    const result = await start(shopOf, draft, changed);
    return result.status === "refused" ? Object.keys(result.problems) : [];
  };
  expect(await problemsOf(shop, { discountPercent: 10 })).toEqual(["variants.1.discountPercent"]);
  expect(await problemsOf(shop, { discountPercent: 20, share: 40 })).toEqual(["variants"]);
  expect(await problemsOf(shop, { productGid: "gid://shopify/Product/404" })).toEqual([
    "variants.1.productGid",
  ]);
  expect(await problemsOf(other, { discountPercent: 20 })).toEqual(["variants.1.name"]);
  expect(await inShop(shop.id, (tx) => listExperiments(tx, shop.id))).toEqual([]);
});
