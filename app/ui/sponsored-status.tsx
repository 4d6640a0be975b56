import { Badge } from "./polaris";

const LOOKS = {
  waiting: { tone: "attention", text: "Waiting for you" },
  approved: { tone: "success", text: "Approved" },
  live: { tone: "success", text: "Live" },
  paused: { tone: "warning", text: "Paused" },
  rejected: { tone: "critical", text: "Rejected" },
  blocked: { tone: "critical", text: "Blocked" },
  archived: { tone: undefined, text: "Archived" },
  planned: { tone: "info", text: "Not begun yet" },
  over: { tone: undefined, text: "Over" },
  "too-low": { tone: "warning", text: "Below your least price" },
  "used-up": { tone: undefined, text: "Budget used up" },
} as const;

/** Where an advertiser or a campaign stands with the merchant. */
export function SponsoredStatusBadge({ status }: { status: keyof typeof LOOKS }) {
  return <Badge tone={LOOKS[status].tone}>{LOOKS[status].text}</Badge>;
}
