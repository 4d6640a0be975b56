import type { MessageState } from "#app/generated/prisma/client";
import type { BadgeProps } from "./polaris";

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
  suppressed: "This address bounced, complained, said STOP or was erased. See Stopped addresses.",
  "type-unwanted": "The shopper does not want this kind of message.",
  "no-consent": "The shopper did not agree to marketing.",
  country: "The rules of the shopper's country ask for more than this agreement.",
  outranked: "A weightier message to this shopper took the day's place.",
  "channel-off": "This channel is switched off.",
  "no-short-text": "This message has no short text for this channel.",
  hold: "Marketing to this shopper is on hold.",
  "marketing-cap-day": "The shopper already got their marketing of the day.",
  "marketing-cap-week": "The shopper already got their marketing of the week.",
  "survey-gap": "The shopper was asked a survey not long ago.",
  "nps-gap": "The shopper was asked this not long ago.",
  "quiet-hours": "Waits for the morning.",
  "messages-off": "Messages are switched off in the settings.",
  "template-off": "This message is switched off.",
  "no-address": "There is no valid address for this channel.",
  holdout: "Held out, so that the campaign's effect can be measured.",
  "campaign-stopped": "The campaign was stopped.",
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

/** What a merchant reads for a channel. */
export const CHANNEL_LABELS: Record<string, string> = {
  email: "Email",
  sms: "Text message",
  whatsapp: "WhatsApp",
  push: "Notification",
  inbox: "Inbox",
  phone: "Call",
  webhook: "Webhook",
};
