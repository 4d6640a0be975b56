/** The app's own learner. */
import { bundled } from "../kept/kept.ts";

export type Affinity = Pick<
  typeof import("../../app/offers/affinity/baskets.ts"),
  "packBaskets" | "firstBaskets" | "basketAt" | "itemsOf"
> &
  Pick<typeof import("../../app/offers/affinity/learn.ts"), "learnFromBaskets"> &
  Pick<typeof import("../../app/offers/affinity/questions.ts"), "boughtBefore" | "rememberBaskets"> &
  Pick<typeof import("../../app/offers/affinity/rank.ts"), "rankProspects">;

/** @returns also its code, which says whether what it measured is still true */
export async function loadAffinity(): Promise<{ affinity: Affinity; code: string }> {
  const { code, module } = await bundled<Affinity>("affinity", {
    stdin: {
      contents: ["baskets", "learn", "questions", "rank"]
        .map((file) => `export * from "./app/offers/affinity/${file}";`)
        .join("\n"),
      resolveDir: ".",
    },
  });
  return { affinity: module, code };
}
