import type { CampaignForm } from "#app/sponsored/campaign";

export type CampaignFieldsProps = {
  value: CampaignForm;
  problems: Record<string, string>;
  onChange: (change: Partial<CampaignForm>) => void;
};

/** The first problem of a field and of what lies within it ("countries.0"). */
export function problemOf(problems: Record<string, string>, field: string): string | undefined {
  return Object.entries(problems).find(([path]) => path === field || path.startsWith(`${field}.`))?.[1];
}
