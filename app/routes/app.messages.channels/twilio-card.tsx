import { useState } from "react";
import type { AccountConfig } from "#app/messages/accounts.server";
import { useDraft } from "#app/ui/draft";
import {
  Badge,
  Banner,
  BlockStack,
  Button,
  Card,
  Checkbox,
  FormLayout,
  InlineStack,
  Text,
  TextField,
} from "#app/ui/polaris";
import { useSave } from "#app/ui/save";
import { UnsavedChanges } from "#app/ui/save-bar";
import type { ChannelsAction, TwilioForm } from "./form";

type Account = { enabled: boolean; config: AccountConfig; hasSecret: boolean; error: string | null };
type TwilioCardProps = { sms: Account; whatsapp: Account; answersUrl: string };

/** Text messages and WhatsApp through the shop's own account at Twilio. */
export function TwilioCard({ sms, whatsapp, answersUrl }: TwilioCardProps) {
  const draft = useDraft<TwilioForm>({
    intent: "save-twilio",
    accountSid: sms.config.accountSid,
    token: "",
    smsFrom: sms.config.from,
    whatsappFrom: whatsapp.config.from,
    sms: sms.enabled,
    whatsapp: whatsapp.enabled,
  });
  const { save, saving, problems } = useSave<ChannelsAction>();
  const { value, set } = draft;
  const error = sms.error ?? whatsapp.error;
  return (
    <Card>
      <UnsavedChanges
        id="twilio"
        dirty={draft.dirty}
        saving={saving}
        onSave={() => save(value)}
        onDiscard={draft.reset}
      />
      <BlockStack gap="400">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h2" variant="headingMd">
            Text messages and WhatsApp
          </Text>
          <Badge tone={sms.enabled || whatsapp.enabled ? "success" : undefined}>
            {sms.enabled || whatsapp.enabled ? "On" : "Off"}
          </Badge>
        </InlineStack>
        <Text as="p" tone="subdued">
          Through your own account at Twilio, which charges you for each message. Marketing goes only to
          people who agreed to it; WhatsApp always needs an agreement.
        </Text>
        {error && (
          <Banner tone="critical" title="Twilio does not take your messages">
            {error} Check the account and save it again; waiting messages are tried again by themselves.
          </Banner>
        )}
        <FormLayout>
          <FormLayout.Group>
            <TextField
              label="Account SID"
              value={value.accountSid}
              onChange={(accountSid) => set({ accountSid })}
              error={problems.accountSid}
              placeholder="AC…"
              autoComplete="off"
            />
            <TextField
              label="Auth token"
              type="password"
              value={value.token}
              onChange={(token) => set({ token })}
              error={problems.token}
              helpText={
                sms.hasSecret ? "Stored. Leave it empty to keep it." : "Stored sealed, never shown again."
              }
              autoComplete="off"
            />
          </FormLayout.Group>
          <FormLayout.Group>
            <TextField
              label="Text messages come from"
              value={value.smsFrom}
              onChange={(smsFrom) => set({ smsFrom })}
              error={problems.smsFrom}
              placeholder="+49… or MG…"
              autoComplete="off"
            />
            <TextField
              label="WhatsApp messages come from"
              value={value.whatsappFrom}
              onChange={(whatsappFrom) => set({ whatsappFrom })}
              error={problems.whatsappFrom}
              placeholder="+49…"
              autoComplete="off"
            />
          </FormLayout.Group>
        </FormLayout>
        <BlockStack gap="100">
          <Checkbox label="Use text messages" checked={value.sms} onChange={(on) => set({ sms: on })} />
          <Checkbox label="Use WhatsApp" checked={value.whatsapp} onChange={(on) => set({ whatsapp: on })} />
        </BlockStack>
        <TextField
          label="Address for answers"
          value={answersUrl}
          readOnly
          autoComplete="off"
          helpText="Enter it at Twilio under “A message comes in”, so that STOP is heard."
        />
        {sms.hasSecret && <TestText />}
      </BlockStack>
    </Card>
  );
}

function TestText() {
  const [to, setTo] = useState("");
  const { save, saving, problems } = useSave<ChannelsAction>();
  const problem = problems.to ?? problems["test-sms"] ?? problems["test-whatsapp"];
  return (
    <InlineStack gap="200" blockAlign="end">
      <TextField
        label="Send a test to"
        value={to}
        onChange={setTo}
        error={problem}
        placeholder="+49…"
        autoComplete="tel"
      />
      <Button loading={saving} onClick={() => save({ intent: "test-text", channel: "sms", to })}>
        Test text message
      </Button>
      <Button loading={saving} onClick={() => save({ intent: "test-text", channel: "whatsapp", to })}>
        Test WhatsApp
      </Button>
    </InlineStack>
  );
}
