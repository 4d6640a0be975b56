import { memo, useDeferredValue, useMemo, useState } from "react";
import type { TipKind, TipScope } from "#app/content/tip";
import {
  Badge,
  BlockStack,
  Box,
  Button,
  Card,
  Divider,
  InlineGrid,
  InlineStack,
  Link,
  Select,
  Text,
  TextField,
} from "#app/ui/polaris";
import { aboutWords, KIND_WORDS } from "#app/ui/tip-words";
import type { TipIntent } from "./route";

export type TipRow = {
  id: string;
  title: string;
  kind: TipKind;
  scope: TipScope;
  keys: string[];
  hasVideo: boolean;
  /** Languages of the shop in which it is not written. */
  missing: string[];
};

type TipListProps = {
  rows: TipRow[];
  names: Record<string, string>;
  archived: boolean;
  /** Archives or brings back; the page does it, because with the last tip this list is gone. */
  take: (intent: TipIntent, id: string) => void;
  busy: boolean;
};

/** Fewer tips than this are seen at a glance. */
const WORTH_SEARCHING = 6;

const KINDS = [
  { label: "All kinds", value: "any" },
  ...Object.entries(KIND_WORDS).map(([value, { name }]) => ({ label: name, value })),
];

/** The tips, to be searched by their words and by what they are about. */
export function TipList({ rows, names, ...rest }: TipListProps) {
  const [search, setSearch] = useState("");
  const [kind, setKind] = useState("any");
  const wanted = useDeferredValue(search.trim().toLowerCase());
  const found = useMemo(
    () =>
      rows.filter(
        (row) =>
          (kind === "any" || row.kind === kind) &&
          `${row.title} ${aboutWords(row.scope, row.keys, names)}`.toLowerCase().includes(wanted),
      ),
    [rows, names, kind, wanted],
  );
  return (
    <BlockStack gap="400">
      {rows.length >= WORTH_SEARCHING && (
        <Box paddingInline={{ xs: "400", md: "0" }}>
          <InlineGrid columns={{ xs: 1, md: 2 }} gap="200">
            <TextField
              label="Search by title or product"
              value={search}
              maxLength={80}
              onChange={setSearch}
              clearButton
              onClearButtonClick={() => setSearch("")}
              autoComplete="off"
            />
            <Select label="Kind" options={KINDS} value={kind} onChange={setKind} />
          </InlineGrid>
        </Box>
      )}
      <Rows rows={found} names={names} {...rest} />
    </BlockStack>
  );
}

/** Drawn again only where other rows are shown. */
const Rows = memo(function Rows({ rows, names, archived, take, busy }: TipListProps) {
  return (
    <Card>
      <BlockStack gap="300">
        {rows.length === 0 && (
          <Text as="p" tone="subdued">
            No tip fits. Take something away from the search.
          </Text>
        )}
        {rows.map((row, index) => (
          <BlockStack key={row.id} gap="300">
            {index > 0 && <Divider />}
            <InlineStack align="space-between" blockAlign="center" gap="200">
              <BlockStack gap="100">
                <InlineStack gap="200" blockAlign="center">
                  <Link url={`/app/content/${row.id}`}>{row.title}</Link>
                  <Badge>{KIND_WORDS[row.kind].name}</Badge>
                  {row.hasVideo && <Badge tone="info">Video</Badge>}
                  {row.missing.length > 0 && (
                    <Badge tone="attention">{`Not in ${row.missing.join(", ")}`}</Badge>
                  )}
                </InlineStack>
                <Text as="p" tone="subdued">
                  {aboutWords(row.scope, row.keys, names)}
                </Text>
              </BlockStack>
              <Button
                size="slim"
                disabled={busy}
                onClick={() => take(archived ? "restore" : "archive", row.id)}
                accessibilityLabel={`${archived ? "Bring back" : "Archive"}: ${row.title}`}
              >
                {archived ? "Bring back" : "Archive"}
              </Button>
            </InlineStack>
          </BlockStack>
        ))}
      </BlockStack>
    </Card>
  );
});
