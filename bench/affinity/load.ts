/** The app's own learner, bundled: the app imports without file extensions, which Node by itself does not follow. */
import { build } from "esbuild";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

export type Affinity = Pick<
  typeof import("../../app/offers/affinity/baskets.ts"),
  "packBaskets" | "firstBaskets" | "basketAt" | "itemsOf"
> &
  Pick<typeof import("../../app/offers/affinity/learn.ts"), "learnFromBaskets"> &
  Pick<typeof import("../../app/offers/affinity/questions.ts"), "boughtBefore" | "rememberBaskets"> &
  Pick<typeof import("../../app/offers/affinity/rank.ts"), "rankProspects">;

const BUNDLE = "node_modules/.cache/postlude-bench/affinity.mjs";

export async function loadAffinity(): Promise<Affinity> {
  await build({
    stdin: {
      contents: ["baskets", "learn", "questions", "rank"]
        .map((file) => `export * from "./app/offers/affinity/${file}";`)
        .join("\n"),
      resolveDir: ".",
    },
    outfile: BUNDLE,
    bundle: true,
    platform: "node",
    format: "esm",
    alias: { "#app": "./app" },
    logLevel: "error",
  });
  return (await import(pathToFileURL(resolve(BUNDLE)).href)) as Affinity;
}
