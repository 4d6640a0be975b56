import { build } from "esbuild";
import { generateClient } from "../../scripts/compile/generate-client.ts";

const BUNDLE = "node_modules/.cache/postlude-bench/server.mjs";

/**
 * Bundles the web process from the sources as they are, without Remix's pages: a benchmark of the hot paths must not
 * wait for a full build, nor measure an old one. Packages stay outside, as in the real build. Returns the file.
 */
export async function bundleWebProcess(): Promise<string> {
  await generateClient();
  await build({
    entryPoints: ["app/server.ts"],
    outfile: BUNDLE,
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
  return BUNDLE;
}
