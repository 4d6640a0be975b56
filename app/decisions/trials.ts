import { HELD_OUT, offerHoldoutKey, SHOWN } from "#app/experiments/exposures.server";
import { unitHash } from "#app/experiments/assignment";
import type { Ask, Attention, DecisionContext, Proposed } from "./decision";
import type { Verdicts } from "./verdicts";

/**
 * What a decision adds to comparisons: the variants of experiments that this person meets, and offers that are held out
 * from this person alone. Noted where it would have been the same in every arm, so that the arms stay comparable.
 */
export function noteTrials(
  ask: Ask,
  { candidates, trials: met }: Proposed,
  attention: Attention,
  { reason }: Verdicts,
  context: DecisionContext,
): void {
  const trials: Record<string, string> = {};
  const isOpen = ask.rules.surfaceOn && !attention.held;
  if (met && isOpen && !(context.holdout && ask.block === "offers")) Object.assign(trials, met);
  for (let index = 0; index < candidates.length; index++) {
    const { holdoutPercent, id } = candidates[index]!;
    if (!holdoutPercent || (reason[index] !== null && reason[index] !== "holdout") || context.holdout)
      continue;
    const key = offerHoldoutKey(id);
    const isHeldOut =
      keptSide(attention, key, holdoutPercent) ??
      isHeldOutOf(ask.shopId, id, attention.drawnAs, holdoutPercent);
    trials[key] ??= isHeldOut ? HELD_OUT : SHOWN;
    if (trials[key] === HELD_OUT) reason[index] = "holdout";
  }
  if (Object.keys(trials).length > 0) context.trials = trials;
}

/**
 * On which side of a holdout somebody is since they first met it: another page does not move them. Null for who has not met it, or in
 * another size, which is another comparison.
 */
export function keptSide({ met }: Attention, trialKey: string, percent: number): boolean | null {
  const side = met.get(trialKey);
  return side?.percent === percent ? side.arm === HELD_OUT : null;
}

/** Drawn apart from the shop's own holdout, and for each offer anew. */
function isHeldOutOf(shopId: number, offerId: string, drawnAs: string, percent: number): boolean {
  return unitHash(`offer-holdout\0${shopId}\0${offerId}\0${drawnAs}`) < percent / 100;
}
