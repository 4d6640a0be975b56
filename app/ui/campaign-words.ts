import type { CampaignState } from "#app/messages/campaign-state";
import { countries } from "./countries";
import type { BadgeProps } from "./polaris";

const STATES: Record<CampaignState, { label: string; tone?: BadgeProps["tone"] }> = {
  scheduled: { label: "Scheduled", tone: "info" },
  planning: { label: "Being planned", tone: "info" },
  sending: { label: "Going out", tone: "info" },
  sent: { label: "Done", tone: "success" },
  cancelled: { label: "Cancelled" },
  stopped: { label: "Stopped", tone: "warning" },
};

export function campaignStatus(state: CampaignState) {
  return STATES[state];
}

type AudienceWords = {
  countries?: string[];
  leastOrders?: number;
  orderedSince?: string;
  orderedBefore?: string;
};

/** Whom a campaign is for, in one line: "Germany and Austria · 2 orders or more · last order before 1 Nov 2026". */
export function audienceText(audience: AudienceWords, locale: string, timezone: string): string {
  const { leastOrders = 0, orderedSince, orderedBefore } = audience;
  const names = new Map(countries(locale).map(({ value, label }) => [value, label]));
  const list = new Intl.ListFormat(locale, { type: "conjunction" });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: timezone });
  const parts = [
    audience.countries?.length && list.format(audience.countries.map((code) => names.get(code) ?? code)),
    leastOrders > 0 && (leastOrders === 1 ? "at least 1 order" : `${leastOrders} orders or more`),
    orderedSince && `last order on or after ${day.format(new Date(orderedSince))}`,
    orderedBefore && `last order before ${day.format(new Date(orderedBefore))}`,
  ].filter(Boolean);
  return parts.join(" · ") || "All customers";
}
