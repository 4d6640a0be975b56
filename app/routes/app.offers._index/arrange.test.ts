import { expect, test } from "vitest";
import { arrange, AS_IT_IS } from "./arrange";
import type { OfferRow } from "./offer-table";

const row = (name: string, more: Partial<OfferRow> = {}): OfferRow => ({
  id: name,
  name,
  status: "live",
  standing: "live",
  discountPercent: 10,
  views: 0,
  accepts: 0,
  netRevenueMinor: 0,
  takeRate: null,
  ...more,
});
const rows = [
  row("Lamps", { status: "paused", takeRate: 0.02 }),
  row("Advent", { takeRate: null, netRevenueMinor: 900 }),
  row("lamp shades", { takeRate: 0.05 }),
];
const names = (found: OfferRow[]) => found.map(({ name }) => name);

test("the list is searched, filtered and sorted; what has no figure comes last", () => {
  expect(names(arrange(rows, AS_IT_IS))).toEqual(["Lamps", "Advent", "lamp shades"]);
  expect(names(arrange(rows, { ...AS_IT_IS, search: " LAMP" }))).toEqual(["Lamps", "lamp shades"]);
  expect(names(arrange(rows, { ...AS_IT_IS, status: "paused" }))).toEqual(["Lamps"]);
  expect(names(arrange(rows, { ...AS_IT_IS, sort: "name" }))).toEqual(["Advent", "lamp shades", "Lamps"]);
  expect(names(arrange(rows, { ...AS_IT_IS, sort: "takeRate" }))).toEqual(["lamp shades", "Lamps", "Advent"]);
  expect(names(rows)).toEqual(["Lamps", "Advent", "lamp shades"]);
});
