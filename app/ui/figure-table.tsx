import type { CSSProperties, ReactNode } from "react";
import { BlockStack, Box, Card, IndexTable, InlineStack, Link, Text, useBreakpoints } from "./polaris";
import { useScrollableByKeyboard } from "./scrollable-table";

export type FigureRow = {
  id: string;
  name: string;
  url: string;
  /** A second line below the name. */
  note?: string;
  status: ReactNode;
  /** In the order of the headings. */
  figures: string[];
  actions: ReactNode;
};

type FigureTableProps = {
  /** What the rows are, e.g. "offer" and "offers". */
  thing: { singular: string; plural: string };
  /** Headings of the figures, and of what can be done. */
  figures: string[];
  actions: string;
  rows: FigureRow[];
};

/** Things with their state and figures: a table, and on phones a card for each. */
export function FigureTable({ thing, figures, actions, rows }: FigureTableProps) {
  const { smDown } = useBreakpoints();
  const table = useScrollableByKeyboard(`Table of ${thing.plural}`);
  const title = thing.singular.charAt(0).toUpperCase() + thing.singular.slice(1);
  return (
    <Card padding="0">
      <div ref={table}>
        <IndexTable
          condensed={smDown}
          selectable={false}
          itemCount={rows.length}
          resourceName={thing}
          headings={[
            { title },
            { title: "Status" },
            ...figures.map((heading) => ({ title: heading, alignment: "end" as const })),
            { title: actions },
          ]}
        >
          {rows.map((row, position) => (
            <IndexTable.Row id={row.id} key={row.id} position={position}>
              {smDown ? <PhoneCard row={row} headings={figures} /> : <Cells row={row} headings={figures} />}
            </IndexTable.Row>
          ))}
        </IndexTable>
      </div>
    </Card>
  );
}

type RowProps = { row: FigureRow; headings: string[] };

function PhoneCard({ row, headings }: RowProps) {
  return (
    <Box padding="400" width="100%">
      <BlockStack gap="200">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Link url={row.url}>{row.name}</Link>
          {row.status}
        </InlineStack>
        {row.note && (
          <Text as="p" tone="subdued" breakWord>
            {row.note}
          </Text>
        )}
        <Text as="p" tone="subdued">
          {headings.map((heading, index) => `${heading} ${row.figures[index]}`).join(" · ")}
        </Text>
        {row.actions}
      </BlockStack>
    </Box>
  );
}

/** Cells do not wrap by themselves, and a long name or sentence would push the buttons off the page. */
const WRAPPED: CSSProperties = {
  ...{ minWidth: "12rem", maxWidth: "20rem" },
  ...{ whiteSpace: "normal", overflowWrap: "break-word" },
};

function Cells({ row, headings }: RowProps) {
  return (
    <>
      <IndexTable.Cell>
        <div style={WRAPPED}>
          <BlockStack>
            <Link url={row.url}>{row.name}</Link>
            {row.note && (
              <Text as="span" variant="bodySm" tone="subdued">
                {row.note}
              </Text>
            )}
          </BlockStack>
        </div>
      </IndexTable.Cell>
      <IndexTable.Cell>{row.status}</IndexTable.Cell>
      {headings.map((heading, index) => (
        <IndexTable.Cell key={heading}>
          <Text as="span" alignment="end" numeric>
            {row.figures[index]}
          </Text>
        </IndexTable.Cell>
      ))}
      <IndexTable.Cell>{row.actions}</IndexTable.Cell>
    </>
  );
}
