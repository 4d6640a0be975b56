/**
 * What every file of bench/ gives: `run`, which measures and returns figures. `npm run bench -- NAME` prints them
 * and writes bench/results/NAME.json. A figure stands beside its limit or beside a peer measured in the same run,
 * because absolute numbers of a shared machine say little.
 */
import { execFileSync } from "node:child_process";
import { cpus, loadavg, totalmem } from "node:os";

export type Figure = {
  /** Stable name in bench/results; others compare it over time. */
  key: string;
  /** What a reader sees. */
  title: string;
  value: number;
  unit: string;
  /** What it is compared with: a peer or a bare version of the same thing. */
  peer?: { title: string; value: number };
  /** The figure must not be below. */
  atLeast?: number;
  /** The figure must not be above. */
  atMost?: number;
};

/** The one export that `npm run bench` looks for in bench/NAME.ts. */
export type Bench = { run: () => Promise<Figure[]> };

export type BenchResult = { name: string; figures: Record<string, number>; machine: string; commit: string };

/**
 * The value below which `share` (0 to 1) of the samples lie: nearest-rank method, no interpolation.
 * Throws on no samples.
 */
export function percentile(samples: number[], share: number): number {
  if (samples.length === 0) throw new Error("percentile of no samples");
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}

export function median(samples: number[]): number {
  return percentile(samples, 0.5);
}

export function meets({ value, atLeast = -Infinity, atMost = Infinity }: Figure): boolean {
  return value >= atLeast && value <= atMost;
}

export function toResult(name: string, figures: Figure[]): BenchResult {
  return {
    name,
    figures: Object.fromEntries(figures.map(({ key, value }) => [key, round(value)])),
    machine: describeMachine(),
    commit: currentCommit(),
  };
}

export function toTable(figures: Figure[]): string {
  const head = ["figure", "value", "limit or peer", "ratio", ""];
  const rows = figures.map((figure) => [
    figure.title,
    `${round(figure.value)} ${figure.unit}`,
    comparedWith(figure),
    ratio(figure),
    meets(figure) ? "" : "MISSED",
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]!.length)));
  return [head, widths.map((width) => "─".repeat(width)), ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** What others asked of the machine before we did, as processes that want to run (not on Windows). */
const LOAD_BEFORE = loadavg()[0]!.toFixed(1);

export function describeMachine(): string {
  const model = cpus()[0]?.model.trim() ?? process.arch;
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} × ${model}, ${memory} GB, ${process.platform}, Node ${process.versions.node}, load before ${LOAD_BEFORE}`;
}

/** The commit that was measured; "+changes" when files differ from it. */
function currentCommit(): string {
  try {
    const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8" }).trim();
    const changed = git("status", "--porcelain", "--untracked-files=no") !== "";
    return git("rev-parse", "--short=12", "HEAD") + (changed ? "+changes" : "");
  } catch {
    return "unknown";
  }
}

function comparedWith({ peer, atLeast, atMost, unit }: Figure): string {
  const limits = [
    peer && `${peer.title} ${round(peer.value)} ${unit}`,
    atLeast !== undefined && `≥ ${atLeast}`,
    atMost !== undefined && `≤ ${atMost}`,
  ];
  return limits.filter(Boolean).join(", ");
}

function ratio({ value, peer, atLeast, atMost }: Figure): string {
  const base = peer?.value ?? atLeast ?? atMost;
  return base ? (value / base).toFixed(2) : "";
}

/** Four significant digits: more would be noise. */
function round(value: number): number {
  return Number(value.toPrecision(4));
}
