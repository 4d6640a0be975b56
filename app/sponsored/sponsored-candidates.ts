import type { Candidate, Payload } from "#app/decisions/candidate";
import type { Locale } from "#app/shops/settings";
import { reaches, type Purchase } from "./audience";
import { isRunning, textFor } from "./campaign";
import { disclosureLabel, usualAction } from "./disclosure";
import type { SponsoredShelf, ShelvedCampaign } from "./shelf.server";

/** What of other brands may compete for this purchase. Pure: works on what is in memory. */

export type SponsoredMoment = Purchase & {
  locale: Locale;
  /** Currency of the page. Bids compete in the shop's currency only. */
  currency: string;
  now: Date;
};

/** Guess of P(click) and P(sale) before any outcome is known. */
const USUAL_RATE = { cpc: 0.04, cpa: 0.01 };

export function sponsoredCandidates(shelf: SponsoredShelf, moment: SponsoredMoment): Candidate[] {
  const candidates: Candidate[] = [];
  for (const campaign of shelf.campaigns) {
    const fits = isRunning(campaign, moment.now) && campaign.currency === moment.currency;
    if (fits && reaches(campaign, moment))
      candidates.push(candidateFrom(campaign, shelf.sharePercent, moment.locale));
  }
  return candidates;
}

function candidateFrom(campaign: ShelvedCampaign, sharePercent: number, locale: Locale): Candidate {
  const { model, category } = campaign;
  return {
    kind: "sponsored",
    id: campaign.id,
    subject: advertiserSubject(campaign.advertiserId),
    valueMinor: (campaign.bidMinor * sharePercent) / 100,
    prior: USUAL_RATE[model],
    features: { source: "sponsored", model, category },
    payload: () => payloadFor(campaign, locale),
  };
}

/** "Not for me" and "taken" mean the advertiser, whichever of its campaigns it was. */
export function advertiserSubject(advertiserId: string): string {
  return `advertiser:${advertiserId}`;
}

function payloadFor(campaign: ShelvedCampaign, locale: Locale): Payload {
  const { title, body, action } = textFor(campaign.texts, locale);
  return {
    kind: "sponsored",
    campaignId: campaign.id,
    advertiser: campaign.advertiserName,
    title,
    text: body,
    ...(campaign.imageUrl ? { imageUrl: campaign.imageUrl } : {}),
    disclosure: disclosureLabel(campaign.disclosure, locale),
    callToAction: action || usualAction(locale),
  };
}
