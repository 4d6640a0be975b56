import { z } from "zod";
import type { CampaignStatus } from "./campaign";

/** The nouns of the partner exchange: two shops of one installation that show each other's offers. */
export type PartnerState = "invited" | "asked" | "active" | "ended";

export type PartnerLink = {
  id: string;
  partnerDomain: string;
  partnerName: string;
  state: PartnerState;
};

/** What became of a shared offer at the partner's: still on its way, not possible there, or its campaign's state. */
export type TheirState = "sent" | "refused" | CampaignStatus;

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
