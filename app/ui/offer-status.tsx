import { Badge } from "./polaris";

const LOOKS = {
  draft: { tone: "info", text: "Draft" },
  live: { tone: "success", text: "Live" },
  paused: { tone: "warning", text: "Paused" },
  archived: { tone: undefined, text: "Archived" },
} as const;

/** Whether an offer is shown to shoppers at the moment. */
export function OfferStatusBadge({ status }: { status: keyof typeof LOOKS }) {
  return <Badge tone={LOOKS[status].tone}>{LOOKS[status].text}</Badge>;
}
