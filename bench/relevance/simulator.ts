/**
 * A shop with known truth: 50 offers (12 categories, 4 types, 5 price bands), of which 10 arrive late and 5 leave
 * early; shoppers of 8 archetypes with 20 categorical features and something we never observe; about 1 % clicks; 30 %
 * of the offers change at half time; seasons. Every policy meets the same shoppers with the same luck.
 */
import { chanceFrom, type Chance } from "./chance.ts";

export type World = {
  rounds: number;
  offers: number;
  /** Values per context feature. */
  sizes: number[];
  /** Context of each round, `sizes.length` values a round. */
  context: Uint8Array;
  /** True P(click), `offers` numbers a round. */
  truth: Float32Array;
  /** Uniform numbers a round: the shopper's luck, and the policy's. */
  luck: Float64Array;
  dice: Float64Array;
  categoryOf: number[];
  typeOf: number[];
  priceBandOf: number[];
  margin: number[];
  /** First round of an offer, and the round it is gone. */
  start: number[];
  end: number[];
  drifted: boolean[];
  /** What showing an offer costs in the value task: showing nothing is then right in 20 % of the rounds. */
  cost: number;
};

export const OFFERS = 50;
/**
 * device locale returning surface daypart weekend valueBand category category2 items payment discount shipping season
 * source region prior gift emailConsent noise
 */
export const SIZES = [3, 6, 2, 3, 6, 2, 6, 12, 12, 4, 4, 2, 3, 4, 5, 8, 4, 2, 2, 10];
export const VALUE_BAND = 6;
export const CATEGORY = 7;
export const SECOND_CATEGORY = 8;
const DEVICE = 0;
const RETURNING = 2;
export const CATEGORIES = 12;
export const TYPES = 4;
export const PRICE_BANDS = 5;
const LATENT = 6;
const ARCHETYPES = 8;

export function makeWorld(seed: number, rounds: number): World {
  const chance = chanceFrom(1000 + seed);
  const { context, users } = makeShoppers(chance, rounds);
  const offers = makeOffers(chance);
  const { start, end } = makeLifetimes(chance, rounds);
  const logits = makeLogits(rounds, context, users, offers);
  const here = (round: number, offer: number) => round >= start[offer]! && round < end[offer]!;
  const truth = calibrate(logits, here, 0.01);
  return {
    rounds,
    offers: OFFERS,
    sizes: SIZES,
    context,
    truth,
    luck: Float64Array.from({ length: rounds }, chance.uniform),
    dice: Float64Array.from({ length: rounds }, chance.uniform),
    categoryOf: offers.category,
    typeOf: offers.type,
    priceBandOf: offers.priceBand,
    margin: offers.margin,
    start,
    end,
    drifted: offers.drifted,
    cost: costThatSilences(0.2, truth, offers.margin, here, rounds),
  };
}

function makeShoppers(chance: Chance, rounds: number) {
  const shares = chance.dirichlet(ARCHETYPES, 2);
  const tables = SIZES.map((size) => {
    const own = Array.from({ length: ARCHETYPES }, () => chance.dirichlet(size, 1));
    const common = chance.dirichlet(size, 2);
    return own.map((row) => row.map((share, value) => 0.6 * share + 0.4 * common[value]!));
  });
  const embeddings = SIZES.map((size, feature) =>
    Array.from({ length: size }, () => vector(chance, 0.45 * emphasis(feature))),
  );
  const context = new Uint8Array(rounds * SIZES.length);
  const users = new Float64Array(rounds * LATENT);
  for (let round = 0; round < rounds; round++) {
    const archetype = pick(shares, chance.uniform());
    const at = round * LATENT;
    for (let latent = 0; latent < LATENT; latent++) users[at + latent] = 0.25 * chance.normal();
    for (let feature = 0; feature < SIZES.length; feature++) {
      const value = pick(tables[feature]![archetype]!, chance.uniform());
      context[round * SIZES.length + feature] = value;
      const embedding = embeddings[feature]![value]!;
      for (let latent = 0; latent < LATENT; latent++) users[at + latent]! += embedding[latent]!;
    }
  }
  centre(users);
  for (let index = 0; index < users.length; index++) users[index] = Math.tanh(0.7 * users[index]!);
  centre(users);
  return { context, users };
}

/** Some features say little or nothing of taste. */
function emphasis(feature: number): number {
  return ({ 19: 0, 12: 0.2, 5: 0.3 } as Record<number, number>)[feature] ?? 1;
}

function vector(chance: Chance, spread: number): number[] {
  return Array.from({ length: LATENT }, () => spread * chance.normal());
}

function pick(shares: number[], uniform: number): number {
  let passed = 0;
  for (let index = 0; index < shares.length - 1; index++) {
    passed += shares[index]!;
    if (uniform <= passed) return index;
  }
  return shares.length - 1;
}

function centre(users: Float64Array): void {
  const rounds = users.length / LATENT;
  for (let latent = 0; latent < LATENT; latent++) {
    let sum = 0;
    for (let index = latent; index < users.length; index += LATENT) sum += users[index]!;
    for (let index = latent; index < users.length; index += LATENT) users[index]! -= sum / rounds;
  }
}

