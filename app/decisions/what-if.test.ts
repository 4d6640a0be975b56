/** Questions about the past: asked, worked on by the job, answered from stored decisions. */
import { expect, test } from "vitest";
import { inShop, inShopRaw } from "#app/db/in-shop.server";
import { newId } from "#app/db/id";
import type { Shop } from "#app/generated/prisma/client";
import { whatIfJobs } from "#app/worker/what-if-jobs.server";
import { aProduct, boughtTogether } from "../../tests/factories/catalogue";
import { servedHotPaths } from "../../tests/factories/http";
import { drainOnly } from "../../tests/factories/jobs";
import { aLiveOffer, aMoment, askForOffers } from "../../tests/factories/offers";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";
import { insertAll } from "../../tests/factories/simulated-shop";
import type { JudgedCandidate } from "./candidate";
import type { DecisionContext } from "./decision";
import { armsOf } from "./arms";
import { chancesOf } from "./draw";
import type { Question } from "./evaluation/question";
import { viewAs } from "./evaluation/view-as-policy";
import { randomFrom } from "./random";
import { packCandidates } from "./pack-candidates";
import { unpackCandidates } from "./stored-candidates";
import { verdictsOf } from "./verdicts";
import { askWhatIf, latestWhatIfs } from "./what-if.server";

const web = servedHotPaths();

const NOW = new Date("2026-11-22T12:00:00Z");

async function answer(shop: Shop, question: Question, now = NOW) {
  await inShop(shop.id, (tx) => askWhatIf(tx, shop.id, question, now));
  await drainOnly(whatIfJobs(testPorts({ now: () => now })));
  const [latest] = await inShop(shop.id, (tx) => latestWhatIfs(tx, shop.id, 1));
  return latest!;
}

const GOOD = "good";
const DULL = "dull";
const RATE: Record<string, number> = { [GOOD]: 0.3, [DULL]: 0.1 };

/** Decisions between a good offer and a dull one, which the model takes for equal; `lean` above 1 draws the good one more. */
async function aShopWithALog(
  seed: string,
  decisions = 3_000,
  judged: Partial<JudgedCandidate> = {},
  lean = 1,
): Promise<Shop> {
  const shop = await aShop();
  const random = randomFrom(seed);
  const context: DecisionContext = {
    ...{ orderValueMinor: 10_000, floorMinor: 20, forced: 0.05, limit: 1 },
    ...{ holdout: false, eligible: true, drawn: true, mayLink: true },
  };
  const rows: { decision: object; placement: object | null }[] = [];
  for (let index = 0; index < decisions; index++) {
    const decidedAt = new Date(NOW.getTime() - (decisions - index) * 600_000);
    const id = newId(decidedAt);
    const candidates = [GOOD, DULL].map((offer): JudgedCandidate => ({
      ...{ kind: "offer", id: offer, probability: 0.15, spread: 0.05, value: 1_000, score: 130 },
      ...{ propensity: 0, reason: "not-drawn", features: {}, ...judged },
    }));
    const standing = candidates.filter(({ reason }) => reason === "not-drawn");
    const arms = standing.map(({ score, spread, value }) => ({ mean: score, spread: 0.3 * spread * value }));
    const chances = chancesOf(armsOf(arms), context.forced);
    const uniform = random() ** lean;
    const [first = 0, second = 0] = chances;
    const drawn = uniform < first ? 0 : uniform < first + second ? 1 : null;
    standing.forEach((candidate, arm) => (candidate.propensity = chances[arm]!));
    if (drawn !== null) {
      candidates[drawn]!.position = 1;
      delete candidates[drawn]!.reason;
    }
    const who = { shopId: shop.id, surface: "thank-you", personKey: `person ${index % 1_800}`, decidedAt };
    const taken = drawn !== null && random() < RATE[candidates[drawn]!.id]!;
    rows.push({
      decision: {
        ...who,
        ...{ id, block: "offers", locale: "en", context, seed: id, modelVersion: "test" },
        candidates: `\\x${packCandidates(candidates, verdictsOf(candidates)).toString("hex")}`,
      },
      placement:
        drawn === null
          ? null
          : {
              ...who,
              ...{
                decisionId: id,
                position: 1,
                kind: "offer",
                candidateId: candidates[drawn]!.id,
                subject: "",
              },
              ...{ payload: {}, score: 1, propensity: chances[drawn], impressionAt: decidedAt },
              ...{ acceptedAt: taken ? decidedAt : null, revenueMinor: 0, refundedMinor: 0, learnt: 0 },
            },
    });
  }
  await inShopRaw(shop.id, async (client) => {
    await insertAll(
      client,
      "Decision",
      rows.map(({ decision }) => decision),
    );
    await insertAll(
      client,
      "Placement",
      rows.flatMap(({ placement }) => placement ?? []),
    );
  });
  return shop;
}

