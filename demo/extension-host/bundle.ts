// Bundles an extension with the very settings of Shopify's CLI 4.8 (`app build`): the bytes are the same.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { deflateSync } from "node:zlib";
import { build } from "esbuild";
import type { Extension } from "./extension-files.ts";

export type ExtensionBundle = {
  handle: string;
  file: string;
  bytes: number;
  /** Bytes after deflate; Shopify's limit is 65,536 per extension. */
  deflatedBytes: number;
  sha256: string;
};

/**
 * Writes `<outFolder>/<handle>.js` and its source map.
 * `variables` become `process.env.NAME` in the extension's code.
 */
export async function bundleExtension(
  extension: Extension,
  outFolder: string,
  variables: Record<string, string>,
): Promise<{ bundle: ExtensionBundle; sources: string[] }> {
  mkdirSync(outFolder, { recursive: true });
  const file = path.join(outFolder, `${extension.handle}.js`);
  const result = await build({
    stdin: { contents: entryPoint(extension), resolveDir: extension.folder, loader: "tsx" },
    outfile: file,
    bundle: true,
    jsx: "automatic",
    loader: { ".esnext": "ts", ".js": "jsx" },
    legalComments: "none",
    minify: true,
    target: "es6",
    resolveExtensions: [".tsx", ".ts", ".js", ".json", ".esnext", ".mjs", ".ejs"],
    sourcemap: true,
    sourceRoot: path.join(extension.folder, "src"),
    metafile: true,
    absWorkingDir: extension.folder,
    define: { "process.env.NODE_ENV": '"production"', ...definitions(variables) },
    logLevel: "silent",
  });
  const sources = Object.keys(result.metafile.inputs)
    .map((input) => path.resolve(extension.folder, input))
    .filter((input) => existsSync(input));
  return { bundle: describe(extension.handle, file), sources };
}

/** The module the CLI makes up: every target registered with the host. */
function entryPoint(extension: Extension): string {
  return extension.targets
    .map(
      ({ target, module }, index) =>
        `import Target_${index} from '${module}';shopify.extend('${target}', (...args) => Target_${index}(...args));`,
    )
    .join("\n");
}

function definitions(variables: Record<string, string>): Record<string, string> {
  const entries = Object.entries(variables);
  return Object.fromEntries(entries.map(([name, value]) => [`process.env.${name}`, JSON.stringify(value)]));
}

function describe(handle: string, file: string): ExtensionBundle {
  const code = readFileSync(file);
  return {
    handle,
    file,
    bytes: code.length,
    deflatedBytes: deflateSync(code).length,
    sha256: createHash("sha256").update(code).digest("hex"),
  };
}

type Kept = { bundle: ExtensionBundle; sources: string[]; builtAt: number };

/** Bundles on demand and again when a source is newer. A broken extension rejects with esbuild's message. */
export function createBundles(outFolder: string, variables: Record<string, string>) {
  const kept = new Map<string, Kept>();

  function isFresh(known: Kept): boolean {
    return known.sources.every((source) => existsSync(source) && statSync(source).mtimeMs <= known.builtAt);
  }

  return {
    async get(extension: Extension): Promise<ExtensionBundle> {
      const known = kept.get(extension.handle);
      if (known && isFresh(known)) return known.bundle;
      const builtAt = Date.now();
      const built = await bundleExtension(extension, outFolder, variables);
      kept.set(extension.handle, { ...built, builtAt });
      return built.bundle;
    },
  };
}