function makeOffers(chance: Chance) {
  const every = <T>(make: (offer: number) => T) => Array.from({ length: OFFERS }, (_, offer) => make(offer));
  const category = every(() => chance.integer(CATEGORIES));
  const type = every(() => chance.integer(TYPES));
  const priceBand = every(() => chance.integer(PRICE_BANDS));
  const margin = every((offer) => {
    const value = Math.exp(Math.log(4) + 0.35 * priceBand[offer]! + 0.4 * chance.normal());
    return Math.round(value * 100) / 100;
  });
  const ofCategory = Array.from({ length: CATEGORIES }, () => vector(chance, 0.5));
  const ofType = Array.from({ length: TYPES }, () => vector(chance, 0.5));
  const tastes = () =>
    every((offer) =>
      vector(chance, 0.6).map(
        (own, latent) => own + ofCategory[category[offer]!]![latent]! + ofType[type[offer]!]![latent]!,
      ),
    );
  const before = tastes();
  const popularity = Array.from({ length: CATEGORIES }, () => 0.15 * chance.normal());
  const appealBefore = every(
    (offer) => 0.25 * chance.normal() - 0.1 * priceBand[offer]! + popularity[category[offer]!]!,
  );
  const drifted = every(() => chance.uniform() < 0.3);
  const fresh = tastes();
  const after = before.map((taste, offer) =>
    drifted[offer] ? taste.map((old, latent) => 0.3 * old + 0.7 * fresh[offer]![latent]!) : taste,
  );
  const appealAfter = appealBefore.map((appeal, offer) =>
    drifted[offer] ? appeal + 0.5 * chance.normal() : appeal,
  );
  const phase = Array.from({ length: CATEGORIES }, () => 2 * Math.PI * chance.uniform());
  const swing = Array.from({ length: CATEGORIES }, () => 0.3 * chance.uniform());
  return {
    category,
    type,
    priceBand,
    margin,
    drifted,
    taste: [before, after],
    appeal: [appealBefore, appealAfter],
    phase,
    swing,
  };
}

function makeLifetimes(chance: Chance, rounds: number) {
  const start = new Array<number>(OFFERS).fill(0);
  const end = new Array<number>(OFFERS).fill(rounds);
  chance.permutation(OFFERS).forEach((offer, place) => {
    if (place < 4) start[offer] = Math.floor(0.3 * rounds);
    else if (place < 7) start[offer] = Math.floor(0.5 * rounds);
    else if (place < 10) start[offer] = Math.floor(0.7 * rounds);
    else if (place < 15) end[offer] = Math.floor(0.6 * rounds);
  });
  return { start, end };
}

function makeLogits(
  rounds: number,
  context: Uint8Array,
  users: Float64Array,
  offers: ReturnType<typeof makeOffers>,
): Float64Array {
  const logits = new Float64Array(rounds * OFFERS);
  for (let round = 0; round < rounds; round++) {
    const half = round < Math.floor(rounds / 2) ? 0 : 1;
    const at = round * SIZES.length;
    const seen = (feature: number) => context[at + feature]!;
    for (let offer = 0; offer < OFFERS; offer++) {
      const category = offers.category[offer]!;
      const expensive = offers.priceBand[offer]! >= 3;
      const taste = offers.taste[half]![offer]!;
      let match = 0;
      for (let latent = 0; latent < LATENT; latent++)
        match += users[round * LATENT + latent]! * taste[latent]!;
      let logit = offers.appeal[half]![offer]! + 1.6 * Math.tanh(match);
      if (seen(CATEGORY) === category) logit += 0.9;
      if (seen(SECOND_CATEGORY) === category) logit += 0.4;
      if (expensive && seen(VALUE_BAND) >= 4) logit += 0.6;
      if (expensive && seen(VALUE_BAND) <= 1) logit -= 0.5;
      if (seen(RETURNING) === 1 && offers.type[offer] === 2) logit += 0.5;
      if (seen(DEVICE) === 0 && offers.type[offer] === 3) logit -= 0.4;
      logit += offers.swing[category]! * Math.sin((6 * Math.PI * round) / rounds + offers.phase[category]!);
      logits[round * OFFERS + offer] = logit;
    }
  }
  return logits;
}

/** Shifts all logits so that offers shown evenly are clicked with probability `rate`; Newton's method. */
function calibrate(
  logits: Float64Array,
  here: (round: number, offer: number) => boolean,
  rate: number,
): Float32Array {
  const present: number[] = [];
  for (let index = 0; index < logits.length; index++)
    if (here(Math.floor(index / OFFERS), index % OFFERS)) present.push(logits[index]!);
  let shift = -5;
  for (let step = 0; step < 8; step++) {
    let mean = 0;
    let slope = 0;
    for (const logit of present) {
      const p = 1 / (1 + Math.exp(-logit - shift));
      mean += p;
      slope += p * (1 - p);
    }
    shift -= (mean - rate * present.length) / slope;
  }
  return Float32Array.from(logits, (logit) => 1 / (1 + Math.exp(-logit - shift)));
}

function costThatSilences(
  share: number,
  truth: Float32Array,
  margin: number[],
  here: (round: number, offer: number) => boolean,
  rounds: number,
): number {
  const best = new Float64Array(rounds).fill(-9);
  for (let round = 0; round < rounds; round++) {
    for (let offer = 0; offer < OFFERS; offer++) {
      if (here(round, offer))
        best[round] = Math.max(best[round]!, truth[round * OFFERS + offer]! * margin[offer]!);
    }
  }
  best.sort();
  return Math.round(best[Math.floor(share * (rounds - 1))]! * 1000) / 1000;
}