test("without the dull offer the good one would have earned its rate; the other shop's log says nothing here", async () => {
  const shop = await aShopWithALog("log");
  const empty = await aShop();
  const { status, done, total, result } = await answer(shop, { kind: "without", id: DULL, name: "Dull" });
  expect({ status, done, total }).toEqual({ status: "done", done: 3_000, total: 3_000 });
  expect(result!.refusal).toBeNull();
  // Nothing is shown in hardly any draw: 1,000 × 0.3.
  for (const { low, high } of [result!.ips, result!.snips, result!.dr]) {
    expect([low < 300, high > 290]).toEqual([true, true]);
  }
  expect(result!.change.low).toBeGreaterThan(0);
  expect(result!.happened.value).toBeGreaterThan(170);
  expect(result!.happened.value).toBeLessThan(230);

  const other = await answer(empty, { kind: "without", id: DULL, name: "Dull" });
  expect(other).toMatchObject({ status: "done", total: 0, result: { refusal: "no-decisions" } });
});

test("popularity learns from the log itself; a thin log is refused in so many words", async () => {
  const shop = await aShopWithALog("popular");
  const { result } = await answer(shop, { kind: "popularity" });
  expect(result!.refusal).toBeNull();
  expect([result!.dr.low < 300, result!.dr.high > 290]).toEqual([true, true]);
  const small = await aShopWithALog("small", 1_200);
  expect((await answer(small, { kind: "popularity" })).result!.refusal).toBe("few-decisions");
});

test("the floor as it was changes nothing; a lower one lets in what was never shown, and is refused", async () => {
  const shop = await aShopWithALog("floor", 2_500);
  const same = await answer(shop, { kind: "floor", floor: 0.002 });
  expect(same.result!.refusal).toBeNull();
  expect(same.result!.effectiveDecisions).toBeCloseTo(2_500, 0);
  expect(same.result!.ips.value).toBeCloseTo(same.result!.happened.value, 3);
  const strict = await aShopWithALog("strict", 1_500, { score: -5, reason: "below-floor" });
  expect((await answer(strict, { kind: "floor", floor: 0 })).result!.refusal).toBe("never-tried");
});

