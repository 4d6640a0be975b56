import { expect, test } from "vitest";
import { sixDigits } from "./beliefs";
import type { JudgedCandidate } from "./candidate";
import { packCandidates, unpackCandidates } from "./stored-candidates";

function anOffer(number: number, rest: Partial<JudgedCandidate> = {}): JudgedCandidate {
  return {
    kind: "offer",
    id: "0190c0de-0000-7000-8000-000000000001",
    subject: `gid://shopify/Product/${number}`,
    probability: sixDigits(0.012345 + number / 1_000),
    spread: 0.004321,
    value: 1_500 + number,
    score: sixDigits(-12.345678 + number),
    propensity: 0.019999,
    reason: "not-drawn",
    features: { fit: number / 10_000, source: "together", discountPercent: 10 },
    ...rest,
  };
}

const stored = (candidates: JudgedCandidate[]) =>
  unpackCandidates(JSON.parse(packCandidates(candidates)) as unknown);

test("what is stored comes back as it was", () => {
  const chosen = anOffer(7, { reason: undefined, position: 1 });
  delete chosen.reason;
  const survey: JudgedCandidate = {
    kind: "survey",
    id: "s1",
    probability: 0.3,
    spread: 0.05,
    value: 1,
    score: 0.3,
    propensity: 0,
    reason: "capped",
    features: { survey: "nps", questions: 2 },
  };
  const mixed = [anOffer(1), chosen, anOffer(3, { subject: "gid://shopify/ProductVariant/3" }), survey];
  expect(stored(mixed)).toEqual(mixed);
  expect(stored([survey])).toEqual([survey]);
  expect(stored([])).toEqual([]);
});

test("a list, as decisions stored it before, is read too", () => {
  expect(unpackCandidates([anOffer(1)])).toEqual([anOffer(1)]);
});

test("fifty candidates stay small enough for one page of the database", () => {
  const fifty = Array.from({ length: 50 }, (_, index) => anOffer(index + 1));
  expect(packCandidates(fifty).length).toBeLessThan(JSON.stringify(fifty).length / 4);
  expect(packCandidates(fifty).length).toBeLessThan(4_000);
});
