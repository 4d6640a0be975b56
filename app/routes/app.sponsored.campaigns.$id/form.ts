import type { CampaignForm, CampaignStatus } from "#app/sponsored/campaign";

export type CampaignFieldsProps = {
  value: CampaignForm;
  problems: Record<string, string>;
  onChange: (change: Partial<CampaignForm>) => void;
};

/** The first problem of a field and of what lies within it ("countries.0"). */
export function problemOf(problems: Record<string, string>, field: string): string | undefined {
  return Object.entries(problems).find(([path]) => path === field || path.startsWith(`${field}.`))?.[1];
}

/** What the button does that shows a campaign or no longer shows it. What is paused was approved before. */
export function showingStep(status: CampaignStatus | null): string {
  if (status === "live") return "Pause";
  return status === "paused" ? "Resume" : "Approve and show";
}
