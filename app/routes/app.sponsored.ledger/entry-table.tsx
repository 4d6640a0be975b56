import type { StatementEntry } from "#app/sponsored/statement.server";
import { formatMoney } from "#app/ui/money";
import { Card, IndexTable, Text } from "#app/ui/polaris";
import { useScrollableByKeyboard } from "#app/ui/scrollable-table";
import { ENTRY_WORDS } from "#app/ui/sponsored-words";

type Row = Omit<StatementEntry, "happenedAt"> & { happenedAt: string | Date };
type EntryTableProps = { entries: Row[]; timezone: string; locale: string };

/** The lines of a statement. */
export function EntryTable({ entries, timezone, locale }: EntryTableProps) {
  const table = useScrollableByKeyboard("Table of entries");
  const time = new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: timezone,
  });
  return (
    <Card padding="0">
      <div ref={table}>
        <IndexTable
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
          {entries.map((entry, position) => (
            <IndexTable.Row id={entry.id} key={entry.id} position={position}>
              <IndexTable.Cell>{time.format(new Date(entry.happenedAt))}</IndexTable.Cell>
              <IndexTable.Cell>{entry.advertiser}</IndexTable.Cell>
              <IndexTable.Cell>{ENTRY_WORDS[entry.kind]}</IndexTable.Cell>
              <IndexTable.Cell>
                <Text as="span" alignment="end" numeric>
                  {formatMoney(entry.amountMinor, entry.currency, locale)}
                </Text>
              </IndexTable.Cell>
              <IndexTable.Cell>{entry.note || entry.campaign}</IndexTable.Cell>
            </IndexTable.Row>
          ))}
        </IndexTable>
      </div>
    </Card>
  );
}
