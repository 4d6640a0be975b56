/**
 * What was measured is kept in pieces, under a key made of what it was measured with: a run that is stopped goes on
 * where it was, and peers that did not change are not run again.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type BuildOptions } from "esbuild";

/** Not in the repository. */
const FOLDER = "node_modules/.cache/postlude-bench";

/** Gives back the piece that is kept under this name, or measures and keeps it. */
export type Keeper = <Piece>(name: string, measure: () => Piece | Promise<Piece>) => Promise<Piece>;

/** @param made everything that the pieces depend on: code, data, options */
export function keeper(name: string, ...made: (string | Uint8Array)[]): Keeper {
  const hash = createHash("sha256");
  for (const part of made) hash.update(part).update("\0");
  const folder = join(FOLDER, `${name}-${hash.digest("hex").slice(0, 12)}`);
  mkdirSync(folder, { recursive: true });
  return async (piece, measure) => {
    const file = join(folder, `${piece}.json`);
    if (!existsSync(file)) writeWhole(file, JSON.stringify(await measure()));
    return JSON.parse(readFileSync(file, "utf8"));
  };
}

/** A module of the app with all that it imports: the app imports without file extensions, which Node does not follow. */
export async function bundled<Module>(
  name: string,
  source: Pick<BuildOptions, "entryPoints" | "stdin">,
): Promise<{ code: string; module: Module }> {
  const { outputFiles } = await build({
    ...source,
    bundle: true,
    write: false,
    minifyWhitespace: true,
    platform: "node",
    format: "esm",
    target: "node20",
    alias: { "#app": "./app" },
    logLevel: "error",
  });
  const code = outputFiles![0]!.text;
  const file = join(FOLDER, `${name}.mjs`);
  mkdirSync(FOLDER, { recursive: true });
  writeWhole(file, code);
  return { code, module: (await import(pathToFileURL(resolve(file)).href)) as Module };
}

/** A file that is there is complete, also where the run was stopped. */
function writeWhole(file: string, text: string): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, file);
}
