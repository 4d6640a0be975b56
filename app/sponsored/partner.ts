import { z } from "zod";
import type { CampaignStanding, CampaignStatus } from "./campaign";

/** The nouns of the partner exchange: two shops of one installation that show each other's offers. */
export type PartnerState = "invited" | "asked" | "active" | "ended";

export type PartnerLink = {
  id: string;
  partnerDomain: string;
  partnerName: string;
  state: PartnerState;
  /** It uninstalled the app, and the partnership ended with that. */
  isGone: boolean;
};

/** What became of a shared offer at the partner's: on its way, not possible there, blocked there, or its campaign's state. */
export type TheirState = "sent" | "refused" | "blocked" | CampaignStatus;
/** Of what is live there, also where its dates and its budget stand: those its owner knows without asking. */
export type TheirStanding = TheirState | CampaignStanding;

export const PartnerDomainSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9-]*\.myshopify\.com$/, "Use the partner's address, like brand.myshopify.com.");

/** What a state over there means here. Nobody becomes a partner without having said so themselves. */
export function stateAfter(mine: PartnerState | null, theirs: PartnerState): PartnerState | null {
  if (theirs === "ended") return mine === null ? null : "ended";
  if (theirs === "invited") return mine === "invited" || mine === "active" ? "active" : "asked";
  if (theirs === "active") return mine === "invited" || mine === "active" ? "active" : mine;
  return mine;
}
