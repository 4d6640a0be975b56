import { useSteps } from "#app/ui/steps";
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
  /** Of a built-in one; null: the shop's own. */
  description: string | null;
  purpose: "transactional" | "marketing";
  enabled: boolean;
  archived: boolean;
  sent: number;
  delivered: number;
  clicked: number;
  unsubscribed: number;
};

type TemplateListProps = { templates: TemplateRow[]; days: number; locale: string };
type Take = (intent: "archive" | "restore", id: string) => void;

/** The mails with their switches and what came of them: those that came with Postlude, then the shop's own. */
export function TemplateList({ templates, days, locale }: TemplateListProps) {
  const count = new Intl.NumberFormat(locale);
  const { take } = useSteps<"archive" | "restore">({ archive: "restore", restore: "archive" });
  const live = templates.filter(({ archived }) => !archived);
  const own = live.filter(({ description }) => description === null);
  const away = templates.filter(({ archived }) => archived);
  const group = (rows: TemplateRow[]) =>
    rows.map((template) => (
      <BlockStack key={template.key} gap="400">
        <Divider />
        <TemplateEntry template={template} count={count} take={take} />
      </BlockStack>
    ));
  return (
    <>
      <Card>
        <BlockStack gap="400">
          <Heading title="Your own emails">
            {own.length > 0
              ? "Made by you. Journeys send them."
              : "Nothing here yet. Start from an empty email, or duplicate one of those below and change it."}
          </Heading>
          {group(own)}
          {away.length > 0 && <PutAway templates={away} take={take} />}
        </BlockStack>
      </Card>
      <Card>
        <BlockStack gap="400">
          <Heading title="Ready emails">
            {`They came with Postlude and follow an order by themselves. Figures of the last ${days} days. Delivered: the mail server took the email and it has not bounced so far. Clicks count people, not mail scanners.`}
          </Heading>
          {group(live.filter(({ description }) => description !== null))}
        </BlockStack>
      </Card>
    </>
  );
}

function Heading({ title, children }: { title: string; children: string }) {
  return (
    <BlockStack gap="100">
      <Text as="h2" variant="headingMd">
        {title}
      </Text>
      <Text as="p" tone="subdued">
        {children}
      </Text>
    </BlockStack>
  );
}

function PutAway({ templates, take }: { templates: TemplateRow[]; take: Take }) {
  return (
    <>
      <Divider />
      <Text as="h3" variant="headingSm">
        Put away
      </Text>
      {templates.map(({ key, name }) => (
        <InlineStack key={key} align="space-between" blockAlign="center" gap="200">
          <Text as="p">{name}</Text>
          <Button onClick={() => take("restore", key)} accessibilityLabel={`Bring back ${name}`}>
            Bring back
          </Button>
        </InlineStack>
      ))}
    </>
  );
}

type TemplateEntryProps = { template: TemplateRow; count: Intl.NumberFormat; take: Take };

function TemplateEntry({ template, count, take }: TemplateEntryProps) {
  const { save, saving } = useSave<MessagesAction>();
  const { key, name, description, purpose, enabled } = template;
  const isOwn = description === null;
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
          {purpose === "marketing" && <Badge tone="info">Marketing</Badge>}
        </InlineStack>
        <Text as="p" tone="subdued">
          {description ?? WHO_GETS_IT[purpose]}
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
        {isOwn && (
          <Button onClick={() => take("archive", key)} accessibilityLabel={`Put away ${name}`}>
            Put away
          </Button>
        )}
        <Button url={`/app/messages/new?from=${key}`} accessibilityLabel={`Duplicate ${name}`}>
          Duplicate
        </Button>
        <Button url={`/app/messages/${key}`} accessibilityLabel={`Edit ${name}`}>
          Edit
        </Button>
      </InlineStack>
    </InlineGrid>
  );
}

const WHO_GETS_IT = {
  transactional: "About an order: everybody may get it.",
  marketing: "Marketing: only people who agreed get it.",
};
