/**
 * How well decisions learn, in a simulated shop with known truth (bench/relevance/simulator.ts): ours beside greedy,
 * LinUCB, Beta-Thompson and popularity, on seeds that nothing was tuned on (tuning used 1-12). RELEVANCE_SEEDS says how
 * many seeds (20), RELEVANCE_ROUNDS how many decisions each (120,000). On fewer seeds, where time is short:
 * RELEVANCE_COMPARED says on how many others are compared, RELEVANCE_ABLATED on how many ours is told less,
 * RELEVANCE_SHARED on how many a shop starts from what others learnt, RELEVANCE_DENSE how many shuffles of each dense
 * problem, RELEVANCE_DENSE_DATA where their sets are. What was measured is kept by seed (bench/kept), so a run may be
 * stopped and goes on later.
 */
import type { Figure } from "./harness.ts";
import {
  estimateLead,
  estimateMean,
  estimateRatio,
  meanOf,
  medianOf,
  type Estimate,
} from "./relevance/estimate.ts";
import { canMeasure, fileOf, nameOf, SETS } from "./relevance/dense-problems.ts";
import { measurerOf } from "./relevance/kept.ts";
import type { Measured } from "./relevance/parts.ts";

const FIRST_SEED = 101;
const SEEDS = Number(process.env.RELEVANCE_SEEDS ?? 20);
const ROUNDS = Number(process.env.RELEVANCE_ROUNDS ?? 120_000);
/** Comparisons may be made on the first few seeds only: they cost most, and change least. */
const COMPARED = Math.min(SEEDS, Number(process.env.RELEVANCE_COMPARED ?? SEEDS));
/** The same without what the basket says is no peer, but tells what that is worth. */
const ABLATED = Math.min(SEEDS, Number(process.env.RELEVANCE_ABLATED ?? SEEDS));
const SHARED = Math.min(SEEDS, Number(process.env.RELEVANCE_SHARED ?? SEEDS));
const DENSE = Math.min(SEEDS, Number(process.env.RELEVANCE_DENSE ?? 10));
/** In this order: should the run be stopped, our own figures are there first. */
const WORK = [
  { entry: "ours-parts", part: "main", seeds: SEEDS },
  { entry: "shared-parts", part: "shared_start", seeds: SHARED },
  ...["linucb", "beta_thompson", "popularity"].map((part) => ({
    entry: "peer-parts",
    part,
    seeds: COMPARED,
  })),
  { entry: "ours-parts", part: "greedy", seeds: COMPARED },
  { entry: "ours-parts", part: "without_match", seeds: ABLATED },
  { entry: "dense-parts", part: "dense", seeds: DENSE },
];
/** Other shops, from which a shop that is not the first one starts; nothing was tuned on them either. */
const OTHER_SHOPS = { firstSeed: 201, rounds: 30_000 };
const OTHERS: Record<string, string> = {
  greedy: "our model, greedy and 5 % evenly",
  linucb: "LinUCB",
  beta_thompson: "Beta-Thompson",
  popularity: "popularity",
  without_match: "ours, not told what is in the basket",
};

export async function run(): Promise<Figure[]> {
  const measured = await measureAll((text) => console.error(text));
  const of = (key: string) => measured[key]!;
  return [
    ...goal("share_of_gap", "click task: share of the gap between random and ideal", measured, 0.45),
    ...goal("value_share_of_gap", "value task, nothing is an option: share of the gap", measured, 0.62),
    {
      ...figure("none_share", "value task: nothing shown, last quarter", estimateMean(of("none_share"))),
      atLeast: 0.15,
      atMost: 0.3,
    },
    ...others("none_share", measured),
    {
      ...figure(
        "share_after_drift",
        "level within 15,000 decisions after the drift, by before",
        estimateRatio(of("gain_after_drift"), of("gain_before_drift")),
      ),
      atLeast: 0.9,
    },
    ...limited(
      "share_with_delay",
      "gain when outcomes come 2,000 decisions late, by at once",
      estimateRatio(of("gain_with_delay"), of("share_of_gap")),
      0.98,
    ),
    ...sharedStart(measured),
    ...newOffers(of("new_offer_decisions")),
    {
      key: "cpu_us_per_decision",
      title: "processor time to decide and learn",
      value: meanOf(of("cpu_us_per_decision")),
      unit: "µs",
    },
    ...(DENSE > 0 ? SETS.filter(canMeasure).flatMap((set) => denseFigures(set, of)) : []),
  ];
}

