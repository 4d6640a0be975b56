/** Ranks of hidden products, summed up with intervals. */

/** Where each model put the hidden product, from 0. Questions of one order share a weight of one. */
export type Answer = { order: number; weight: number; ranks: Record<string, number> };

/** From 0; null where the hidden product was not proposed at all. */
export type Rank = number | null;
/** Per model, one rank per question. */
export type Ranks = Record<string, Rank[]>;

export type Scores = { hitRate: number; mrr: number; ndcg: number };
export type Interval = { value: number; low: number; high: number };

const REPLICATES = 1_000;

export function scoresOf(answers: readonly Answer[], model: string): Scores {
  let [hits, reciprocal, gain, total] = [0, 0, 0, 0];
  for (const { weight, ranks } of answers) {
    const rank = ranks[model]!;
    total += weight;
    if (rank < 3) hits += weight;
    reciprocal += weight / (rank + 1);
    if (rank < 10) gain += weight / Math.log2(rank + 2);
  }
  return { hitRate: hits / total, mrr: reciprocal / total, ndcg: gain / total };
}

/** Hit rate of a model with its 95 % interval: bootstrap by order. */
export function hitRate(answers: readonly Answer[], model: string): Interval {
  return bootstrap(answers, ([own], weight) => own! / weight, [model]);
}

/** Hit rate of a model over that of another on the same questions, with its 95 % interval: bootstrap by order. */
export function hitRatio(answers: readonly Answer[], model: string, peer: string): Interval {
  return bootstrap(answers, ([own, other]) => own! / other!, [model, peer]);
}

function bootstrap(
  answers: readonly Answer[],
  statistic: (hits: number[], weight: number) => number,
  models: string[],
): Interval {
  const byOrder = new Map<number, { weight: number; hits: number[] }>();
  for (const { order, weight, ranks } of answers) {
    const sums = byOrder.get(order) ?? { weight: 0, hits: models.map(() => 0) };
    byOrder.set(order, sums);
    sums.weight += weight;
    models.forEach((model, index) => (sums.hits[index]! += ranks[model]! < 3 ? weight : 0));
  }
  const orders = [...byOrder.values()];
  let state = 12_345;
  const replicates = Array.from({ length: REPLICATES }, () => {
    const hits = models.map(() => 0);
    let weight = 0;
    for (let draw = 0; draw < orders.length; draw++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      const one = orders[Math.floor((state / 4_294_967_296) * orders.length)]!;
      weight += one.weight;
      one.hits.forEach((own, index) => (hits[index]! += own));
    }
    return statistic(hits, weight);
  }).sort((a, b) => a - b);
  const all = models.map((_, index) => orders.reduce((sum, { hits }) => sum + hits[index]!, 0));
  return {
    value: statistic(
      all,
      orders.reduce((sum, { weight }) => sum + weight, 0),
    ),
    low: replicates[Math.floor(0.025 * REPLICATES)]!,
    high: replicates[Math.floor(0.975 * REPLICATES)]!,
  };
}

const MODEL_COLUMN = 34;

/** One line per model, best first. */
export function printScores(title: string, answers: readonly Answer[]): void {
  console.log(`\n${title}: ${answers.length} hidden products`);
  console.log(`${"model".padEnd(MODEL_COLUMN)}HR@3 (95 %)              MRR     nDCG@10`);
  const models = Object.keys(answers[0]!.ranks).map((model) => ({ model, ...scoresOf(answers, model) }));
  for (const { model, mrr, ndcg } of models.sort((a, b) => b.hitRate - a.hitRate)) {
    const { value, low, high } = hitRate(answers, model);
    const range = `${value.toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}]`;
    console.log(`${model.padEnd(MODEL_COLUMN)}${range.padEnd(25)}${mrr.toFixed(4)}  ${ndcg.toFixed(4)}`);
  }
}
