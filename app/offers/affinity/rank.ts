import { describe, FEATURES, settingOf } from "./features";
import { scoreOf, softmax } from "./fit-blend";
import { gatherProspects, type Around, type Prospect, type Prospects } from "./prospects";
import { MOST_ROWS } from "./rows";
import type { Sellable } from "./sellable";

/** How much each feature counts: for customers whose earlier orders we know, and for everybody else. */
export type Blend = { known: Float64Array; cold: Float64Array };

const WIDTH = FEATURES.length;

const numbers = new Float64Array(WIDTH);
/** Made once: a new list of plain numbers for each order costs more than to fill it. */
const chances = new Float64Array(MOST_ROWS);
let places = new Uint16Array(MOST_ROWS);

/** Everything that could be proposed for an order, likeliest first, each with its chance among all of them. */
export function rankProspects<Product extends Sellable>(
  around: Around<Product>,
  blend: Blend,
): Prospect<Product>[] {
  const found = gatherProspects(around);
  const weights = around.bought && around.bought.length > 0 ? blend.known : blend.cold;
  const setting = settingOf(around);
  for (let row = 0; row < found.count; row++) {
    describe(found, row, setting, numbers, 0);
    chances[row] = scoreOf(numbers, 0, weights);
  }
  softmax(chances.subarray(0, found.count));
  const ranked: Prospect<Product>[] = [];
  const best = bestFirst(chances, found.count);
  for (let place = 0; place < found.count; place++) {
    ranked.push(prospectAt(found, best[place]!, around, chances[best[place]!]!));
  }
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

/**
 * Places of the first `count` numbers, highest first, equal ones as they stand. By insertion: for a few dozen, a comparing
 * function costs more. The next call overwrites them.
 */
export function bestFirst(numbers: ArrayLike<number>, count: number): Uint16Array {
  if (count > places.length) places = new Uint16Array(2 * count);
  for (let row = 0; row < count; row++) {
    let place = row;
    while (place > 0 && numbers[places[place - 1]!]! < numbers[row]!) {
      places[place] = places[place - 1]!;
      place--;
    }
    places[place] = row;
  }
  return places;
}
