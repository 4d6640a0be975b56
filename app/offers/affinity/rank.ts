import { describe, FEATURES, settingOf } from "./features";
import { scoreOf, softmax } from "./fit-blend";
import { gatherProspects, type Around, type Prospect, type Prospects } from "./prospects";
import type { Sellable } from "./sellable";

/** How much each feature counts: for customers whose earlier orders we know, and for everybody else. */
export type Blend = { known: Float64Array; cold: Float64Array };

const WIDTH = FEATURES.length;

const numbers = new Float64Array(WIDTH);

/** Everything that could be proposed for an order, likeliest first, each with its chance among all of them. */
export function rankProspects<Product extends Sellable>(
  around: Around<Product>,
  blend: Blend,
): Prospect<Product>[] {
  const found = gatherProspects(around);
  const weights = around.bought && around.bought.length > 0 ? blend.known : blend.cold;
  const setting = settingOf(around);
  const chances = new Float64Array(found.count);
  for (let row = 0; row < found.count; row++) {
    describe(found, row, setting, numbers, 0);
    chances[row] = scoreOf(numbers, 0, weights);
  }
  softmax(chances);
  const ranked: Prospect<Product>[] = [];
  for (const row of bestFirst(chances)) ranked.push(prospectAt(found, row, around, chances[row]!));
  return ranked;
}

function prospectAt<Product extends Sellable>(
  { products, pull, confidence, likeness, related, pinned, bought, goesWith }: Prospects,
  row: number,
  { ordered }: Around<Product>,
  chance: number,
): Prospect<Product> {
  return {
    product: products[row] as Product,
    pull: pull[row]!,
    confidence: confidence[row]!,
    likeness: likeness[row]!,
    related: related[row] === 1,
    pinned: pinned[row] === 1,
    bought: bought[row]!,
    goesWith: ordered[goesWith[row]!] ?? null,
    chance,
  };
}

/** Places of the numbers, highest first, equal ones as they stand. By insertion: for a few dozen, a comparing function costs more. */
export function bestFirst(numbers: Float64Array): Uint16Array {
  const rows = new Uint16Array(numbers.length);
  for (let row = 0; row < numbers.length; row++) {
    let place = row;
    while (place > 0 && numbers[rows[place - 1]!]! < numbers[row]!) {
      rows[place] = rows[place - 1]!;
      place--;
    }
    rows[place] = row;
  }
  return rows;
}
