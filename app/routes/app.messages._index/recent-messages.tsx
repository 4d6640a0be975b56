import { useNavigation, useSearchParams } from "@remix-run/react";
import type { MessageState } from "#app/generated/prisma/client";
import {
  Badge,
  BlockStack,
  Box,
  Button,
  Card,
  IndexTable,
  InlineStack,
  Link,
  Select,
  Spinner,
  Text,
  useBreakpoints,
} from "#app/ui/polaris";
import { CHANNEL_LABELS, FILTERS, reasonText, STATE_LABELS } from "#app/ui/message-words";

type RecentMessage = {
  id: string;
  mail: string;
  channel: string;
  state: MessageState;
  reason: string | null;
  recipient: string | null;
  customerGid: string | null;
  orderName: string | null;
  queuedAt: string | Date;
};

type RecentMessagesProps = {
  recent: { messages: RecentMessage[]; more: boolean };
  filter: string;
  time: Intl.DateTimeFormat;
};

/** What was sent, what was not, and why. */
export function RecentMessages({ recent: { messages, more }, filter, time }: RecentMessagesProps) {
  const [, setParams] = useSearchParams();
  const loading = useNavigation().state === "loading";
  return (
    <Card padding="0">
      <Box padding="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            Recent messages
          </Text>
          <InlineStack gap="200" blockAlign="center">
            {loading && <Spinner size="small" accessibilityLabel="Loading messages" />}
            <Select
              label="Show"
              labelInline
              options={FILTERS.map(({ value, label }) => ({ value, label }))}
              value={filter}
              onChange={(show) => setParams({ show }, { preventScrollReset: true })}
            />
          </InlineStack>
        </InlineStack>
      </Box>
      {messages.length === 0 ? (
        <NoMessages filtered={filter !== "all"} />
      ) : (
        <MessageTable messages={messages} time={time} />
      )}
      {more && (
        <Box padding="400">
          <Button
            onClick={() =>
              setParams({ show: filter, before: messages.at(-1)!.id }, { preventScrollReset: true })
            }
          >
            Older messages
          </Button>
        </Box>
      )}
    </Card>
  );
}

function NoMessages({ filtered }: { filtered: boolean }) {
  return (
    <Box padding="400">
      <BlockStack gap="100">
        <Text as="p">{filtered ? "No messages like this." : "No messages yet."}</Text>
        {!filtered && (
          <Text as="p" tone="subdued">
            When the next order is placed, its thank-you email shows up here, with its state and the reason
            for it.
          </Text>
        )}
      </BlockStack>
    </Box>
  );
}

/** A browser and an inbox have no address that says anything. */
function addressText({ channel, recipient }: RecentMessage): string {
  if (!recipient) return "erased";
  return channel === "push" ? "Their browser" : channel === "inbox" ? "Their pages" : recipient;
}

function MessageTable({ messages, time }: { messages: RecentMessage[]; time: Intl.DateTimeFormat }) {
  const { smDown } = useBreakpoints();
  return (
    <IndexTable
      condensed={smDown}
      selectable={false}
      itemCount={messages.length}
      resourceName={{ singular: "message", plural: "messages" }}
      headings={[
        { title: "When" },
        { title: "Message" },
        { title: "Order" },
        { title: "To" },
        { title: "State" },
      ]}
    >
      {messages.map((message, index) => {
        const { label, tone } = STATE_LABELS[message.state];
        const cells = [
          time.format(new Date(message.queuedAt)),
          message.channel === "email"
            ? message.mail
            : `${message.mail} (${CHANNEL_LABELS[message.channel] ?? message.channel})`,
          message.orderName ?? "",
          addressText(message),
        ];
        const state = (
          <BlockStack gap="050">
            <Box>
              <Badge tone={tone}>{label}</Badge>
            </Box>
            {message.reason && (
              <Text as="span" variant="bodySm" tone="subdued">
                {reasonText(message.reason)}
              </Text>
            )}
          </BlockStack>
        );
        const customer = message.customerGid?.split("/").at(-1);
        const inTable = (cell: string, column: number) =>
          customer && column === 3 ? <Link url={`/app/customers/${customer}`}>{cell}</Link> : cell;
        if (smDown) {
          return (
            <IndexTable.Row key={message.id} id={message.id} position={index}>
              <Box padding="300">
                <BlockStack gap="100">
                  <Text as="span">{cells.filter(Boolean).join(" · ")}</Text>
                  {state}
                  {customer && <Link url={`/app/customers/${customer}`}>See this customer</Link>}
                </BlockStack>
              </Box>
            </IndexTable.Row>
          );
        }
        return (
          <IndexTable.Row key={message.id} id={message.id} position={index}>
            {cells.map((cell, column) => (
              <IndexTable.Cell key={column}>{inTable(cell, column)}</IndexTable.Cell>
            ))}
            <IndexTable.Cell>{state}</IndexTable.Cell>
          </IndexTable.Row>
        );
      })}
    </IndexTable>
  );
}
