import { expect, test } from "vitest";
import { createRandom } from "../../demo/history/random";
import { scoresFor } from "../../extensions/payment-ranking/src/rank";
import { fitWeights, softmax, type Cell } from "./fit-weights";

const KINDS = { countries: ["DE", "US"], bands: 3, devices: ["phone"] };

/** How buyers of a kind really choose among four ways to pay; the third is nearly only German. */
function truth(country: string, band: number, returning: boolean): number[] {
  const scores = [1, 0, -4, -1];
  if (country === "DE") scores[2]! += 5;
  if (country === "DE") scores[0]! -= 1.5;
  if (band === 0) scores[1]! += 0.8;
  if (returning) scores[2]! += 0.6;
  return softmax(scores);
}

function cellsOf(orders: number, seed: number): Cell[] {
  const random = createRandom(seed);
  const cells: Cell[] = [];
  for (const country of ["DE", "US"])
    for (const band of [0, 1, 2])
      for (const returning of [false, true]) {
        const shares = truth(country, band, returning);
        const counts = [0, 0, 0, 0];
        for (let order = 0; order < orders; order++) {
          counts[random.weighted([0, 1, 2, 3], (method) => shares[method]!)]!++;
        }
        cells.push({ country, band, returning, device: "", counts });
      }
  return cells;
}

function shares(
  cells: Cell[],
  buyer: { country: string; total: number; returning: boolean; device: string },
) {
  const weights = { ...fitWeights(cells, 4, KINDS), edges: [10, 20] };
  return softmax(scoresFor(weights, buyer));
}

test("many orders are told back as they were", () => {
  const cells = cellsOf(20_000, 1);
  for (const country of ["DE", "US"])
    for (const returning of [false, true]) {
      const learnt = shares(cells, { country, total: 15, returning, device: "" });
      truth(country, 1, returning).forEach((share, method) => expect(learnt[method]).toBeCloseTo(share, 1.7));
    }
});

test("few orders hardly move a kind of buyer away from the whole shop", () => {
  const cells = [
    { country: "US", band: 0, returning: false, device: "", counts: [600, 300, 50, 50] },
    { country: "DE", band: 0, returning: false, device: "", counts: [0, 0, 2, 0] },
  ];
  const overall = shares(cells, { country: "FR", total: 5, returning: false, device: "" });
  const german = shares(cells, { country: "DE", total: 5, returning: false, device: "" });
  expect(german[2]).toBeGreaterThan(overall[2]!);
  expect(german.indexOf(Math.max(...german))).toBe(0);
});

test("nothing seen at all gives even shares, and odd counts stay finite", () => {
  expect(shares([], { country: "DE", total: 5, returning: true, device: "phone" })).toEqual([
    0.25, 0.25, 0.25, 0.25,
  ]);
  const lopsided = [
    { country: "DE", band: 2, returning: true, device: "phone", counts: [1_000_000, 0, 0, 1] },
  ];
  const learnt = shares(lopsided, { country: "DE", total: 50, returning: true, device: "phone" });
  expect(learnt.every(Number.isFinite)).toBe(true);
  expect(learnt[0]).toBeGreaterThan(0.99);
});
