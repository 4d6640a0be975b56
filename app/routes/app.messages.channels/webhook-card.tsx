import type { AccountConfig } from "#app/messages/accounts.server";
import { useDraft } from "#app/ui/draft";
import {
  Badge,
  Banner,
  BlockStack,
  Button,
  Card,
  Checkbox,
  InlineError,
  InlineStack,
  Text,
  TextField,
} from "#app/ui/polaris";
import { useSave } from "#app/ui/save";
import { UnsavedChanges } from "#app/ui/save-bar";
import type { ChannelsAction, WebhookForm } from "./form";
import type { ChannelsResult } from "./route";

type WebhookCardProps = {
  webhook: { enabled: boolean; config: AccountConfig; hasSecret: boolean; error: string | null };
};

/** Signed calls to the merchant's own systems. */
export function WebhookCard({ webhook }: WebhookCardProps) {
  const draft = useDraft<WebhookForm>({
    intent: "save-webhook",
    url: webhook.config.url,
    enabled: webhook.enabled,
  });
  const form = useSave<ChannelsAction, ChannelsResult>();
  const other = useSave<ChannelsAction, ChannelsResult>();
  const { value, set } = draft;
  const secret = other.result?.secret ?? form.result?.secret;
  const refused = other.problems["test-webhook"];
  return (
    <Card>
      <UnsavedChanges
        id="webhook"
        dirty={draft.dirty}
        saving={form.saving}
        onSave={() => form.save(value)}
        onDiscard={draft.reset}
      />
      <BlockStack gap="400">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h2" variant="headingMd">
            Webhook
          </Text>
          <Badge tone={webhook.enabled ? "success" : undefined}>{webhook.enabled ? "On" : "Off"}</Badge>
        </InlineStack>
        <Text as="p" tone="subdued">
          A call to a system of yours, for example to print a card or to tell your CRM. It is signed with
          HMAC-SHA256, tried again for two days, and carries a key by which a repetition can be told.
        </Text>
        {webhook.error && <Banner tone="critical">{webhook.error}</Banner>}
        <TextField
          label="Address"
          type="url"
          value={value.url}
          onChange={(url) => set({ url })}
          error={form.problems.url}
          placeholder="https://"
          autoComplete="off"
        />
        <Checkbox label="Use it" checked={value.enabled} onChange={(enabled) => set({ enabled })} />
        {secret && (
          <Banner tone="info" title="Copy the secret now; it is not shown again">
            {secret}
          </Banner>
        )}
        {webhook.hasSecret && (
          <BlockStack gap="200">
            <InlineStack gap="200">
              <Button loading={other.saving} onClick={() => other.save({ intent: "test-webhook" })}>
                Send a test
              </Button>
              <Button loading={other.saving} onClick={() => other.save({ intent: "new-secret" })}>
                Make a new secret
              </Button>
            </InlineStack>
            {refused && <InlineError message={refused} fieldID="test-webhook" />}
          </BlockStack>
        )}
      </BlockStack>
    </Card>
  );
}
