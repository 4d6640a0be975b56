/**
 * How well companions are foretold: of each order of the newest 20 %, products are hidden one at a time and looked for
 * among the proposals for the rest of the order. Everybody learns from the same orders, anew every week, and only from
 * those before the week that is asked about.
 */
import { spawnSync } from "node:child_process";
import type { Baskets } from "../app/offers/affinity/baskets.ts";
import { loadAffinity, type Affinity } from "./affinity/load.ts";
import { readGroceries, readHistory, type Orders } from "./affinity/orders.ts";
import { countPairs, ease, PEERS, rankBy, scorerOf, type Scorer } from "./affinity/peers.ts";
import { hitRatio, printScores, scoresOf, type Answer, type Interval } from "./affinity/scores.ts";
import type { Cost } from "./affinity/training.ts";
import type { Figure } from "./harness.ts";

const VALIDATION_FROM = 0.7;
const TEST_FROM = 0.8;
/** Products with fewer orders are not asked about: nobody knows them. */
const LEAST_ORDERS = 5;
const MOST_PER_ORDER = 3;
const REGULARISATIONS = [10, 20, 50, 100];
const OURS = "Postlude";
const OURS_COLD = "Postlude, customer unknown";

export async function run(): Promise<Figure[]> {
  const affinity = await loadAffinity();
  const history = readHistory();
  const groceries = readGroceries();
  if (!history) console.log("Skipped: the history of the gift shop (shared/data/history) is not here.");
  if (!groceries) console.log("Skipped: the baskets of the grocery (shared/data/baskets) are not here.");
  return [
    ...(history ? await measureHistory(affinity, history) : []),
    ...(groceries ? await measureGroceries(affinity, groceries) : []),
    ...costs(),
  ];
}

async function measureHistory(affinity: Affinity, orders: Orders): Promise<Figure[]> {
  const answers = await measure(affinity, orders, 7);
  printScores("Gift shop, learnt anew every week", answers);
  const ratio = hitRatio(answers, OURS, "EASE");
  const cold = hitRatio(answers, OURS_COLD, "EASE");
  printRatio("known and unknown customers against EASE", ratio);
  printRatio("as if no customer were known against EASE", cold);
  return [
    {
      key: "hit_rate_at_3",
      title: "gift shop: hidden product among the first three",
      value: scoresOf(answers, OURS).hitRate,
      unit: "",
      peer: { title: "EASE", value: scoresOf(answers, "EASE").hitRate },
    },
    ratioFigure("ratio_to_ease", "gift shop: hit rate over EASE's", ratio, 1.1),
    ratioFigure("ratio_to_ease_cold", "gift shop: the same without history", cold, 1.03),
  ];
}

async function measureGroceries(affinity: Affinity, orders: Orders): Promise<Figure[]> {
  const answers = await measure(affinity, orders, Infinity);
  printScores("Grocery, learnt once", answers);
  const ratio = hitRatio(answers, OURS, "EASE");
  printRatio("against EASE", ratio);
  return [ratioFigure("ratio_to_ease_groceries", "grocery: hit rate over EASE's", ratio, 1)];
}

/** @param days after how many everybody learns anew */
async function measure(
  affinity: Affinity,
  { catalogue, baskets: listed }: Orders,
  days: number,
): Promise<Answer[]> {
  const baskets = affinity.packBaskets(listed);
  const regularisation = tuneEase(affinity, baskets, catalogue.length);
  const earlierOf = affinity.rememberBaskets(baskets);
  const answers: Answer[] = [];
  for (let at = Math.floor(TEST_FROM * baskets.count); at < baskets.count;) {
    const before = affinity.firstBaskets(baskets, at);
    const next = Math.max(at + 1, affinity.basketAt(baskets, baskets.days[at]! + days));
    const learnt = await affinity.learnFromBaskets(before, catalogue, baskets.days[at]!, () => undefined);
    const companions = new Map<number, ReturnType<typeof learnt.companionsOf>>();
    const questions = questionsOf(affinity, baskets, at, next, learnt.products);
    const asked = questions.map(({ order, rest, hidden, weight }): Answer => {
      const ordered = rest.map((item) => {
        if (!companions.has(item)) companions.set(item, learnt.companionsOf(item));
        return { ...learnt.products[item]!, title: "", others: companions.get(item)! };
      });
      const around = { ordered, popular: learnt.popular, habits: learnt.habits };
      const bought = affinity.boughtBefore(baskets, earlierOf(order), learnt);
      const rankOf = (proposed: ReturnType<typeof affinity.rankProspects>) => {
        const rank = proposed.findIndex(({ product }) => product === learnt.products[hidden]);
        return rank < 0 ? Infinity : rank;
      };
      return {
        order,
        weight,
        ranks: {
          [OURS]: rankOf(affinity.rankProspects({ ...around, bought }, learnt.blend)),
          [OURS_COLD]: rankOf(affinity.rankProspects(around, learnt.blend)),
        },
      };
    });
    const counts = countPairs(before, catalogue.length, LEAST_ORDERS);
    for (const peer of PEERS) {
      const scorer = peer === "EASE" ? ease(counts, regularisation) : scorerOf(peer, counts);
      questions.forEach(
        ({ rest, hidden }, index) => (asked[index]!.ranks[peer] = rankBy(scorer, rest, hidden)),
      );
    }
    answers.push(...asked);
    at = next;
  }
  return answers;
}

