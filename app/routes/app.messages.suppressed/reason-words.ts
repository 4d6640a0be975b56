import type { StopReason } from "#app/messages/stop-reasons";

type Words = {
  /** In the filter. */
  label: string;
  /** In the list. */
  reason: string;
  /** Why there is no button beside it; null where there is one. */
  fixed: string | null;
};

/** Why an address gets nothing, and why that may not be lifted here. */
export const REASON_WORDS: Record<StopReason, Words> = {
  "hard-bounce": {
    label: "Bounced",
    reason: "Bounced: the address does not exist, or takes no messages.",
    fixed: null,
  },
  "soft-bounces": {
    label: "Bounced several times",
    reason: "Bounced several times within a month, as with a full mailbox.",
    fixed: null,
  },
  complaint: {
    label: "Marked as spam",
    reason: "Marked a message of yours as spam.",
    fixed: "Their own word. Writing again would harm what your other emails are worth to mail providers.",
  },
  stop: {
    label: "Answered STOP",
    reason: "Answered STOP, or the carrier says so.",
    fixed: "Their own word. They take it back by answering START.",
  },
  unsubscribed: {
    label: "Unsubscribed from marketing",
    reason: "Unsubscribed from marketing. News about their orders still goes out.",
    fixed: "Their own word. They can subscribe again on their preference page or at the checkout.",
  },
  redaction: {
    label: "Erased",
    reason: "Was erased on request.",
    fixed: "The law: who asked to be forgotten is not written to again.",
  },
  staff: { label: "Stopped by you", reason: "Stopped by you.", fixed: null },
};
