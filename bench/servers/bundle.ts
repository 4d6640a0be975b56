import { build } from "esbuild";
import { generateClient } from "../../scripts/compile/generate-client.ts";

const FOLDER = "node_modules/.cache/postlude-bench";

/**
 * Bundles the web process from the sources as they are, without Remix's pages: a benchmark of the hot paths must not
 * wait for a full build, nor measure an old one. Returns the file.
 */
export async function bundleWebProcess(): Promise<string> {
  await generateClient();
  return bundle("app/server.ts", "server.mjs");
}

/** Bundles a part of the app, so that a benchmark can import it. Packages stay outside, as in the real build. */
export async function bundle(entry: string, name: string): Promise<string> {
  const outfile = `${FOLDER}/${name}`;
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    external: ["virtual:remix/server-build"],
    alias: { "#app": "./app" },
    jsx: "automatic",
    logLevel: "error",
  });
  return outfile;
}