async function measureAll(say: (text: string) => void): Promise<Measured> {
  for (const set of SETS) {
    if (DENSE > 0 && !fileOf(set)) say(`no file of ${set}: not measured on it`);
  }
  const all: Measured = {};
  for (const { entry, part, seeds } of WORK) {
    const data = part === "dense" ? SETS.map((set) => fileOf(set) ?? "") : [];
    const measure = await measurerOf(entry, say, data);
    const given =
      part === "shared_start" && seeds > 0
        ? await measure("start", OTHER_SHOPS.firstSeed, OTHER_SHOPS.rounds)
        : {};
    for (let seed = FIRST_SEED; seed < FIRST_SEED + seeds; seed++) {
      for (const [key, values] of Object.entries(await measure(part, seed, ROUNDS, given))) {
        (all[key] ??= []).push(...values);
      }
    }
  }
  return all;
}

/** A figure with a goal, its interval, and what others reach. */
function goal(key: string, title: string, measured: Measured, atLeast: number): Figure[] {
  const values = measured[key]!;
  const compared = measured[`${key}_linucb`]!;
  const lead = estimateLead(values.slice(0, compared.length), compared);
  return [
    ...limited(key, `${title}, mean of ${values.length} seeds`, estimateMean(values), atLeast),
    plain(`${key}_lead_over_linucb`, `  lead over LinUCB, mean of ${compared.length} pairs`, lead.value),
    plain(`${key}_lead_low`, "  95 % interval of the lead, from", lead.value - lead.half),
    ...others(key, measured),
  ];
}

function limited(key: string, title: string, { value, half }: Estimate, atLeast: number): Figure[] {
  return [
    { ...plain(key, title, value), atLeast },
    plain(`${key}_low`, "  95 % interval, from", value - half),
    plain(`${key}_high`, "  to", value + half),
  ];
}

function others(prefix: string, measured: Measured): Figure[] {
  return Object.entries(OTHERS).map(([name, title]) => {
    const key = `${prefix}_${name}`;
    const values = measured[key]!;
    return figure(key, `  ${title}, ${values.length} seeds`, estimateMean(values));
  });
}

/** The same for a shop that starts from what twenty others learnt. */
function sharedStart(measured: Measured): Figure[] {
  if (SHARED === 0) return [];
  const of = (key: string) => measured[`${key}_shared_start`]!;
  return [
    figure(
      "share_of_gap_shared_start",
      `shop that starts from twenty others, ${SHARED} seeds: click task, share of the gap`,
      estimateMean(of("share_of_gap")),
    ),
    figure(
      "value_share_of_gap_shared_start",
      "  value task, share of the gap",
      estimateMean(of("value_share_of_gap")),
    ),
    figure("none_share_shared_start", "  nothing shown, last quarter", estimateMean(of("none_share"))),
    ...limited(
      "share_with_delay_shared_start",
      "  gain when outcomes come 2,000 decisions late, by at once",
      estimateRatio(of("gain_with_delay"), of("share_of_gap")),
      0.98,
    ),
  ];
}

/** The mean is ruled by the few arrivals that are slow; the median says what is usual. */
function newOffers(decisions: number[]): Figure[] {
  const title = "until new offers have 80 % of their fair share";
  return [
    { key: "new_offer_decisions", title: `${title}, mean`, value: meanOf(decisions), unit: "decisions" },
    { key: "new_offer_decisions_median", title: "  median", value: medianOf(decisions), unit: "decisions" },
  ];
}

/** Least errors of Vowpal Wabbit's settings as published with the goals: three shuffles, best setting after the fact. */
const PUBLISHED: Record<string, { error: number; by: string }> = {
  letter: { error: 0.509, by: "bag 5" },
  mushrooms: { error: 0.0087, by: "squarecb" },
  digits: { error: 0.372, by: "epsilon 0.05" },
};

function denseFigures(set: string, of: (key: string) => number[]): Figure[] {
  const key = `${nameOf(set)}_error`;
  const { error, by } = PUBLISHED[set]!;
  const isReal = fileOf(set) !== undefined;
  const title = isReal
    ? `${set} as a bandit, ${DENSE} shuffles, error (Vowpal Wabbit ${by}, published: ${error})`
    : `made-up problem in the shape of ${set}, ${DENSE} seeds, error`;
  return [
    { ...figure(key, title, estimateMean(of(key))), ...(isReal && { atMost: error }) },
    figure(`${key}_linucb`, "  LinUCB, full covariance", estimateMean(of(`${key}_linucb`))),
    figure(`${key}_greedy_linear`, "  greedy ridge and 5 % evenly", estimateMean(of(`${key}_greedy_linear`))),
  ];
}

function figure(key: string, title: string, { value, half }: Estimate): Figure {
  return plain(key, `${title} (± ${half.toFixed(3)})`, value);
}

function plain(key: string, title: string, value: number): Figure {
  return { key, title, value, unit: "" };
}
