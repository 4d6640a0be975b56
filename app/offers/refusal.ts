import type { Candidate, Rejection } from "#app/decisions/candidate";
import type { Offer } from "./offer";
import { isEligible, type Audience } from "./targeting";

/** Why an offer may not be proposed to this person, by its own rules; null where it may. */
export function refusalOf(
  offer: Pick<Offer, "id" | "targeting" | "capPerShopper" | "capTotal" | "taken">,
  audience: Audience,
  /** Per offer, how often this person saw it within the time of its cap. */
  seen: ReadonlyMap<string, number>,
): Rejection | null {
  if (!isEligible(offer.targeting, audience)) return "not-targeted";
  if (offer.capTotal !== null && offer.taken >= offer.capTotal) return "used-up";
  if (offer.capPerShopper !== null && (seen.get(offer.id) ?? 0) >= offer.capPerShopper) return "offer-capped";
  return null;
}

/** Stands in a decision for an offer that was not proposed, so that it can be explained. */
export function refusedCandidate(offerId: string, refusal: Rejection): Candidate {
  return {
    kind: "offer",
    id: offerId,
    refusal,
    features: {},
    payload: () => {
      throw new Error(`The offer ${offerId} was refused and cannot be shown.`);
    },
  };
}
