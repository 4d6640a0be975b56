import { memo, useDeferredValue, useMemo, useState } from "react";
import { BlockStack, Box, Card, InlineGrid, Select, Text, TextField } from "#app/ui/polaris";
import { arrange, AS_IT_IS, type Arrangement } from "./arrange";
import { OfferTable, type OfferRow } from "./offer-table";

type OfferListProps = { rows: OfferRow[]; archived: boolean; currency: string; locale: string };

/** Fewer offers than this are seen at a glance. */
const WORTH_SEARCHING = 4;

const STATUSES = [
  { label: "Any status", value: "any" },
  { label: "Live", value: "live" },
  { label: "Paused", value: "paused" },
  { label: "Draft", value: "draft" },
];
const SORTS = [
  { label: "Newest first", value: "newest" },
  { label: "Name", value: "name" },
  { label: "Most net revenue", value: "netRevenueMinor" },
  { label: "Most often taken", value: "takeRate" },
  { label: "Most views", value: "views" },
];

/** The offers with their figures, to be searched, filtered and sorted. */
export function OfferList({ rows, archived, currency, locale }: OfferListProps) {
  const [arrangement, setArrangement] = useState<Arrangement>(AS_IT_IS);
  const deferred = useDeferredValue(arrangement);
  const found = useMemo(() => arrange(rows, deferred), [rows, deferred]);
  const set = (change: Partial<Arrangement>) => setArrangement((current) => ({ ...current, ...change }));
  return (
    <BlockStack gap="400">
      {rows.length >= WORTH_SEARCHING && (
        <Box paddingInline={{ xs: "400", md: "0" }}>
          <InlineGrid columns={{ xs: 1, md: archived ? 2 : 3 }} gap="200">
            <TextField
              label="Search by name"
              value={arrangement.search}
              maxLength={80}
              onChange={(search) => set({ search })}
              clearButton
              onClearButtonClick={() => set({ search: "" })}
              autoComplete="off"
            />
            {!archived && (
              <Select
                label="Status"
                options={STATUSES}
                value={arrangement.status}
                onChange={(status) => set({ status: status as Arrangement["status"] })}
              />
            )}
            <Select
              label="Sort by"
              options={SORTS}
              value={arrangement.sort}
              onChange={(sort) => set({ sort: sort as Arrangement["sort"] })}
            />
          </InlineGrid>
        </Box>
      )}
      {found.length > 0 ? (
        <Table rows={found} currency={currency} locale={locale} />
      ) : (
        <Card>
          <Text as="p" tone="subdued">
            No offer fits. Take something away from the search.
          </Text>
        </Card>
      )}
    </BlockStack>
  );
}

/** Drawn again only where other rows are shown: the table is the heavy part of the page. */
const Table = memo(OfferTable);
