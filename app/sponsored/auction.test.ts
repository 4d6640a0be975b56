import { expect, test } from "vitest";
import { aProduct, boughtTogether } from "../../tests/factories/catalogue";
import { servedHotPaths } from "../../tests/factories/http";
import { aLiveOffer, aMoment, askForOffers } from "../../tests/factories/offers";
import {
  aLiveCampaign,
  anAdvertiser,
  clickOn,
  clicksOf,
  seeSponsored,
} from "../../tests/factories/sponsored";
import { aShop } from "../../tests/factories/shop";
import { inShop } from "#app/db/in-shop.server";
import { decisionById } from "#app/decisions/explain.server";
import { secondPrice } from "./auction";

const web = servedHotPaths();

const winner = { score: 80, subject: "advertiser:a", position: 1 };
const auction = { winner, costMinor: 20, bidMinor: 1_000, reserveMinor: 5 };

test("the winner pays the least bid with which it would still have won", () => {
  const runnerUp = { score: 30, subject: "advertiser:b", reason: "not-drawn" as const };
  // P × value = 100 at a bid of 1000; 50 is needed to reach the runner-up: half of the bid.
  expect(secondPrice({ ...auction, candidates: [winner, runnerUp] })).toBe(500);
  // An own offer of the shop sets the price just as well.
  expect(secondPrice({ ...auction, candidates: [winner, { score: 60, reason: "not-drawn" }] })).toBe(800);
});

test("alone, it pays what the floor costs; without a floor the least price", () => {
  expect(secondPrice({ ...auction, candidates: [winner] })).toBe(200);
  expect(secondPrice({ ...auction, costMinor: 0, candidates: [winner] })).toBe(5);
});

test("never above the bid: what was drawn against the odds pays no more than it said", () => {
  const better = { score: 300, subject: "advertiser:b", reason: "not-drawn" as const };
  expect(secondPrice({ ...auction, candidates: [winner, better] })).toBe(1_000);
});

test("rejected candidates, earlier places and the advertiser's own campaigns do not drive up the price", () => {
  const candidates = [
    winner,
    { score: 70, subject: "advertiser:a", reason: "not-drawn" as const },
    { score: 75, subject: "advertiser:b", reason: "dismissed" as const },
    { score: 78, subject: "advertiser:c", reason: "below-floor" as const },
  ];
  expect(secondPrice({ ...auction, candidates })).toBe(200);
  const second = { ...winner, position: 2 };
  expect(
    secondPrice({
      ...auction,
      winner: second,
      candidates: [second, { score: 79, subject: "x", position: 1 }],
    }),
  ).toBe(200);
});

test("figures that are none cost the least price, never more", () => {
  expect(secondPrice({ ...auction, winner: { ...winner, score: NaN }, candidates: [] })).toBe(5);
  expect(secondPrice({ ...auction, costMinor: 0, winner: { ...winner, score: 0 }, candidates: [] })).toBe(5);
});

test("two advertisers and the shop's own offer stand in one auction, and the click costs the second price", async () => {
  const shop = await aShop({}, { holdoutPercent: 0, offerFloor: 0 });
  const tea = await anAdvertiser(shop, { name: "Tea House", domain: "tea.example" });
  const coffee = await anAdvertiser(shop);
  await aLiveCampaign(shop, coffee, { bidMinor: 5_000, budgetMinor: 50_000 });
  await aLiveCampaign(shop, tea, { bidMinor: 1_000, budgetMinor: 50_000, targetUrl: "https://tea.example/" });
  const bought = await aProduct(shop);
  const other = await aProduct(shop, { priceMinor: 500, costMinor: 450 });
  await boughtTogether(shop, bought, other);
  await aLiveOffer(shop, { discountPercent: 0 });

  const answer = await askForOffers(web.url, shop, aMoment([bought]));
  const decision = (await inShop(shop.id, (tx) => decisionById(tx, shop.id, answer.decisionId!)))!;
  expect(decision.candidates.map(({ kind }) => kind).sort()).toEqual(["offer", "sponsored", "sponsored"]);

  for (let tries = 0; tries < 40; tries++) {
    const seen = await seeSponsored(web.url, shop, { product: bought });
    if (seen?.advertiser !== "Northwind Coffee") continue;
    await clickOn(web.url, seen.clickUrl);
    const [click] = await clicksOf(shop);
    const { candidates, context } = (await inShop(shop.id, (tx) =>
      decisionById(tx, shop.id, seen.decisionId),
    ))!;
    const won = candidates.find(({ position }) => position === 1)!;
    const runnerUp = Math.max(...candidates.filter((one) => one !== won).map(({ score }) => score));
    const needed = (5_000 * (runnerUp + context!.floorMinor)) / (won.score + context!.floorMinor);
    expect(click!.chargedMinor).toBe(Math.min(5_000, Math.ceil(needed - 1e-9)));
    expect(click!.chargedMinor).toBeLessThan(5_000);
    return;
  }
  throw new Error("the higher bid was never shown");
});

test("a bid that is raised after the offer was shown does not make its click dearer", async () => {
  const shop = await aShop({}, { holdoutPercent: 0, offerFloor: 0.02 });
  const campaignId = await aLiveCampaign(shop, await anAdvertiser(shop), {
    bidMinor: 1_000,
    budgetMinor: 50_000,
  });
  const [raised, cut] = [(await seeSponsored(web.url, shop))!, (await seeSponsored(web.url, shop))!];
  const bid = (bidMinor: number) =>
    inShop(shop.id, (tx) =>
      tx.sponsoredCampaign.update({
        where: { shopId_id: { shopId: shop.id, id: campaignId } },
        data: { bidMinor },
      }),
    );
  const decision = (await inShop(shop.id, (tx) => decisionById(tx, shop.id, raised.decisionId)))!;
  const won = decision.candidates.find(({ position }) => position === 1)!;
  const { floorMinor } = decision.context!;
  const fair = Math.ceil((1_000 * floorMinor) / (won.score + floorMinor));
  await bid(10_000);
  await clickOn(web.url, raised.clickUrl);
  await bid(6);
  await clickOn(web.url, cut.clickUrl);
  const charged = (await clicksOf(shop)).map(({ chargedMinor }) => chargedMinor);
  expect(charged).toEqual([Math.max(5, fair), 6]);
  expect(fair).toBeGreaterThan(6);
});

test("a bid that does not reach the floor is never shown", async () => {
  const shop = await aShop({}, { holdoutPercent: 0, offerFloor: 0.2 });
  await aLiveCampaign(shop, await anAdvertiser(shop), { bidMinor: 100 });
  const seen = await Promise.all(Array.from({ length: 5 }, () => seeSponsored(web.url, shop)));
  expect(seen).toEqual([null, null, null, null, null]);
});
