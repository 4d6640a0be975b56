/**
 * Do the off-policy estimates tell the truth? On 500 simulated logs with known truth, how often does each 95 % interval
 * hold it; then what they say, or refuse to say, about the Open Bandit sample.
 */
import { build } from "esbuild";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";
import type { Figure } from "./harness.ts";
import { OPEN_BANDIT_LOGS, readOpenBandit, seenBy } from "./off-policy/open-bandit.ts";
import { makeWorld, simulateLog } from "./off-policy/simulated-log.ts";

const RUNS = 500;
const PEOPLE = 5_000;
const REPLICATES = 400;
const ESTIMATORS = ["ips", "snips", "dr"] as const;
const BUNDLE = "node_modules/.cache/postlude-bench/off-policy.mjs";

type Evaluation = Pick<typeof import("../app/decisions/evaluation/estimate-policy.ts"), "estimatePolicy"> &
  Pick<typeof import("../app/decisions/random.ts"), "randomFrom">;

export async function run(): Promise<Figure[]> {
  const evaluation = await loadEvaluation();
  const figures = coverage(evaluation);
  printOpenBandit(evaluation);
  return figures;
}

/** The app's own code, bundled: the app imports without file extensions, which Node by itself does not follow. */
async function loadEvaluation(): Promise<Evaluation> {
  await build({
    stdin: {
      contents: `export { estimatePolicy } from "./app/decisions/evaluation/estimate-policy";
        export { randomFrom } from "./app/decisions/random";`,
      resolveDir: ".",
    },
    outfile: BUNDLE,
    bundle: true,
    platform: "node",
    format: "esm",
    alias: { "#app": "./app" },
    logLevel: "error",
  });
  return (await import(pathToFileURL(resolve(BUNDLE)).href)) as Evaluation;
}

function coverage({ estimatePolicy, randomFrom }: Evaluation): Figure[] {
  const covered = { ips: 0, snips: 0, dr: 0 };
  const width = { ips: 0, snips: 0, dr: 0 };
  let effective = 0;
  let refused = 0;
  for (let run = 0; run < RUNS; run++) {
    const random = randomFrom(`off-policy ${run}`);
    const world = makeWorld(random);
    const rows = simulateLog(world, PEOPLE, random);
    const estimate = estimatePolicy(rows, { seed: `run ${run}`, replicates: REPLICATES });
    effective += estimate.effectiveDecisions / RUNS;
    if (estimate.refusal) refused++;
    for (const name of ESTIMATORS) {
      const { low, high } = estimate[name];
      width[name] += (high - low) / world.truth / RUNS;
      if (low <= world.truth && world.truth <= high) covered[name]++;
    }
  }
  console.log(`${refused} of ${RUNS} runs were refused for thin overlap; they count all the same.`);
  return [
    ...ESTIMATORS.map((name) => ({
      key: `coverage_${name}`,
      title: `${name.toUpperCase()}: 95 % intervals that hold the truth`,
      value: covered[name] / RUNS,
      unit: "",
      atLeast: 0.93,
      atMost: 0.97,
    })),
    ...ESTIMATORS.map((name) => ({
      key: `width_${name}`,
      title: `${name.toUpperCase()}: mean width, share of the truth`,
      value: width[name],
      unit: "",
    })),
    { key: "effective_decisions", title: "mean effective decisions", value: effective, unit: "" },
  ];
}

function printOpenBandit({ estimatePolicy }: Evaluation): void {
  for (const log of OPEN_BANDIT_LOGS) {
    const clicks = readOpenBandit(log);
    if (!clicks) {
      console.log("Skipped: the Open Bandit sample (shared/data/open-bandit) is not here.");
      return;
    }
    for (const policy of ["even", "most clicked so far"] as const) {
      const estimate = estimatePolicy(seenBy(policy, clicks), { seed: "open-bandit" });
      const per1000 = ({ value, low, high }: { value: number; low: number; high: number }) =>
        `${(value * 1000).toFixed(1)} [${(low * 1000).toFixed(1)}, ${(high * 1000).toFixed(1)}]`;
      console.log(
        `Open Bandit ${log} log, ${policy}: clicks per 1,000 IPS ${per1000(estimate.ips)} SNIPS ${per1000(estimate.snips)} ` +
          `DR ${per1000(estimate.dr)}, effective ${estimate.effectiveDecisions.toFixed(0)} of ${estimate.decisions}: ` +
          (estimate.refusal ? `refused (${estimate.refusal})` : "answered"),
      );
    }
  }
}
