import { Box, IndexTable, InlineStack, Pagination } from "#app/ui/polaris";
import { useScrollableByKeyboard } from "#app/ui/scrollable-table";
import type { ReactNode } from "react";
import type { Paging } from "./route";

type PagedTableProps = {
  /** "event", "events" */
  name: [string, string];
  headings: string[];
  count: number;
  paging: Paging;
  children: ReactNode;
};

export function PagedTable({ name, headings, count, paging, children }: PagedTableProps) {
  const table = useScrollableByKeyboard(`Table of ${name[1]}`);
  return (
    <div ref={table}>
      <IndexTable
        selectable={false}
        resourceName={{ singular: name[0], plural: name[1] }}
        itemCount={count}
        headings={headings.map((title) => ({ title })) as [{ title: string }]}
      >
        {children}
      </IndexTable>
      {(paging.page > 1 || paging.hasNext) && (
        <Box padding="300">
          <InlineStack align="center">
            <Pagination
              label={`Page ${paging.page}`}
              accessibilityLabel={`Pages of ${name[1]}`}
              hasPrevious={paging.page > 1}
              hasNext={paging.hasNext}
              onPrevious={() => paging.go(paging.page - 1)}
              onNext={() => paging.go(paging.page + 1)}
            />
          </InlineStack>
        </Box>
      )}
    </div>
  );
}

export function Nothing({ children }: { children: ReactNode }) {
  return <Box padding="400">{children}</Box>;
}
