/** What is stored of a draw between candidates of which one is nearly sure of a yes. */
import { expect, test } from "vitest";
import type { ShopId } from "#app/db/tx";
import type { Candidate } from "./candidate";
import type { Ask } from "./decision";
import { judge, replay } from "./judge";
import { emptyModel } from "./model/model";
import { packCandidates } from "./pack-candidates";
import { unpackCandidates } from "./stored-candidates";

const NOBODY = {
  personKey: "someone",
  drawn: { holdout: null, trials: {} },
  met: new Map(),
  customerGid: null,
  held: false,
  dismissed: new Set<string>(),
  taken: new Set<string>(),
  seenThisWeek: new Map<string, number>(),
  earlier: null,
};

function decide(priors: number[], seed: string) {
  const candidates = priors.map((prior, index): Candidate => ({
    ...{ kind: "survey", id: `survey ${index}`, prior, features: {} },
    payload: { kind: "survey", surveyId: `survey ${index}` } as unknown as Candidate["payload"],
  }));
  const rules = { surfaceOn: true, offerFloor: 0, holdoutPercent: 0, impressions: 0, keptShare: 1 };
  const ask: Ask = {
    ...{ shopId: 1 as ShopId, id: seed, seed, block: "offers", surface: "thank-you", locale: "en" },
    ...{ orderGid: "gid://shopify/Order/1", customerGid: null, mayLink: true, orderValueMinor: 10_000 },
    ...{ traits: {}, model: emptyModel(), rules, limit: 1, now: new Date("2026-03-01") },
  };
  const { context, verdicts, chosen } = judge(ask, { candidates }, NOBODY);
  const stored = unpackCandidates(packCandidates(candidates, verdicts));
  return { context, stored, chosen };
}

test("where a yes is nearly sure, others are hardly tried; that is stored, and replays", () => {
  for (const seed of ["one", "two", "three", "four"]) {
    const sure = decide([0.95, 0.2], seed);
    const even = 0.04 * (1 - sure.stored[0]!.probability);
    expect(even).toBeLessThan(0.01);
    expect(sure.context.even).toBeCloseTo(even, 6);
    expect(sure.stored[1]!.propensity).toBeCloseTo(even / 2, 4);
    expect(replay(seed, sure.context, sure.stored)).toEqual(sure.chosen);
  }
});

test("where a yes is rarer than a no, nothing is stored of it, and the usual share goes to all", () => {
  const { context, chosen } = decide([0.5, 0.05], "usual");
  expect(context).not.toHaveProperty("even");
  expect(chosen[0]).toMatchObject({ index: 0, propensity: 0.99 });
});
