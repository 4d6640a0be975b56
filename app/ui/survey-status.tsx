import { Badge } from "./polaris";

type Status = "draft" | "live" | "paused" | "archived";

const LOOKS = {
  draft: { tone: "info", text: "Draft" },
  live: { tone: "success", text: "Live" },
  paused: { tone: "warning", text: "Paused" },
  archived: { tone: undefined, text: "Archived" },
} as const;

/** Whether something is shown to shoppers at the moment. */
export function SurveyStatus({ status }: { status: Status }) {
  return <Badge tone={LOOKS[status].tone}>{LOOKS[status].text}</Badge>;
}
