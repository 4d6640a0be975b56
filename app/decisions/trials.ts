import { HELD_OUT, offerHoldoutKey, SHOP_HOLDOUT, SHOWN } from "#app/experiments/exposures.server";
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
      isHeldOutOf(ask.shopId, id, attention.personKey, holdoutPercent);
    trials[key] ??= isHeldOut ? HELD_OUT : SHOWN;
    if (trials[key] === HELD_OUT) reason[index] = "holdout";
  }
  if (Object.keys(trials).length > 0) context.trials = trials;
}

/**
 * On which side of a holdout somebody is already: the one that this purchase was drawn to, or else the one that they met first, as long
 * as the holdout has its size (another size is another comparison). Null for who is still to be drawn.
 */
export function keptSide({ drawn, met }: Attention, trialKey: string, percent: number): boolean | null {
  if (percent <= 0) return false;
  const side = drawn.trials[trialKey];
  const inPurchase =
    trialKey === SHOP_HOLDOUT ? drawn.holdout : side === undefined ? null : side === HELD_OUT;
  if (inPurchase !== null) return inPurchase;
  const first = met.get(trialKey);
  return first?.percent === percent ? first.arm === HELD_OUT : null;
}

/** Drawn apart from the shop's own holdout, and for each offer anew. */
function isHeldOutOf(shopId: number, offerId: string, personKey: string, percent: number): boolean {
  return unitHash(`offer-holdout\0${shopId}\0${offerId}\0${personKey}`) < percent / 100;
}
