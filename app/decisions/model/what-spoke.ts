import {
  candidateFeatures,
  contextFeatures,
  numbersIn,
  wordsOf,
  type Described,
  type Traits,
} from "./features";
import { learntWeights, type Model } from "./model";

/** Why the model believes in a candidate as it does: what spoke most for it and against it. Pure. */
export type Voice = {
  /** The feature, and the one of the moment that it met; none where it spoke alone. */
  feature: { name: string; value: string };
  together?: { name: string; value: string };
  /** What it multiplies the odds of a yes by. */
  factor: number;
};

/** Voices of one candidate of a decision; `index` points into its candidates. */
export type Voices = { index: number; for: Voice[]; against: Voice[] };

/** Quieter voices are left out: a factor of less than 1.02 either way. */
const AUDIBLE = Math.log(1.02);

/** @returns at most `most` voices for and `most` against, the loudest first */
export function whatSpoke(
  model: Model,
  candidate: Described,
  traits: Traits,
  most = 4,
): { for: Voice[]; against: Voice[] } {
  if (model.learnt === 0) return { for: [], against: [] };
  const words = wordsOf(candidate, traits);
  const moment = words.filter(({ role }) => role === "context");
  const weights = learntWeights(model);
  const heard: { voice: Voice; weight: number }[] = [];
  const hear = (weight: number, feature: Voice["feature"], together?: Voice["feature"]) => {
    if (Math.abs(weight) < AUDIBLE) return;
    const spoken = ({ name, value }: Voice["feature"]) => ({ name, value });
    const voice = { feature: spoken(feature), ...(together && { together: spoken(together) }) };
    heard.push({ voice: { ...voice, factor: Math.exp(weight) }, weight });
  };
  for (const word of words) {
    if (word.role === "context") hear(weights.ofContext(word.hash), word);
    else if (word.role === "fit") hear(weights.ofTrait(word.hash), word);
    else if (word.role === "identity") {
      hear(weights.ofIdentity(word.hash), word);
      for (const other of moment) hear(weights.ofIdentityPair(word.hash, other.hash), word, other);
    } else {
      hear(weights.ofTrait(word.hash), word);
      for (const other of moment) hear(weights.ofTraitPair(word.hash, other.hash), word, other);
    }
  }
  const { numbers } = contextFeatures(traits);
  if (numbers) {
    const added = weights.ofNumbers(candidateFeatures(candidate).identities[0]!, numbers);
    numbersIn(traits).forEach(([name, value], index) => hear(added[index]!, { name, value: String(value) }));
  }
  heard.sort((one, other) => Math.abs(other.weight) - Math.abs(one.weight));
  const loudest = (sign: 1 | -1) =>
    heard
      .filter(({ weight }) => Math.sign(weight) === sign)
      .slice(0, most)
      .map(({ voice }) => voice);
  return { for: loudest(1), against: loudest(-1) };
}
