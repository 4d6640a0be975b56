import { expect, test } from "vitest";
import { sixDigits } from "./beliefs";
import type { JudgedCandidate } from "./candidate";
import { packCandidates } from "./pack-candidates";
import { unpackCandidates } from "./stored-candidates";
import { verdictsOf } from "./verdicts";

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
    fit: number / 10_000,
    features: { source: "together", discountPercent: 10 },
    ...rest,
  };
}

const pack = (candidates: JudgedCandidate[]) => packCandidates(candidates, verdictsOf(candidates));
const stored = (candidates: JudgedCandidate[]) => unpackCandidates(pack(candidates));

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

test("what does not fit the usual form comes back too", () => {
  const odd = [
    anOffer(1, { subject: "gid://shopify/Product/007", value: 1.5, score: -1e300 }),
    anOffer(2, { subject: "", value: 2 ** 52 / 1e6, score: 1e12 + 0.25, propensity: 0 }),
    anOffer(3, { subject: undefined, features: { "a b": false, ü: "" } }),
    anOffer(4, { subject: "gid://shopify/Product/9223372036854775807", value: 0 }),
  ];
  delete odd[2]!.subject;
  expect(stored(odd)).toEqual(odd);
});

test("features that candidates share are stored once", () => {
  const kinds = [{ category: "Tea" }, { category: "Mugs" }];
  const numbers = Array.from({ length: 20 }, (_, index) => index);
  const shared = numbers.map((number) => anOffer(number, { features: kinds[number % 2] }));
  const apart = numbers.map((number) => anOffer(number, { features: { ...kinds[number % 2]! } }));
  expect(stored(shared)).toEqual(shared);
  expect(pack(shared).length).toBeLessThan(pack(apart).length);
});

test("another form of storing is an error that names it", () => {
  expect(() => unpackCandidates(new Uint8Array([9, 0, 0]))).toThrow("form 9");
});

test("bytes that are cut off are an error, not other candidates", () => {
  const bytes = pack([anOffer(1), anOffer(2)]);
  expect(() => unpackCandidates(bytes.subarray(0, -1))).toThrow("too early");
});

test("fifty candidates stay small enough for one page of the database", () => {
  const fifty = Array.from({ length: 50 }, (_, index) => anOffer(index + 1));
  expect(pack(fifty).length).toBeLessThan(JSON.stringify(fifty).length / 8);
  expect(pack(fifty).length).toBeLessThan(1_600);
});
