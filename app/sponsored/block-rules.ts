import { isWithinDomain } from "./advertiser";
import {
  CATEGORIES,
  standingOf,
  type Campaign,
  type CampaignForm,
  type CampaignStanding,
  type Category,
} from "./campaign";
import { reserveOf, type SponsoredTerms } from "./terms";

/** What the shop's own rules say against a campaign, whoever approved it before. */
export type Objection = {
  kind: "blocked" | "too-low";
  /** For the merchant. */
  why: string;
};

type Judged = Pick<CampaignForm, "targetUrl" | "category" | "bidMinor" | "model">;
type Rules = Pick<
  SponsoredTerms,
  "reserveMinor" | "reserveSaleMinor" | "blockedCategories" | "blockedDomains"
>;

/** @param domain the advertiser's own */
export function objectionTo(campaign: Judged, domain: string, rules: Rules): Objection | null {
  const blocked = blockedDomainOf([domain, hostOf(campaign.targetUrl)], rules.blockedDomains);
  if (blocked) return { kind: "blocked", why: `You blocked ${blocked} on the Rules page.` };
  if (rules.blockedCategories.includes(campaign.category)) {
    const category = CATEGORIES[campaign.category as Category];
    return { kind: "blocked", why: `You blocked the category ${category} on the Rules page.` };
  }
  return campaign.bidMinor < reserveOf(rules, campaign.model)
    ? { kind: "too-low", why: "Its bid is below the least price on the Rules page." }
    : null;
}

/** Where a campaign stands under the shop's rules, and why it is not shown where that is not the merchant's own doing. */
export function standingUnder(
  campaign: Campaign & { advertiser: { domain: string } },
  rules: Rules,
  now: Date,
): { standing: CampaignStanding | Objection["kind"]; why: string | null } {
  const { status, heldBecause } = campaign;
  if (status === "rejected" || status === "archived") return { standing: status, why: null };
  const objection = objectionTo(campaign, campaign.advertiser.domain, rules);
  const standing = standingOf(campaign, now);
  return {
    standing: objection && status === "live" ? objection.kind : standing,
    why: objection?.why ?? heldBecause,
  };
}

/** A domain stands for all that lies within it, and "www." for nothing of its own. */
function blockedDomainOf(hosts: string[], blockedDomains: string[]): string | undefined {
  return blockedDomains.find((domain) =>
    hosts.some((host) => isWithinDomain(host, domain.replace(/^www\./, ""))),
  );
}

/** A name may be written with a dot at its end, and is the same one. */
function hostOf(url: string): string {
  return new URL(url).hostname.replace(/\.$/, "");
}
