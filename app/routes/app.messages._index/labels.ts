import type { MessageState } from "#app/generated/prisma/client";
import type { BadgeProps } from "#app/ui/polaris";

/** What a merchant reads for a state. */
export const STATE_LABELS: Record<MessageState, { label: string; tone?: BadgeProps["tone"] }> = {
  queued: { label: "Waiting", tone: "info" },
  sending: { label: "Sending", tone: "info" },
  sent: { label: "Sent", tone: "success" },
  delivered: { label: "Delivered", tone: "success" },
  bounced: { label: "Bounced", tone: "critical" },
  complained: { label: "Marked as spam", tone: "critical" },
  failed: { label: "Failed", tone: "critical" },
  suppressed: { label: "Not sent" },
  unknown: { label: "Unknown", tone: "warning" },
};

const REASONS: Record<string, string> = {
  suppressed: "This address bounced, complained or was erased.",
  "type-unwanted": "The shopper does not want this kind of email.",
  "no-consent": "The shopper did not agree to marketing.",
  hold: "Marketing to this shopper is on hold.",
  "marketing-cap-day": "The shopper already got marketing within a day.",
  "marketing-cap-week": "The shopper already got marketing three times this week.",
  "survey-gap": "The shopper was asked a survey in the last 21 days.",
  "nps-gap": "The shopper was asked this in the last 90 days.",
  "quiet-hours": "Waits for the morning.",
  "messages-off": "Emails are switched off in the settings.",
  "template-off": "This email is switched off.",
  "no-address": "The order has no valid email address.",
  uninstalled: "The app was not installed.",
  "sent-again": "You sent it again.",
  "left-unknown": "You left it at that.",
};

/** A stored reason in words; what a mail server answered stands as it came. */
export function reasonText(reason: string | null): string {
  return reason ? (REASONS[reason] ?? reason) : "";
}

/** The filters above the list. */
export const FILTERS: { value: string; label: string; states?: MessageState[] }[] = [
  { value: "all", label: "All messages" },
  { value: "sent", label: "Sent", states: ["sent", "delivered"] },
  { value: "waiting", label: "Waiting", states: ["queued", "sending"] },
  { value: "not-sent", label: "Not sent", states: ["suppressed"] },
  { value: "problems", label: "Problems", states: ["bounced", "complained", "failed", "unknown"] },
];
