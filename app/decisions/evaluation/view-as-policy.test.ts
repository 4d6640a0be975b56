import { expect, test } from "vitest";
import type { JudgedCandidate } from "../candidate";
import { viewAs, type LoggedDecision } from "./view-as-policy";

/** A decision that showed its only offer, which the shopper saw. */
function shownOn(day: number, personKey = "someone"): LoggedDecision {
  const offer: JudgedCandidate = {
    ...{ kind: "offer", id: "offer", probability: 0.3, spread: 0.05, value: 1_000, score: 300 },
    ...{ propensity: 1, position: 1, features: {} },
  };
  return {
    ...{ personKey, surface: "thank-you", decidedAt: new Date(Date.UTC(2026, 10, 1 + day)) },
    context: {
      ...{ orderValueMinor: 10_000, floorMinor: 0, forced: 1, limit: 1 },
      ...{ holdout: false, eligible: true, drawn: true, mayLink: true },
    },
    candidates: [offer],
    shown: { wasSeen: true, wasTaken: false, keptShare: null },
  };
}

test("what a lower cap prevents does not count towards it", () => {
  const view = viewAs({ kind: "cap", weekly: 1 });
  const chances = [0, 6, 8, 9].map((day) => Math.round(view(shownOn(day))!.target));
  // Day 6 is within a week of day 0; by day 8 that week is over, and day 6 was not shown.
  expect(chances).toEqual([1, 0, 1, 0]);
  expect(Math.round(view(shownOn(9, "somebody else"))!.target)).toBe(1);
});
