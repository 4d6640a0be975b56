// Bundles what runs in browsers into demo/.cache/browser, and again when a source is newer.
import { existsSync, mkdirSync, statSync } from "node:fs";
import path from "node:path";
import { build, type Plugin } from "esbuild";

const DEMO = path.resolve(import.meta.dirname, "..");
export const BROWSER_FOLDER = path.join(DEMO, ".cache/browser");

/** File name in the browser → entry point below demo/. All are classic scripts. */
const PARTS: Record<string, string> = {
  "app-bridge.js": "browser/app-bridge/index.ts",
  "admin.js": "browser/admin/index.ts",
  "live-page.js": "browser/live-page.ts",
  "extension-page.js": "extension-host/host/page.ts",
  "extension-worker.js": "extension-host/worker/index.ts",
};

type Built = { sources: string[]; builtAt: number };
const built = new Map<string, Built>();
const building = new Map<string, Promise<void>>();

/** The path of a browser script that is up to date with its sources; undefined for an unknown name. */
export async function browserScript(name: string): Promise<string | undefined> {
  const entry = PARTS[name];
  if (!entry) return undefined;
  if (!isFresh(built.get(name))) {
    const running = building.get(name) ?? bundle(name, entry).finally(() => building.delete(name));
    building.set(name, running);
    await running;
  }
  return path.join(BROWSER_FOLDER, name);
}

/** Builds everything, so that the first page need not wait. */
export async function buildBrowserScripts(): Promise<void> {
  await Promise.all(Object.keys(PARTS).map(browserScript));
}

async function bundle(name: string, entry: string): Promise<void> {
  mkdirSync(BROWSER_FOLDER, { recursive: true });
  const builtAt = Date.now();
  const result = await build({
    entryPoints: [path.join(DEMO, entry)],
    outfile: path.join(BROWSER_FOLDER, name),
    bundle: true,
    format: "iife",
    target: "es2022",
    sourcemap: "inline",
    legalComments: "none",
    metafile: true,
    absWorkingDir: DEMO,
    define: { "process.env.NODE_ENV": '"production"' },
    plugins: [withoutNodeParts],
    logLevel: "silent",
  });
  const sources = Object.keys(result.metafile.inputs).map((input) => path.resolve(DEMO, input));
  built.set(name, { sources, builtAt });
}

function isFresh(known: Built | undefined): boolean {
  return (
    known !== undefined &&
    known.sources.every((source) => existsSync(source) && statSync(source).mtimeMs <= known.builtAt)
  );
}

/** The tester's point-of-sale mocks import a Node module that no checkout or account target needs. */
const withoutNodeParts: Plugin = {
  name: "without-node-parts",
  setup(context) {
    context.onResolve({ filter: /^node:/ }, ({ path: name }) => ({ path: name, namespace: "empty" }));
    context.onLoad({ filter: /.*/, namespace: "empty" }, () => ({ contents: "export default {};" }));
  },
};