test("a higher floor and a lower cap are answered from a log that always showed something; another shop has none", async () => {
  const [shop, other] = [await aShop({}, { holdoutPercent: 0 }), await aShop({}, { holdoutPercent: 0 })];
  const chair = await aProduct(shop, { title: "Oak chair", category: "Chairs", priceMinor: 12_900 });
  for (const [category, priceMinor] of [
    ["Cushions", 2_000],
    ["Lamps", 2_900],
  ] as const) {
    await boughtTogether(shop, chair, await aProduct(shop, { category, priceMinor }));
  }
  await aLiveOffer(shop);
  // Every shopper buys twice; orders are worth 30.00 to 300.00. Of what was shown, every fourth is taken.
  const decisions = 1_200;
  for (let from = 0; from < decisions; from += 20) {
    const visits = Array.from({ length: 20 }, (_, visit) => from + visit);
    const answers = await Promise.all(
      visits.map((visit) => {
        const moment = aMoment([chair]);
        moment.lines[0]!.amountMinor = Math.round(3_000 * Math.exp(2.3 * ((visit * 0.618034) % 1)));
        const shopper = 40 * Math.floor(visit / 80) + (visit % 40);
        return askForOffers(web.url, shop, moment, `gid://shopify/Customer/${shopper}`);
      }),
    );
    expect(answers.every(({ placements }) => placements.length === 1)).toBe(true);
  }
  await inShop(
    shop.id,
    (tx) => tx.$executeRaw`
      UPDATE "Placement" SET "impressionAt" = "decidedAt", "acceptedAt" = CASE WHEN number % 4 = 0 THEN "decidedAt" END
      FROM (SELECT "decisionId" AS id, row_number() OVER (ORDER BY "decidedAt", "decisionId") AS number FROM "Placement") one
      WHERE "shopId" = ${shop.id} AND "decisionId" = one.id`,
  );
  let asked = 0;
  const ask = async (of: Shop, question: Question) => {
    const now = new Date(Date.now() + 1_000 * ++asked);
    return (await answer(of, question, now)).result!;
  };
  const same = await ask(shop, { kind: "floor", floor: 0.002 });
  expect(same).toMatchObject({ refusal: null, decisions, people: decisions / 2 });
  expect(same.ips.value).toBeCloseTo(same.happened.value, 0);

  const higher = await ask(shop, { kind: "floor", floor: 0.004 });
  const high = await ask(shop, { kind: "floor", floor: 0.01 });
  expect([higher.refusal, high.refusal]).toEqual([null, null]);
  expect(high.dr.high).toBeLessThan(higher.dr.value);
  for (const { snips, ips, dr } of [higher, high]) {
    for (const { low, high } of [snips, ips]) expect([low < dr.value, dr.value < high]).toEqual([true, true]);
  }

  // Everybody sees the first of two: half of what was shown, and of what was taken.
  const once = await ask(shop, { kind: "cap", weekly: 1 });
  expect(once.refusal).toBeNull();
  expect(once.change.high).toBeLessThan(0);
  for (const { low, high } of [once.ips, once.snips, once.dr]) {
    expect([low < same.happened.value / 2, same.happened.value / 2 < high]).toEqual([true, true]);
  }
  expect((await ask(other, { kind: "cap", weekly: 1 })).refusal).toBe("no-decisions");
}, 120_000);

test("a log that drew by other chances than it stored is called wrong", async () => {
  const lying = await aShopWithALog("lying", 3_000, {}, 1.2);
  const { result } = await answer(lying, { kind: "without", id: DULL, name: "Dull" });
  expect(result!.refusal).toBe("propensities-do-not-add-up");
});

test.each([
  { name: "one place", settings: {} },
  { name: "no floor", settings: { offerFloor: 0 } },
  { name: "several places", settings: { surfaceRules: { "thank-you": { floor: null, offersAtOnce: 3 } } } },
])("seen as itself, a real decision has the propensities that were stored: $name", async ({ settings }) => {
  const shop = await aShop({}, { holdoutPercent: 0, ...settings });
  const chair = await aProduct(shop, { title: "Oak chair", category: "Chairs", priceMinor: 12_900 });
  for (const [title, priceMinor] of [
    ["Cushion", 4_000],
    ["Lamp", 5_200],
    ["Rug", 9_900],
  ] as const) {
    await boughtTogether(shop, chair, await aProduct(shop, { title, category: title, priceMinor }));
  }
  await aLiveOffer(shop);
  for (let visit = 0; visit < 12; visit++) {
    const { decisionId } = await askForOffers(web.url, shop, aMoment([chair]));
    const row = await inShop(shop.id, (tx) =>
      tx.decision.findUniqueOrThrow({
        where: { shopId_id: { shopId: shop.id, id: decisionId! } },
        include: { placements: true },
      }),
    );
    const context = row.context as unknown as DecisionContext;
    const decision = {
      ...{ personKey: row.personKey, surface: row.surface, decidedAt: row.decidedAt, context },
      candidates: unpackCandidates(row.candidates),
      shown: row.placements.length > 0 ? { wasSeen: true, wasTaken: false, keptShare: 1 } : null,
    };
    const seen = viewAs({ kind: "floor", floor: context.floorMinor / context.orderValueMinor })(decision)!;
    expect(seen.target).toBeCloseTo(seen.propensity, 4);
    expect(seen.unsupported).toBe(0);
    expect(seen.squaredWeight).toBeCloseTo(seen.showing, 4);
    // Where nothing reaches a floor, nothing is shown: that need not have been tried.
    const highest = viewAs({ kind: "floor", floor: 0.2 })(decision)!;
    expect(highest).toMatchObject({ target: 0, showing: 0, squaredWeight: 0, unsupported: 0 });
  }
});
