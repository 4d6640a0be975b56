import type { StatementEntry } from "#app/sponsored/statement.server";
import { formatMoney } from "#app/ui/money";
import { Box, Card, IndexTable, InlineStack, Text, useBreakpoints } from "#app/ui/polaris";
import { useScrollableByKeyboard } from "#app/ui/scrollable-table";
import { entryWords } from "#app/ui/sponsored-words";

type Row = Omit<StatementEntry, "happenedAt"> & { happenedAt: string | Date };
type EntryTableProps = { entries: Row[]; timezone: string; locale: string };

/** The lines of a statement. */
export function EntryTable({ entries, timezone, locale }: EntryTableProps) {
  const table = useScrollableByKeyboard("Table of entries");
  const { smDown } = useBreakpoints();
  const time = new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: timezone,
  });
  return (
    <Card padding="0">
      <div ref={table}>
        <IndexTable
          condensed={smDown}
          selectable={false}
          itemCount={entries.length}
          resourceName={{ singular: "entry", plural: "entries" }}
          headings={[
            { title: "Time" },
            { title: "Advertiser" },
            { title: "Entry" },
            { title: "Amount", alignment: "end" },
            { title: "For" },
          ]}
        >
          {entries.map((entry, position) => {
            const when = time.format(new Date(entry.happenedAt));
            const amount = formatMoney(entry.amountMinor, entry.currency, locale);
            const about = entry.note || entry.campaign;
            return smDown ? (
              <IndexTable.Row id={entry.id} key={entry.id} position={position}>
                <Box padding="400" width="100%">
                  <InlineStack align="space-between" gap="200">
                    <Text as="span" fontWeight="semibold">
                      {entryWords(entry)}
                    </Text>
                    <Text as="span" numeric>
                      {amount}
                    </Text>
                  </InlineStack>
                  <Text as="p" tone="subdued">
                    {[entry.advertiser, about, when].filter(Boolean).join(" · ")}
                  </Text>
                </Box>
              </IndexTable.Row>
            ) : (
              <IndexTable.Row id={entry.id} key={entry.id} position={position}>
                <IndexTable.Cell>{when}</IndexTable.Cell>
                <IndexTable.Cell>{entry.advertiser}</IndexTable.Cell>
                <IndexTable.Cell>{entryWords(entry)}</IndexTable.Cell>
                <IndexTable.Cell>
                  <Text as="span" alignment="end" numeric>
                    {amount}
                  </Text>
                </IndexTable.Cell>
                <IndexTable.Cell>{about}</IndexTable.Cell>
              </IndexTable.Row>
            );
          })}
        </IndexTable>
      </div>
    </Card>
  );
}
