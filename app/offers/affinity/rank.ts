import { describe, FEATURES, settingOf } from "./features";
import { scoreOf, softmax } from "./fit-blend";
import { gatherProspects, type Around, type Prospect } from "./prospects";
import type { Sellable } from "./sellable";

/** How much each feature counts: for customers whose earlier orders we know, and for everybody else. */
export type Blend = { known: Float64Array; cold: Float64Array };

/** A prospect with the chance that, of all prospects, it is the one that such an order also has. */
export type Ranked<Product extends Sellable> = Prospect<Product> & { chance: number };

const WIDTH = FEATURES.length;

/** Everything that could be proposed for an order, likeliest first. */
export function rankProspects<Product extends Sellable>(
  around: Around<Product>,
  blend: Blend,
): Ranked<Product>[] {
  const prospects = gatherProspects(around);
  const weights = around.bought && around.bought.length > 0 ? blend.known : blend.cold;
  const setting = settingOf(around);
  const numbers = new Float64Array(WIDTH);
  const scores = new Float64Array(prospects.length);
  prospects.forEach((prospect, index) => {
    describe(prospect, setting, numbers, 0);
    scores[index] = scoreOf(numbers, 0, weights);
  });
  const chances = softmax(scores);
  const order = Uint32Array.from(prospects, (_, index) => index).sort((a, b) => chances[b]! - chances[a]!);
  return Array.from(order, (index) => Object.assign(prospects[index]!, { chance: chances[index]! }));
}
