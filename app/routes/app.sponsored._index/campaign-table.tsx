import { formatMoney } from "#app/ui/money";
import {
  BlockStack,
  Box,
  Button,
  ButtonGroup,
  Card,
  IndexTable,
  InlineStack,
  Link,
  Text,
  useBreakpoints,
} from "#app/ui/polaris";
import { useScrollableByKeyboard } from "#app/ui/scrollable-table";
import { SponsoredStatusBadge } from "#app/ui/sponsored-status";
import { useSteps } from "#app/ui/steps";

type Status = "waiting" | "live" | "paused" | "rejected" | "archived";
export type CampaignRow = {
  id: string;
  name: string;
  status: Status;
  advertiser: { name: string; status: "waiting" | "approved" | "rejected" | "blocked" };
  model: "cpc" | "cpa";
  bidMinor: number;
  currency: string;
  budgetMinor: number;
  spentMinor: number;
  views: number;
  clicks: number;
  conversions: number;
  earnedMinor: number;
};

type Intent = "approve" | "reject" | "pause" | "resume" | "archive" | "reconsider";
const STEPS = {
  waiting: [
    ["approve", "Approve"],
    ["reject", "Reject"],
  ],
  live: [
    ["pause", "Pause"],
    ["archive", "Archive"],
  ],
  paused: [
    ["resume", "Resume"],
    ["archive", "Archive"],
  ],
  rejected: [
    ["reconsider", "Reconsider"],
    ["archive", "Archive"],
  ],
  archived: [["reconsider", "Bring back"]],
} as const satisfies Record<Status, readonly (readonly [Intent, string])[]>;
const UNDO: Partial<Record<Intent, Intent>> = {
  reject: "reconsider",
  archive: "reconsider",
  pause: "resume",
  resume: "pause",
};

export function CampaignTable({
  rows,
  currency,
  locale,
}: {
  rows: CampaignRow[];
  currency: string;
  locale: string;
}) {
  const { smDown } = useBreakpoints();
  const { take } = useSteps<Intent>(UNDO);
  const table = useScrollableByKeyboard("Table of campaigns");
  const count = new Intl.NumberFormat(locale);
  return (
    <Card padding="0">
      <div ref={table}>
        <IndexTable
          condensed={smDown}
          selectable={false}
          itemCount={rows.length}
          resourceName={{ singular: "campaign", plural: "campaigns" }}
          headings={[
            { title: "Campaign" },
            { title: "Status" },
            { title: "Views", alignment: "end" },
            { title: "Clicks", alignment: "end" },
            { title: "Sales", alignment: "end" },
            { title: "Earned", alignment: "end" },
            { title: "Spent", alignment: "end" },
            { title: "Actions" },
          ]}
        >
          {rows.map((row, position) => {
            const money = (minor: number) => formatMoney(minor, row.currency, locale);
            const figures = [
              ["Views", count.format(row.views)],
              ["Clicks", count.format(row.clicks)],
              ["Sales", row.model === "cpa" ? count.format(row.conversions) : "–"],
              ["Earned", formatMoney(row.earnedMinor, currency, locale)],
              ["Spent", `${money(row.spentMinor)} of ${money(row.budgetMinor)}`],
            ] as const;
            const pays = `${money(row.bidMinor)} ${row.model === "cpc" ? "per click" : "per sale"}`;
            const actions = <Actions row={row} take={take} />;
            return (
              <IndexTable.Row id={row.id} key={row.id} position={position}>
                {smDown ? (
                  <Box padding="400" width="100%">
                    <BlockStack gap="200">
                      <InlineStack align="space-between" blockAlign="center" gap="200">
                        <Link url={`/app/sponsored/campaigns/${row.id}`}>{row.name}</Link>
                        <SponsoredStatusBadge status={row.status} />
                      </InlineStack>
                      <Text as="p" tone="subdued">
                        {row.advertiser.name}, at most {pays}
                      </Text>
                      <Text as="p" tone="subdued">
                        {figures.map(([label, value]) => `${label} ${value}`).join(" · ")}
                      </Text>
                      {actions}
                    </BlockStack>
                  </Box>
                ) : (
                  <>
                    <IndexTable.Cell>
                      <BlockStack>
                        <Link url={`/app/sponsored/campaigns/${row.id}`}>{row.name}</Link>
                        <Text as="span" variant="bodySm" tone="subdued">
                          {row.advertiser.name}, at most {pays}
                        </Text>
                      </BlockStack>
                    </IndexTable.Cell>
                    <IndexTable.Cell>
                      <SponsoredStatusBadge status={row.status} />
                    </IndexTable.Cell>
                    {figures.map(([label, value]) => (
                      <IndexTable.Cell key={label}>
                        <Text as="span" alignment="end" numeric>
                          {value}
                        </Text>
                      </IndexTable.Cell>
                    ))}
                    <IndexTable.Cell>{actions}</IndexTable.Cell>
                  </>
                )}
              </IndexTable.Row>
            );
          })}
        </IndexTable>
      </div>
    </Card>
  );
}

function Actions({ row, take }: { row: CampaignRow; take: (intent: Intent, id: string) => void }) {
  const steps: readonly (readonly [Intent, string])[] = STEPS[row.status];
  const isAdvertiserMissing = row.advertiser.status !== "approved";
  return (
    <ButtonGroup>
      {isAdvertiserMissing && row.status === "waiting" && (
        <Button
          size="slim"
          url="/app/sponsored/advertisers"
          accessibilityLabel={`Approve advertiser: ${row.advertiser.name}`}
        >
          Approve advertiser
        </Button>
      )}
      {steps.map(([intent, label]) =>
        intent === "approve" && isAdvertiserMissing ? null : (
          <Button
            key={intent}
            size="slim"
            onClick={() => take(intent, row.id)}
            accessibilityLabel={`${label}: ${row.name}`}
          >
            {label}
          </Button>
        ),
      )}
    </ButtonGroup>
  );
}
