import { useSave } from "#app/ui/save";
import {
  Badge,
  BlockStack,
  Box,
  Button,
  Card,
  Divider,
  InlineGrid,
  InlineStack,
  Text,
} from "#app/ui/polaris";
import type { MessagesAction } from "./form";

type TemplateRow = {
  key: Extract<MessagesAction, { intent: "switch" }>["key"];
  name: string;
  description: string;
  enabled: boolean;
  sent: number;
  delivered: number;
  clicked: number;
  unsubscribed: number;
};

type TemplateListProps = { templates: TemplateRow[]; days: number; locale: string };

/** The mails with their switches and what came of them. */
export function TemplateList({ templates, days, locale }: TemplateListProps) {
  const count = new Intl.NumberFormat(locale);
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            Your emails
          </Text>
          <Text as="p" tone="subdued">
            {`Figures of the last ${days} days. Delivered: the mail server took the email and it has not bounced so far. Clicks count people, not mail scanners.`}
          </Text>
        </BlockStack>
        {templates.map((template) => (
          <BlockStack key={template.key} gap="400">
            <Divider />
            <TemplateEntry template={template} count={count} />
          </BlockStack>
        ))}
      </BlockStack>
    </Card>
  );
}

function TemplateEntry({ template, count }: { template: TemplateRow; count: Intl.NumberFormat }) {
  const { save, saving } = useSave<MessagesAction>();
  const { key, name, description, enabled } = template;
  const figures = [
    ["Sent", template.sent],
    ["Delivered", template.delivered],
    ["Clicked", template.clicked],
    ["Unsubscribed", template.unsubscribed],
  ] as const;
  return (
    <InlineGrid columns={{ xs: 1, md: ["twoThirds", "oneThird"] }} gap="400" alignItems="center">
      <BlockStack gap="200">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h3" variant="headingSm">
            {name}
          </Text>
          <Badge tone={enabled ? "success" : undefined}>{enabled ? "On" : "Off"}</Badge>
        </InlineStack>
        <Text as="p" tone="subdued">
          {description}
        </Text>
        <InlineStack gap="600">
          {figures.map(([label, value]) => (
            <Box key={label}>
              <Text as="p" variant="bodySm" tone="subdued">
                {label}
              </Text>
              <Text as="p" variant="headingSm">
                {count.format(value)}
              </Text>
            </Box>
          ))}
        </InlineStack>
      </BlockStack>
      <InlineStack gap="200" align="end">
        <Button
          onClick={() => save({ intent: "switch", key, enabled: !enabled })}
          loading={saving}
          accessibilityLabel={`Switch ${enabled ? "off" : "on"} ${name}`}
        >
          {enabled ? "Switch off" : "Switch on"}
        </Button>
        <Button url={`/app/messages/${key}`} accessibilityLabel={`Edit ${name}`}>
          Edit
        </Button>
      </InlineStack>
    </InlineGrid>
  );
}
