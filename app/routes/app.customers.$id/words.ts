import type { ConsentSource } from "#app/contact-policy/contact";
import { CASE_LABELS, type CaseType } from "#app/cases/case";
import type { TimelineEntry } from "#app/analytics/customer-timeline.server";
import type { LedgerState } from "#app/generated/prisma/client";
import { CASE_STATES } from "#app/ui/case-words";
import { SURFACE_WORDS } from "#app/ui/decision-words";
import { LEDGER_KINDS } from "#app/ui/loyalty-words";
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

const TOLD_BY: Record<ConsentSource, string> = {
  "thank-you": "the customer, on the thank-you page",
  account: "the customer, in their account",
  tracking: "the customer, on the tracking page",
  "preference-page": "the customer, on the page of their preferences",
  confirmation: "the customer, by the link that confirms it",
  "one-click": "the customer, by the unsubscribe button of their mail program",
  stop: "the customer, by answering STOP to a text message",
  start: "the customer, by answering START: what stood before their STOP",
  complaint: "the customer, by marking an email as spam",
  shopify: "Shopify",
  import: "an import",
  staff: "you",
};
const POINT_STATES: Record<LedgerState, Pick<ShownEntry, "badge" | "tone">> = {
  pending: { badge: "Pending", tone: "attention" },
  approved: { badge: "Approved", tone: "success" },
  void: { badge: "Void" },
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
        detail: SURFACE_WORDS[entry.surface] ?? entry.surface,
        badge: OUTCOMES[entry.outcome],
        tone,
      };
    }
    case "answer": {
      const score = entry.score === null ? undefined : `Score ${entry.score}`;
      return { key, at, title: `Answered: ${entry.survey}`, detail: score };
    }
    case "joined":
      return { key, at, title: "Joined the points programme", detail: SURFACE_WORDS[entry.via] ?? entry.via };
    case "points": {
      const points = new Intl.NumberFormat(locale, { signDisplay: "exceptZero" }).format(entry.points);
      const detail = [LEDGER_KINDS[entry.cause] ?? entry.cause, entry.orderName].filter(Boolean).join(" ");
      return { key, at, title: `${points} points`, detail, ...POINT_STATES[entry.state] };
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
        detail: `Told by: ${TOLD_BY[entry.source as ConsentSource] ?? entry.source}`,
      };
    }
  }
}
