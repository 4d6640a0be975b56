import { Badge, BlockStack, IndexTable, Text } from "#app/ui/polaris";
import { ActionButton } from "./action-button";
import { Nothing, PagedTable } from "./paged-table";
import type { FormatTime, Paging } from "./route";

const KINDS: Record<string, string> = {
  data_request: "A customer asks for their data",
  customer_redact: "Forget a customer",
  shop_redact: "Forget this shop",
};

type ListedRequest = {
  id: string;
  kind: string;
  receivedAt: string | Date;
  dueAt: string | Date;
  doneAt: string | Date | null;
  erasedFirst: boolean;
  deletedRows: number;
};

type PrivacyTableProps = {
  requests: ListedRequest[];
  formatTime: FormatTime;
  paging: Paging;
};

/** What Shopify asked in the name of customers, and whether it is done. */
export function PrivacyTable({ requests, formatTime, paging }: PrivacyTableProps) {
  if (requests.length === 0) {
    return (
      <Nothing>
        <Text as="p" tone="subdued">
          No requests so far. When a customer asks for their data or wants to be forgotten, it is done by
          itself and noted here; data for a customer waits here for you to hand it over.
        </Text>
      </Nothing>
    );
  }
  return (
    <PagedTable
      name={["request", "requests"]}
      headings={["Request", "Received", "Due", "Status", "Action"]}
      count={requests.length}
      paging={paging}
    >
      {requests.map((request, index) => (
        <IndexTable.Row key={request.id} id={request.id} position={index}>
          <IndexTable.Cell>
            <Text as="span" fontWeight="medium">
              {KINDS[request.kind] ?? request.kind}
            </Text>
          </IndexTable.Cell>
          <IndexTable.Cell>{formatTime(request.receivedAt)}</IndexTable.Cell>
          <IndexTable.Cell>{formatTime(request.dueAt)}</IndexTable.Cell>
          <IndexTable.Cell>
            <Status request={request} formatTime={formatTime} />
          </IndexTable.Cell>
          <IndexTable.Cell>
            {request.kind === "data_request" && request.erasedFirst ? (
              <Text as="span" tone="subdued">
                Nothing left to hand over
              </Text>
            ) : request.kind === "data_request" ? (
              <ActionButton
                label="Download"
                accessibilityLabel={`Download the data of the request of ${formatTime(request.receivedAt)}`}
                fields={{ intent: "export", id: request.id }}
              />
            ) : (
              <Text as="span" tone="subdued">{`${request.deletedRows} records`}</Text>
            )}
          </IndexTable.Cell>
        </IndexTable.Row>
      ))}
    </PagedTable>
  );
}

function Status({ request, formatTime }: { request: ListedRequest; formatTime: FormatTime }) {
  if (request.erasedFirst && request.doneAt) {
    return (
      <BlockStack gap="100" inlineAlign="start">
        <Badge>{`Closed ${formatTime(request.doneAt)}`}</Badge>
        <Text as="span" tone="subdued">
          The person was erased before it was answered.
        </Text>
      </BlockStack>
    );
  }
  if (request.doneAt) return <Badge tone="success">{`Done ${formatTime(request.doneAt)}`}</Badge>;
  if (request.kind === "data_request") return <Badge tone="attention">Hand over the data</Badge>;
  return <Badge tone="info">Being erased</Badge>;
}
