import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { useEffect, useRef } from "react";
import { formatMoney } from "#app/ui/money";
import { OfferStatusBadge } from "#app/ui/offer-status";
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
import type { SaveResult } from "#app/ui/save";

export type OfferRow = {
  id: string;
  name: string;
  status: "draft" | "live" | "paused" | "archived";
  discountPercent: number;
  views: number;
  accepts: number;
  netRevenueMinor: number;
  takeRate: number | null;
};

type OfferTableProps = { rows: OfferRow[]; currency: string; locale: string };
type Intent = "publish" | "pause" | "archive" | "restore" | "duplicate";

export function OfferTable({ rows, currency, locale }: OfferTableProps) {
  const { smDown } = useBreakpoints();
  const move = useMoves();
  const count = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  return (
    <Card padding="0">
      <IndexTable
        condensed={smDown}
        selectable={false}
        itemCount={rows.length}
        resourceName={{ singular: "offer", plural: "offers" }}
        headings={[
          { title: "Offer" },
          { title: "Status" },
          { title: "Views", alignment: "end" },
          { title: "Accepted", alignment: "end" },
          { title: "Taken per order", alignment: "end" },
          { title: "Net revenue", alignment: "end" },
          { title: "Actions" },
        ]}
      >
        {rows.map((row, position) => {
          const figures = [
            { label: "Views", value: count.format(row.views) },
            { label: "Accepted", value: count.format(row.accepts) },
            { label: "Taken per order", value: row.takeRate === null ? "–" : percent.format(row.takeRate) },
            { label: "Net revenue", value: formatMoney(row.netRevenueMinor, currency, locale) },
          ];
          const actions = <Actions row={row} move={move} />;
          return smDown ? (
            <IndexTable.Row id={row.id} key={row.id} position={position}>
              <Box padding="400" width="100%">
                <BlockStack gap="200">
                  <InlineStack align="space-between" blockAlign="center" gap="200">
                    <Link url={`/app/offers/${row.id}`}>{row.name}</Link>
                    <OfferStatusBadge status={row.status} />
                  </InlineStack>
                  <Text as="p" tone="subdued">
                    {figures.map(({ label, value }) => `${label} ${value}`).join(" · ")}
                  </Text>
                  {actions}
                </BlockStack>
              </Box>
            </IndexTable.Row>
          ) : (
            <IndexTable.Row id={row.id} key={row.id} position={position}>
              <IndexTable.Cell>
                <Link url={`/app/offers/${row.id}`}>{row.name}</Link>
              </IndexTable.Cell>
              <IndexTable.Cell>
                <OfferStatusBadge status={row.status} />
              </IndexTable.Cell>
              {figures.map(({ label, value }) => (
                <IndexTable.Cell key={label}>
                  <Text as="span" alignment="end" numeric>
                    {value}
                  </Text>
                </IndexTable.Cell>
              ))}
              <IndexTable.Cell>{actions}</IndexTable.Cell>
            </IndexTable.Row>
          );
        })}
      </IndexTable>
    </Card>
  );
}

const STEPS = {
  draft: [
    ["publish", "Publish"],
    ["duplicate", "Duplicate"],
    ["archive", "Archive"],
  ],
  live: [
    ["pause", "Pause"],
    ["duplicate", "Duplicate"],
    ["archive", "Archive"],
  ],
  paused: [
    ["publish", "Resume"],
    ["duplicate", "Duplicate"],
    ["archive", "Archive"],
  ],
  archived: [["restore", "Bring back"]],
} as const satisfies Record<OfferRow["status"], readonly (readonly [Intent, string])[]>;

function Actions({ row, move }: { row: OfferRow; move: (intent: Intent, id: string) => void }) {
  return (
    <ButtonGroup variant="segmented">
      <Button size="slim" url={`/app/offers/${row.id}/results`} accessibilityLabel={`Results: ${row.name}`}>
        Results
      </Button>
      {STEPS[row.status].map(([intent, label]) => (
        <Button
          key={intent}
          size="slim"
          onClick={() => move(intent, row.id)}
          accessibilityLabel={`${label}: ${row.name}`}
        >
          {label}
        </Button>
      ))}
    </ButtonGroup>
  );
}

/** Posts a step and tells what came of it; an archiving can be taken back from the toast. */
function useMoves(): (intent: Intent, id: string) => void {
  const fetcher = useFetcher<SaveResult>();
  const shopify = useAppBridge();
  const last = useRef<{ intent: Intent; id: string }>();
  const told = useRef<SaveResult>();

  function move(intent: Intent, id: string): void {
    last.current = { intent, id };
    fetcher.submit(JSON.stringify({ intent, id }), { method: "post", encType: "application/json" });
  }

  useEffect(() => {
    const { data } = fetcher;
    if (fetcher.state !== "idle" || !data || data === told.current) return;
    told.current = data;
    const problem = Object.values(data.problems)[0];
    if (problem) return void shopify.toast.show(problem, { isError: true });
    const { intent, id } = last.current!;
    const undo = intent === "archive" ? { action: "Undo", onAction: () => move("restore", id) } : {};
    shopify.toast.show(data.saved ?? "Done", undo);
  });
  return move;
}
