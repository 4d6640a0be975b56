import type { OfferStanding } from "#app/offers/offer";
import { Badge } from "./polaris";

const LOOKS: Record<OfferStanding, { tone?: "info" | "success" | "warning"; text: string }> = {
  draft: { tone: "info", text: "Draft" },
  live: { tone: "success", text: "Live" },
  paused: { tone: "warning", text: "Paused" },
  archived: { text: "Archived" },
  planned: { tone: "info", text: "Not begun yet" },
  over: { text: "Over" },
  "used-up": { text: "Taken as often as allowed" },
};

/** Whether an offer is shown to shoppers at the moment. */
export function OfferStatusBadge({ standing }: { standing: OfferStanding }) {
  return <Badge tone={LOOKS[standing].tone}>{LOOKS[standing].text}</Badge>;
}
