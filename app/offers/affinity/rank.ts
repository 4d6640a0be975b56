import { describe, FEATURES, settingOf } from "./features";
import { scoreOf, softmax } from "./fit-blend";
import { gatherProspects, type Around, type Prospect } from "./prospects";
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
  const prospects = gatherProspects(around);
  const weights = around.bought && around.bought.length > 0 ? blend.known : blend.cold;
  const setting = settingOf(around);
  const scores = new Float64Array(prospects.length);
  for (let index = 0; index < prospects.length; index++) {
    describe(prospects[index]!, setting, numbers, 0);
    scores[index] = scoreOf(numbers, 0, weights);
  }
  const chances = softmax(scores);
  for (let index = 0; index < prospects.length; index++) prospects[index]!.chance = chances[index]!;
  return prospects.sort((a, b) => b.chance - a.chance);
}
