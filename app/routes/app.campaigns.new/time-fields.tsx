import { BlockStack, Card, ChoiceList, TextField } from "#app/ui/polaris";
import type { CampaignDraft } from "./form";

type Props = {
  draft: CampaignDraft;
  timezone: string;
  problems: Record<string, string>;
  onChange: (change: Partial<CampaignDraft>) => void;
};

/** When it goes out, by the shop's clocks. */
export function TimeFields({ draft, timezone, problems, onChange }: Props) {
  return (
    <Card>
      <BlockStack gap="400">
        <ChoiceList
          title="When"
          choices={[
            { value: "later", label: "At a time" },
            { value: "now", label: "Now", helpText: "It starts in a minute; until then you can cancel it." },
          ]}
          selected={[draft.when]}
          onChange={([when]) => onChange({ when: when as CampaignDraft["when"] })}
        />
        {draft.when === "later" && (
          <TextField
            label="Day and time"
            type="datetime-local"
            value={draft.at}
            onChange={(at) => onChange({ at })}
            error={problems.at}
            helpText={`By your shop's clocks (${timezone}). Where it is night for a shopper, it waits for their morning.`}
            autoComplete="off"
          />
        )}
      </BlockStack>
    </Card>
  );
}
