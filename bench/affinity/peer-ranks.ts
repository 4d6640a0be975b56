import type { Baskets } from "../../app/offers/affinity/baskets.ts";
import type { Affinity } from "./load.ts";
import { countPairs, ease, PEERS, rankBy, scorerOf, type Scorer } from "./peers.ts";
import { LEAST_ORDERS, questionsOf, type Question, type Stretch } from "./questions.ts";
import { scoresOf, type Rank, type Ranks } from "./scores.ts";

/** Where the peers put what was hidden. */

const VALIDATION_FROM = 0.7;
const VALIDATION_TO = 0.8;
const REGULARISATIONS = [10, 20, 50, 100];

export const EASE_ONCE = "EASE, learnt once";

export function peerRanks(
  affinity: Affinity,
  baskets: Baskets,
  products: number,
  { from }: Stretch,
  questions: readonly Question[],
  regularisation: number,
): Ranks {
  const counts = countPairs(affinity.firstBaskets(baskets, from), products, LEAST_ORDERS);
  const ranks: Ranks = {};
  for (const peer of PEERS) {
    const scorer = peer === "EASE" ? ease(counts, regularisation) : scorerOf(peer, counts);
    ranks[peer] = ranksBy(scorer, questions);
  }
  return ranks;
}

/** EASE as it was before the first stretch, asked about all of them. */
export function learnEaseOnce(
  affinity: Affinity,
  baskets: Baskets,
  products: number,
  { from }: Stretch,
  asked: readonly (readonly Question[])[],
  regularisation: number,
): Rank[][] {
  const counts = countPairs(affinity.firstBaskets(baskets, from), products, LEAST_ORDERS);
  const scorer = ease(counts, regularisation);
  return asked.map((questions) => ranksBy(scorer, questions));
}

/** The regularisation with which EASE does best on the orders before those of the test. */
export function tuneEase(affinity: Affinity, baskets: Baskets, products: number): number {
  const [from, to] = [VALIDATION_FROM, VALIDATION_TO].map((share) => Math.floor(share * baskets.count));
  const stretch = { from: from!, to: to! };
  const counts = countPairs(affinity.firstBaskets(baskets, stretch.from), products, LEAST_ORDERS);
  const questions = questionsOf(affinity, baskets, stretch);
  const gains = REGULARISATIONS.map((regularisation) => {
    const ranks = ranksBy(ease(counts, regularisation), questions);
    const answers = questions.map(({ order, weight }, place) => ({
      order,
      weight,
      ranks: { EASE: ranks[place] ?? Infinity },
    }));
    return { regularisation, ndcg: scoresOf(answers, "EASE").ndcg };
  });
  return gains.reduce((best, one) => (one.ndcg > best.ndcg ? one : best)).regularisation;
}

function ranksBy(scorer: Scorer, questions: readonly Question[]): Rank[] {
  return questions.map(({ rest, hidden }) => {
    const rank = rankBy(scorer, rest, hidden);
    return Number.isFinite(rank) ? rank : null;
  });
}
