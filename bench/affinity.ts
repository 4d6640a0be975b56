/**
 * How well companions are foretold: of each order of the newest 20 %, products are hidden one at a time and looked for
 * among the proposals for the rest of the order. Everybody learns from the same orders, anew every week, and only from
 * those before the week that is asked about. Ranks are kept by week, code and data (bench/kept), so that peers are not
 * learnt again when only our own code changed; the first run takes minutes, because a plain EASE is the inverse of a
 * matrix over all products. AFFINITY_LARGE=0 leaves out what learning 100,000 products costs.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { loadAffinity, type Affinity } from "./affinity/load.ts";
import { readGroceries, readHistory, type Orders } from "./affinity/orders.ts";
import { OURS, OURS_COLD, ourRanks } from "./affinity/ours.ts";
import { EASE_ONCE, learnEaseOnce, peerRanks, tuneEase } from "./affinity/peer-ranks.ts";
import { questionsOf, stretchesOf } from "./affinity/questions.ts";
import {
  hitRatio,
  printScores,
  scoresOf,
  type Answer,
  type Interval,
  type Ranks,
} from "./affinity/scores.ts";
import type { Cost } from "./affinity/training.ts";
import type { Figure } from "./harness.ts";
import { keeper } from "./kept/kept.ts";

const TEST_FROM = 0.8;
/** The code that the ranks of peers depend on. */
const PEER_FILES = ["peers", "peer-ranks", "invert", "questions", "orders"];
const OUR_FILES = ["ours", "questions", "orders"];

export async function run(): Promise<Figure[]> {
  const { affinity, code } = await loadAffinity();
  const history = readHistory();
  const groceries = readGroceries();
  if (!history) console.log("Skipped: the history of the gift shop (shared/data/history) is not here.");
  if (!groceries) console.log("Skipped: the baskets of the grocery (shared/data/baskets) are not here.");
  return [
    ...(history ? await measureHistory(affinity, code, history) : []),
    ...(groceries ? await measureGroceries(affinity, code, groceries) : []),
    ...(await costs(code)),
  ];
}

async function measureHistory(affinity: Affinity, code: string, orders: Orders): Promise<Figure[]> {
  const answers = await measure(affinity, code, orders, 7);
  printScores("Gift shop, learnt anew every week", answers);
  const ratio = hitRatio(answers, OURS, "EASE");
  const cold = hitRatio(answers, OURS_COLD, "EASE");
  const once = hitRatio(answers, OURS, EASE_ONCE);
  printRatio("known and unknown customers against EASE", ratio);
  printRatio("as if no customer were known against EASE", cold);
  printRatio("known and unknown customers against EASE that learns once", once);
  return [
    {
      key: "hit_rate_at_3",
      title: "gift shop: hidden product among the first three",
      value: scoresOf(answers, OURS).hitRate,
      unit: "",
      peer: { title: "EASE", value: scoresOf(answers, "EASE").hitRate },
    },
    ...ratioFigures("ratio_to_ease", "gift shop: hit rate over EASE's, both learnt weekly", ratio, 1.1),
    ...ratioFigures("ratio_to_ease_cold", "gift shop: the same without history", cold, 1.03),
    ...ratioFigures("ratio_to_ease_learnt_once", "gift shop: over that of an EASE that learns once", once),
  ];
}

async function measureGroceries(affinity: Affinity, code: string, orders: Orders): Promise<Figure[]> {
  const answers = await measure(affinity, code, orders, Infinity);
  printScores("Grocery, learnt once", answers);
  const ratio = hitRatio(answers, OURS, "EASE");
  printRatio("against EASE", ratio);
  return ratioFigures("ratio_to_ease_groceries", "grocery: hit rate over EASE's", ratio, 1);
}

/** @param days after how many everybody learns anew */
async function measure(affinity: Affinity, code: string, orders: Orders, days: number): Promise<Answer[]> {
  const baskets = affinity.packBaskets(orders.baskets);
  const made = [orders.source, String(days)];
  const keepPeers = keeper("affinity-peers", ...made, ...PEER_FILES.map(textOf));
  const keepOurs = keeper("affinity-ours", ...made, code, ...OUR_FILES.map(textOf));
  const products = orders.catalogue.length;
  const regularisation = await keepPeers("regularisation", () => tuneEase(affinity, baskets, products));
  const stretches = stretchesOf(affinity, baskets, Math.floor(TEST_FROM * baskets.count), days);
  const asked = stretches.map((stretch) => questionsOf(affinity, baskets, stretch));
  const once = await keepPeers("learnt-once", () =>
    learnEaseOnce(affinity, baskets, products, stretches[0]!, asked, regularisation),
  );
  const answers: Answer[] = [];
  for (const [index, stretch] of stretches.entries()) {
    const questions = asked[index]!;
    const ranks: Ranks = {
      ...(await keepOurs(`${stretch.from}`, () =>
        ourRanks(affinity, baskets, orders.catalogue, stretch, questions),
      )),
      ...(await keepPeers(`${stretch.from}`, () =>
        peerRanks(affinity, baskets, products, stretch, questions, regularisation),
      )),
      [EASE_ONCE]: once[index]!,
    };
    questions.forEach(({ order, weight }, place) => answers.push({ order, weight, ranks: at(ranks, place) }));
  }
  return answers;
}

function at(ranks: Ranks, place: number): Answer["ranks"] {
  return Object.fromEntries(Object.entries(ranks).map(([model, all]) => [model, all[place] ?? Infinity]));
}

function textOf(file: string): string {
  return readFileSync(`bench/affinity/${file}.ts`, "utf8");
}

async function costs(code: string): Promise<Figure[]> {
  const usual = costOf(3_000, 60_000);
  return [
    {
      key: "serving_p99_us",
      title: "order of four products, p99 of the middle of eleven rounds",
      value: usual.p99Micros,
      unit: "µs",
      atMost: 50,
    },
    {
      key: "serving_p99_worst_us",
      title: "  p99 of the worst round",
      value: usual.worstP99Micros,
      unit: "µs",
    },
    {
      key: "serving_p99_all_us",
      title: "  p99 of all rounds together",
      value: usual.allP99Micros,
      unit: "µs",
    },
    { key: "serving_p50_us", title: "  p50", value: usual.p50Micros, unit: "µs" },
    { key: "serving_cpu_us", title: "  processor time, mean", value: usual.cpuMicros, unit: "µs" },
    {
      key: "training_seconds",
      title: "learning 3,000 products",
      value: usual.seconds,
      unit: "s CPU",
      atMost: 60,
    },
    { key: "training_mb", title: "memory of that process", value: usual.megabytes, unit: "MB", atMost: 500 },
    ...(process.env.AFFINITY_LARGE === "0" ? [] : await largeCosts(code)),
  ];
}

/** Takes minutes, so it is kept as long as the code is the same. */
async function largeCosts(code: string): Promise<Figure[]> {
  const keep = keeper("affinity-costs", code, textOf("training"));
  const large = await keep("100k", () => costOf(100_000, 300_000));
  return [
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

function ratioFigures(
  key: string,
  title: string,
  { value, low, high }: Interval,
  atLeast?: number,
): Figure[] {
  return [
    { key, title, value, unit: "×", ...(atLeast !== undefined && { atLeast }) },
    { key: `${key}_low`, title: "  95 % interval, from", value: low, unit: "×" },
    { key: `${key}_high`, title: "  to", value: high, unit: "×" },
  ];
}

function printRatio(title: string, { value, low, high }: Interval): void {
  console.log(`hit rate, ${title}: ${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`);
}