/** The regularisation with which EASE does best on the orders before those of the test. */
function tuneEase(affinity: Affinity, baskets: Baskets, products: number): number {
  const [from, to] = [VALIDATION_FROM, TEST_FROM].map((share) => Math.floor(share * baskets.count)) as [
    number,
    number,
  ];
  const counts = countPairs(affinity.firstBaskets(baskets, from), products, LEAST_ORDERS);
  const known = Array.from(counts.placeOf, (place) => ({ orders: place < 0 ? 0 : LEAST_ORDERS }));
  const questions = questionsOf(affinity, baskets, from, to, known);
  const gains = REGULARISATIONS.map((regularisation) => {
    const scorer: Scorer = ease(counts, regularisation);
    const answers = questions.map(({ order, rest, hidden, weight }) => ({
      order,
      weight,
      ranks: { EASE: rankBy(scorer, rest, hidden) },
    }));
    return { regularisation, ndcg: scoresOf(answers, "EASE").ndcg };
  });
  return gains.reduce((best, one) => (one.ndcg > best.ndcg ? one : best)).regularisation;
}

/** Up to three hidden products per order, the same ones in every run. */
function questionsOf(
  { itemsOf }: Affinity,
  baskets: Baskets,
  from: number,
  to: number,
  products: readonly { orders: number }[],
) {
  const questions: { order: number; rest: number[]; hidden: number; weight: number }[] = [];
  for (let order = from; order < Math.min(to, baskets.count); order++) {
    const items = [...itemsOf(baskets, order)].filter((item) => products[item]!.orders >= LEAST_ORDERS);
    if (items.length < 2) continue;
    const drawn = [...items].sort((a, b) => shuffled(a, order) - shuffled(b, order)).slice(0, MOST_PER_ORDER);
    for (const hidden of drawn) {
      const rest = items.filter((item) => item !== hidden);
      questions.push({ order, rest, hidden, weight: 1 / drawn.length });
    }
  }
  return questions;
}

function shuffled(item: number, order: number): number {
  const mixed = Math.imul(item + 1, 2_654_435_761) ^ Math.imul(order + 1, 2_246_822_519);
  return Math.imul(mixed ^ (mixed >>> 15), 2_246_822_519) >>> 0;
}

function costs(): Figure[] {
  const usual = costOf(3_000, 60_000);
  const large = costOf(100_000, 300_000);
  return [
    {
      key: "serving_p99_us",
      title: "order of four products, p99",
      value: usual.p99Micros,
      unit: "µs",
      atMost: 50,
    },
    {
      key: "training_seconds",
      title: "learning 3,000 products",
      value: usual.seconds,
      unit: "s CPU",
      atMost: 60,
    },
    { key: "training_mb", title: "memory of that process", value: usual.megabytes, unit: "MB", atMost: 500 },
    { key: "training_seconds_100k", title: "learning 100,000 products", value: large.seconds, unit: "s CPU" },
    { key: "training_mb_100k", title: "memory of that process", value: large.megabytes, unit: "MB" },
  ];
}

function costOf(products: number, orders: number): Cost {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ["bench/affinity/training.ts", String(products), String(orders)],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`learning ${products} products failed: ${stderr}`);
  return JSON.parse(stdout) as Cost;
}

function ratioFigure(key: string, title: string, { value }: Interval, atLeast: number): Figure {
  return { key, title, value, unit: "×", atLeast };
}

function printRatio(title: string, { value, low, high }: Interval): void {
  console.log(`hit rate, ${title}: ${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`);
}
