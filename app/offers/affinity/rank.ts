import { FACTS_WIDTH, settingOf, weightsForSize, writeFacts } from "./features";
import { scoreOf, softmax } from "./fit-blend";
import { gatherProspects, type Around, type Prospect, type Prospects } from "./prospects";
import { MOST_ROWS } from "./rows";
import type { Sellable } from "./sellable";

/** How much each feature counts: for customers whose earlier orders we know, and for everybody else. */
export type Blend = { known: Float64Array; cold: Float64Array };

const facts = new Float64Array(FACTS_WIDTH);
const weights = new Float64Array(FACTS_WIDTH);
/** Made once: a new list of plain numbers for each order costs more than to fill it. */
const chances = new Float64Array(MOST_ROWS);
let places = new Uint16Array(MOST_ROWS);

/** Everything that could be proposed for an order, likeliest first, each with its chance among all of them. */
export function rankProspects<Product extends Sellable>(
  around: Around<Product>,
  blend: Blend,
): Prospect<Product>[] {
  const { found, chances } = weighProspects(around, blend);
  const ranked = new Array<Prospect<Product>>(found.count);
  const best = bestFirst(chances, found.count);
  for (let place = 0; place < found.count; place++) {
    ranked[place] = prospectAt(found, best[place]!, around, chances[best[place]!]!);
  }
  return ranked;
}

/**
 * The same by row and unsorted, for who sorts by something else.
 * @returns what the next ranking overwrites; there is a chance for each row of the table
 */
export function weighProspects<Product extends Sellable>(
  around: Around<Product>,
  blend: Blend,
): { found: Prospects; chances: Float64Array } {
  const found = gatherProspects(around);
  const setting = settingOf(around);
  weightsForSize(around.bought && around.bought.length > 0 ? blend.known : blend.cold, setting, weights);
  for (let row = 0; row < found.count; row++) {
    writeFacts(found, row, setting, facts, 0);
    chances[row] = scoreOf(facts, 0, weights);
  }
  softmax(chances.subarray(0, found.count));
  return { found, chances };
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

/** Of D. L. Shell's sort, as M. Ciura found them best. */
const GAPS = [301, 132, 57, 23, 10, 4, 1];

/**
 * Places of the first `count` numbers, highest first, equal ones as they stand. By Shell's sort: for a few dozen, a
 * comparing function costs more. The next call overwrites them.
 */
export function bestFirst(numbers: ArrayLike<number>, count: number): Uint16Array {
  if (count > places.length) places = new Uint16Array(2 * count);
  for (let place = 0; place < count; place++) places[place] = place;
  for (const gap of GAPS) {
    for (let next = gap; next < count; next++) {
      const moved = places[next]!;
      const number = numbers[moved]!;
      let place = next;
      while (place >= gap) {
        const before = places[place - gap]!;
        if (numbers[before]! > number || (numbers[before] === number && before < moved)) break;
        places[place] = before;
        place -= gap;
      }
      places[place] = moved;
    }
  }
  return places;
}
