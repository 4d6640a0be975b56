/**
 * How well decisions learn, in a simulated shop with known truth (bench/relevance/simulator.ts): ours beside greedy,
 * LinUCB, Beta-Thompson and popularity, on seeds that nothing was tuned on (tuning used 1-6). RELEVANCE_SEEDS says how
 * many seeds (20), RELEVANCE_ROUNDS how many decisions each (120,000).
 */
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import type { Figure } from "./harness.ts";
import type { Measured } from "./relevance/compare.ts";

const FIRST_SEED = 101;
const SEEDS = Number(process.env.RELEVANCE_SEEDS ?? 20);
const ROUNDS = Number(process.env.RELEVANCE_ROUNDS ?? 120_000);
const BUNDLE = "node_modules/.cache/postlude-bench/relevance.mjs";

export async function run(): Promise<Figure[]> {
  const { compare } = await bundled();
  const seeds = Array.from({ length: SEEDS }, (_, index) => FIRST_SEED + index);
  const measured = compare(seeds, ROUNDS, (text) => console.error(text));
  const of = (key: string) => measured[key]!;
  const mean = (key: string) => meanOf(of(key));
  return [
    ...withInterval("share_of_gap", "click task: share of the gap between random and ideal", of, 0.45),
    ...peers("share_of_gap", measured),
    ...withInterval("value_share_of_gap", "value task, nothing is an option: share of the gap", of, 0.62),
    {
      ...share("none_share", "value task: nothing shown, last quarter", mean("none_share")),
      atLeast: 0.15,
      atMost: 0.3,
    },
    ...peers("value_share_of_gap", measured),
    ...peers("none_share", measured),
    {
      ...share(
        "share_after_drift",
        "level within 15,000 decisions after the drift, by before",
        driftShare(of),
      ),
      atLeast: 0.9,
    },
    {
      ...share(
        "share_with_delay",
        "gain when outcomes come 2,000 decisions late",
        mean("gain_with_delay") / mean("share_of_gap"),
      ),
      atLeast: 0.98,
    },
    {
      key: "new_offer_decisions",
      title: "until new offers have 80 % of their fair share, mean",
      value: mean("new_offer_decisions"),
      unit: "decisions",
    },
    {
      key: "cpu_us_per_decision",
      title: "processor time to decide and learn",
      value: mean("cpu_us_per_decision"),
      unit: "µs",
    },
    ...["letter_shape", "digits_shape"].flatMap((name) => denseFigures(name, mean)),
  ];
}

/** The simulation runs the product's own model and draw, which are written for a bundler. */
async function bundled(): Promise<typeof import("./relevance/compare.ts")> {
  await build({
    entryPoints: ["bench/relevance/compare.ts"],
    outfile: BUNDLE,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    alias: { "#app": "./app" },
    logLevel: "error",
  });
  return (await import(pathToFileURL(BUNDLE).href)) as typeof import("./relevance/compare.ts");
}

function withInterval(key: string, title: string, of: (key: string) => number[], atLeast: number): Figure[] {
  const values = of(key);
  const half = halfInterval(values);
  return [
    { ...share(key, `${title}, mean of ${values.length} seeds`, meanOf(values)), atLeast },
    share(`${key}_low`, "  95 % interval, from", meanOf(values) - half),
    share(`${key}_high`, "  to", meanOf(values) + half),
    share(
      `${key}_lead_over_linucb`,
      "  lead over LinUCB, mean of pairs",
      meanOf(leads(values, of(`${key}_linucb`))),
    ),
    share(`${key}_lead_low`, "  95 % interval of the lead, from", leadLow(values, of(`${key}_linucb`))),
  ];
}

function leads(values: number[], others: number[]): number[] {
  return values.map((value, index) => value - others[index]!);
}

function leadLow(values: number[], others: number[]): number {
  const all = leads(values, others);
  return meanOf(all) - halfInterval(all);
}

function peers(prefix: string, measured: Measured): Figure[] {
  const titles: Record<string, string> = {
    greedy: "our model, greedy and 5 % evenly",
    linucb: "LinUCB",
    beta_thompson: "Beta-Thompson",
    popularity: "popularity",
    without_match: "ours, not told what is in the basket",
  };
  return Object.entries(titles).map(([name, title]) => {
    const values = measured[`${prefix}_${name}`]!;
    return share(`${prefix}_${name}`, `  ${title} (± ${halfInterval(values).toFixed(3)})`, meanOf(values));
  });
}

/** Of levels, not of ratios: a seed that was bad before must not weigh most. */
function driftShare(of: (key: string) => number[]): number {
  return meanOf(of("gain_after_drift")) / meanOf(of("gain_before_drift"));
}

function denseFigures(name: string, mean: (key: string) => number): Figure[] {
  const peer = { title: "LinUCB, full covariance", value: mean(`${name}_error_linucb`) };
  return [
    { ...share(`${name}_error`, `made-up dense problem, ${name}: error`, mean(`${name}_error`)), peer },
    share(
      `${name}_error_greedy_linear`,
      "  greedy ridge and 5 % evenly",
      mean(`${name}_error_greedy_linear`),
    ),
  ];
}

function share(key: string, title: string, value: number): Figure {
  return { key, title, value, unit: "" };
}

function meanOf(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Half of a 95 % interval of the mean, by the normal distribution. */
function halfInterval(values: number[]): number {
  const mean = meanOf(values);
  const variance =
    values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1);
  return 1.96 * Math.sqrt(variance / values.length);
}
