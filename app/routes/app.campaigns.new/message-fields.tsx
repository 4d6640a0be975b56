import type { Channel } from "#app/contact-policy/contact";
import type { TemplateKey } from "#app/messages/default-templates";
import type { Locale } from "#app/shops/settings";
import { ChooseMany } from "#app/ui/choose-many";
import { CHANNEL_LABELS } from "#app/ui/message-words";
import { BlockStack, Button, Card, InlineError, InlineStack, Select, Text, TextField } from "#app/ui/polaris";
import { useSave } from "#app/ui/save";
import { useTypedFirst } from "#app/ui/typed-first";
import type { CampaignAction, CampaignDraft } from "./form";

type Props = {
  draft: CampaignDraft;
  templates: { key: TemplateKey; name: string; purpose: "transactional" | "marketing" }[];
  channels: Channel[];
  language: Locale;
  problems: Record<string, string>;
  onChange: (change: Partial<CampaignDraft>) => void;
};

/** What is sent, and by which way. */
export function MessageFields({ draft, templates, channels, language, problems, onChange }: Props) {
  const { save, saving, problems: refused } = useSave<CampaignAction>();
  const { name, template } = draft;
  const typed = useTypedFirst(name, (text) => onChange({ name: text }));
  const purpose = templates.find(({ key }) => key === template)?.purpose;
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          What
        </Text>
        <TextField
          label="Name"
          {...typed}
          error={problems.name}
          helpText="Only you see it."
          maxLength={80}
          autoComplete="off"
        />
        <Select
          label="Message"
          options={[
            { value: "", label: "Choose a message" },
            ...templates.map((one) => ({ value: one.key, label: one.name })),
          ]}
          value={template}
          onChange={(key) => onChange({ template: key as CampaignDraft["template"] })}
          error={problems.template}
          helpText={purpose && PURPOSE[purpose]}
        />
        <ChooseMany
          label="Channels"
          prompt="Add a channel"
          choices={channels.map((value) => ({ value, label: CHANNEL_LABELS[value] ?? value }))}
          chosen={draft.channels}
          onChange={(chosen) => onChange({ channels: chosen as Channel[] })}
          helpText="Everybody gets it once: on the first of these that reaches them."
          error={problems.channels}
        />
        <InlineStack gap="300" blockAlign="center">
          <Button
            onClick={() => save({ intent: "test", template: template as TemplateKey, locale: language })}
            disabled={!template}
            loading={saving}
          >
            Send me a test email
          </Button>
          {template && (
            <Button variant="plain" url={`/app/messages/${template}`}>
              Edit the message
            </Button>
          )}
        </InlineStack>
        {refused.test && <InlineError message={refused.test} fieldID="test" />}
      </BlockStack>
    </Card>
  );
}

const PURPOSE = {
  transactional: "About an order: everybody may get it. It must not advertise.",
  marketing: "Marketing: only customers who agreed get it, and not too often.",
};
