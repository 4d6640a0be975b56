import { ourError } from "./dense.ts";
import { linUcbError } from "./dense-peers.ts";
import { eachProblem } from "./dense-problems.ts";
import type { Parts } from "./parts.ts";

/** What is measured on dense problems, of ours and of peers. */
export const parts: Parts = {
  dense: (seed) =>
    eachProblem(seed, (problem) => ({
      error: ourError(problem, seed),
      error_linucb: linUcbError(problem),
      error_greedy_linear: linUcbError(problem, { optimism: 0, seed, except: 0.05 }),
    })),
};
