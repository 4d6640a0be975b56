import type { JudgedCandidate } from "./candidate";
import { unpackCandidates } from "./stored-candidates";

export const SOLD: ReadonlySet<string> = new Set(["offer", "sponsored"]);
export const OWN: ReadonlySet<string> = new Set(["offer"]);

/** Ids of the candidates of a decision that could have been shown, held out or not. */
export function standing(stored: Uint8Array, kinds: ReadonlySet<string>): Set<string> {
  const isReady = ({ kind, reason }: JudgedCandidate) =>
    kinds.has(kind) && (!reason || reason === "holdout" || reason === "not-drawn");
  return new Set(
    unpackCandidates(stored)
      .filter(isReady)
      .map(({ id }) => id),
  );
}
