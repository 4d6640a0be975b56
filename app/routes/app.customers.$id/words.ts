import { CASE_LABELS, type CaseType } from "#app/cases/case";
import type { TimelineEntry } from "#app/analytics/customer-timeline.server";
import { CASE_STATES } from "#app/ui/case-words";
import { formatMoney } from "#app/ui/money";
import type { BadgeProps } from "#app/ui/polaris";
import { CHANNEL_LABELS, reasonText, STATE_LABELS } from "#app/ui/message-words";

/** One line of a customer's timeline as a merchant reads it. */
export type ShownEntry = {
  key: string;
  at: Date;
  title: string;
  detail?: string;
  badge?: string;
  tone?: BadgeProps["tone"];
  /** Where there is more to see. */
  url?: string;
};

const OUTCOMES = { shown: "Seen", clicked: "Clicked", dismissed: "Not wanted", accepted: "Taken" } as const;
const HOLDS: Record<string, string> = {
  "late-parcel": "A parcel is late",
  "open-case": "A case is open",
  return: "A return is under way",
};

export function wordsOf(
  entry: TimelineEntry,
  templateNames: ReadonlyMap<string, string>,
  locale: string,
): ShownEntry {
  const { key, at } = entry;
  switch (entry.kind) {
    case "order": {
      const { name, totalMinor, currency, cancelled } = entry;
      const money = formatMoney(totalMinor, currency, locale);
      return { key, at, title: `Order ${name}`, detail: money, ...(cancelled ? { badge: "Cancelled" } : {}) };
    }
    case "message": {
      const { templateKey, channel, state, reason } = entry;
      const { label, tone } = STATE_LABELS[state];
      const title = `${CHANNEL_LABELS[channel] ?? channel}: ${templateNames.get(templateKey) ?? templateKey}`;
      return { key, at, title, detail: reasonText(reason) || undefined, badge: label, tone };
    }
    case "offer": {
      const tone = entry.outcome === "accepted" ? "success" : undefined;
      return {
        key,
        at,
        title: `Offer: ${entry.title}`,
        detail: entry.surface,
        badge: OUTCOMES[entry.outcome],
        tone,
      };
    }
    case "answer": {
      const score = entry.score === null ? undefined : `Score ${entry.score}`;
      return { key, at, title: `Answered: ${entry.survey}`, detail: score };
    }
    case "case": {
      const title = `Case: ${CASE_LABELS[entry.type as CaseType] ?? entry.type}`;
      const { label, tone } = CASE_STATES[entry.state];
      return { key, at, title, badge: label, tone, url: `/app/cases/${entry.caseId}` };
    }
    case "hold": {
      const title = `Marketing rests: ${HOLDS[entry.reason] ?? entry.reason}`;
      return { key, at, title, badge: entry.until ? undefined : "Until it is settled" };
    }
    case "consent": {
      const channel = CHANNEL_LABELS[entry.channel] ?? entry.channel;
      const state = entry.state.replaceAll("_", " ");
      return {
        key,
        at,
        title: `Marketing by ${channel.toLowerCase()}: ${state}`,
        detail: `Told by: ${entry.source}`,
      };
    }
  }
}
