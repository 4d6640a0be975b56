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

async function answer(shop: Shop, question: Question) {
  await inShop(shop.id, (tx) => askWhatIf(tx, shop.id, question, NOW));
  await drainOnly(whatIfJobs(testPorts({ now: () => NOW })));
  const [latest] = await inShop(shop.id, (tx) => latestWhatIfs(tx, shop.id, 1));
  return latest!;
}

const GOOD = "good";
const DULL = "dull";
const RATE: Record<string, number> = { [GOOD]: 0.3, [DULL]: 0.1 };

/** Decisions between a good offer and a dull one, which the model takes for equal. */
async function aShopWithALog(
  seed: string,
  decisions = 3_000,
  judged: Partial<JudgedCandidate> = {},
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
    const uniform = random();
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

test("seen as itself, a real decision has the propensities that were stored", async () => {
  const shop = await aShop({}, { holdoutPercent: 0 });
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
    const seen = viewAs({ kind: "floor", floor: context.floorMinor / context.orderValueMinor })({
      ...{ personKey: row.personKey, surface: row.surface, decidedAt: row.decidedAt, context },
      candidates: unpackCandidates(row.candidates),
      shown: row.placements.length > 0 ? { wasSeen: true, wasTaken: false, keptShare: 1 } : null,
    })!;
    expect(seen.target).toBeCloseTo(seen.propensity, 4);
    expect(seen.unsupported).toBeLessThan(0.001);
  }
});
