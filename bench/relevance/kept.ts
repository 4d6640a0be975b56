/**
 * What was measured is kept, seed by seed, under a key made of the code that measured it: a run that is stopped goes on
 * where it was, and peers that did not change are not run again.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import type { Measured, Parts } from "./parts.ts";

/** Not in the repository. */
const FOLDER = "node_modules/.cache/postlude-bench/relevance";

export type Measurer = (part: string, seed: number, rounds: number) => Measured;

/** @param entry a file of bench/relevance that exports `parts` */
export async function measurerOf(entry: string, say: (text: string) => void): Promise<Measurer> {
  const { outputFiles } = await build({
    entryPoints: [`bench/relevance/${entry}.ts`],
    bundle: true,
    write: false,
    minify: true,
    platform: "node",
    format: "esm",
    target: "node20",
    alias: { "#app": "./app" },
    logLevel: "error",
  });
  const code = outputFiles[0]!.text;
  const folder = join(FOLDER, `${entry}-${createHash("sha256").update(code).digest("hex").slice(0, 12)}`);
  mkdirSync(folder, { recursive: true });
  writeWhole(join(folder, "parts.mjs"), code);
  const { parts } = (await import(pathToFileURL(resolve(folder, "parts.mjs")).href)) as { parts: Parts };

  return (part, seed, rounds) => {
    const file = join(folder, `${part}-${rounds}-${seed}.json`);
    if (!existsSync(file)) {
      const measured = parts[part]!(seed, rounds);
      writeWhole(file, JSON.stringify(measured));
      say(`seed ${seed}, ${part}: ${inWords(measured)}`);
    }
    return JSON.parse(readFileSync(file, "utf8")) as Measured;
  };
}

/** A file that is there is complete, also where the run was stopped. */
function writeWhole(file: string, text: string): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, file);
}

function inWords(measured: Measured): string {
  return Object.entries(measured)
    .map(([key, values]) => `${key} ${values.map((value) => value.toFixed(3)).join(" ")}`)
    .join(", ");
}
