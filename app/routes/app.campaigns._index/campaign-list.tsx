import type { CampaignState } from "#app/messages/campaign-state";
import { campaignStatus } from "#app/ui/campaign-words";
import { formatMoney } from "#app/ui/money";
import { Badge, BlockStack, Box, Card, InlineStack, Link, Text } from "#app/ui/polaris";

type Row = {
  id: string;
  name: string;
  message: string;
  dueAt: string | Date;
  /** Its audience in words. */
  whom: string;
  state: CampaignState;
  waiting: number;
  sent: number;
  delivered: number;
  clicked: number;
  unsubscribed: number;
  notSent: Record<string, number>;
  heldOut: number;
  orders: number;
  netMinor: number;
};
type Words = { currency: string; timezone: string; locale: string };

/** The campaigns, newest first, each with what came of it. */
export function CampaignList({ rows, ...words }: { rows: Row[] } & Words) {
  return (
    <BlockStack gap="300">
      {rows.map((row) => (
        <Card key={row.id}>
          <Entry row={row} {...words} />
        </Card>
      ))}
    </BlockStack>
  );
}

function Entry({ row, currency, timezone, locale }: { row: Row } & Words) {
  const { id, name, message, dueAt, whom, state } = row;
  const time = new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: timezone,
  });
  const count = new Intl.NumberFormat(locale);
  const notSent = Object.values(row.notSent).reduce((sum, one) => sum + one, 0);
  const figures: [string, string][] = [
    ["Sent", count.format(row.sent)],
    ["Waiting", count.format(row.waiting)],
    ["Not sent", count.format(notSent)],
    ["Delivered", count.format(row.delivered)],
    ["Clicked", count.format(row.clicked)],
    ["Unsubscribed", count.format(row.unsubscribed)],
    ["Orders in 7 days", `${count.format(row.orders)} (${formatMoney(row.netMinor, currency, locale)})`],
  ];
  return (
    <BlockStack gap="300">
      <BlockStack gap="100">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingSm">
            <Link url={`/app/campaigns/${id}`}>{name}</Link>
          </Text>
          <Badge tone={campaignStatus(state).tone}>{campaignStatus(state).label}</Badge>
        </InlineStack>
        <Text as="p" tone="subdued">
          {`${message} · ${time.format(new Date(dueAt))} · ${whom}`}
        </Text>
      </BlockStack>
      <InlineStack gap="600">
        {figures.map(([label, value]) => (
          <Box key={label}>
            <Text as="p" variant="bodySm" tone="subdued">
              {label}
            </Text>
            <Text as="p" variant="headingSm">
              {value}
            </Text>
          </Box>
        ))}
      </InlineStack>
    </BlockStack>
  );
}
