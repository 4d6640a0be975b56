import type { Guardrail, Metric, Subject } from "#app/experiments/subjects";
import type { BadgeProps } from "./polaris";

/** What pages call the parts of an experiment. */
const SUBJECT_NAMES: Record<Subject, string> = { offer: "Offer", survey: "Survey", message: "Email" };

export function subjectName(subject: Subject): string {
  return SUBJECT_NAMES[subject];
}

export const METRIC_WORDS: Record<Metric, { label: string; help: string }> = {
  revenue: {
    label: "Net revenue per shopper",
    help: "What they pay within 30 days, from the order in hand on, net of refunds and cancellations.",
  },
  taken: { label: "Shoppers who take it", help: "Share of the shoppers who take the offer within 30 days." },
  answered: { label: "Shoppers who answer", help: "Share of the shoppers who finish the survey." },
  clicks: { label: "Clicks per email", help: "Emails with a click by a person, as a share of those sent." },
};

export const GUARDRAIL_WORDS: Record<Guardrail, string> = {
  dismissed: "Shoppers who say “not for me”",
  refunded: "Refunded per shopper",
  unsubscribed: "Emails that led to an unsubscription or a spam report",
};

const STATUS = {
  running: { label: "Running", tone: "success" },
  stopped: { label: "Stopped", tone: undefined },
  promoted: { label: "Winner kept", tone: "info" },
} as const satisfies Record<string, { label: string; tone: BadgeProps["tone"] }>;

export function experimentStatus(status: keyof typeof STATUS): { label: string; tone: BadgeProps["tone"] } {
  return STATUS[status];
}

/** Money, or a share in percent. */
export function isMoney(figure: Metric | Guardrail): boolean {
  return figure === "revenue" || figure === "refunded";
}
