import { useNavigate, useSearchParams } from "@remix-run/react";
import type { StopReason } from "#app/messages/stop-reasons";
import { ConfirmButton } from "#app/ui/confirm-button";
import { CHANNEL_LABELS } from "#app/ui/message-words";
import { BlockStack, Box, EmptyState, IndexTable, InlineStack, Pagination, Text } from "#app/ui/polaris";
import { useScrollableByKeyboard } from "#app/ui/scrollable-table";
import { REASON_WORDS } from "./reason-words";
import type { Lift } from "./use-lift";

type Stopped = {
  channel: string;
  hash: string;
  address: string | null;
  reason: StopReason;
  since: string | Date;
};

type StoppedTableProps = { addresses: Stopped[]; next: string | null; day: Intl.DateTimeFormat; lift: Lift };

export function StoppedTable({ addresses, next, day, lift }: StoppedTableProps) {
  const table = useScrollableByKeyboard("Table of stopped addresses");
  const [params, setParams] = useSearchParams();
  const navigate = useNavigate();
  const goOn = () => {
    const further = new URLSearchParams(params);
    further.set("before", next!);
    setParams(further, { preventScrollReset: true });
  };
  return (
    <div ref={table}>
      <IndexTable
        selectable={false}
        resourceName={{ singular: "address", plural: "addresses" }}
        itemCount={addresses.length}
        headings={[
          { title: "Address" },
          { title: "Channel" },
          { title: "Reason" },
          { title: "Since" },
          { title: "Action" },
        ]}
      >
        {addresses.map((one, index) => (
          <IndexTable.Row key={`${one.channel}.${one.hash}`} id={one.hash} position={index}>
            <IndexTable.Cell>
              <Text as="span" fontWeight="medium">
                {addressText(one)}
              </Text>
            </IndexTable.Cell>
            <IndexTable.Cell>{CHANNEL_LABELS[one.channel] ?? one.channel}</IndexTable.Cell>
            <IndexTable.Cell>
              <Box maxWidth="280px">
                <span style={{ whiteSpace: "normal" }}>{REASON_WORDS[one.reason].reason}</span>
              </Box>
            </IndexTable.Cell>
            <IndexTable.Cell>{day.format(new Date(one.since))}</IndexTable.Cell>
            <IndexTable.Cell>
              <Action stopped={one} lift={lift} />
            </IndexTable.Cell>
          </IndexTable.Row>
        ))}
      </IndexTable>
      {(next || params.has("before")) && (
        <Box padding="300">
          <InlineStack align="center">
            <Pagination
              accessibilityLabel="Pages of addresses"
              hasPrevious={params.has("before")}
              hasNext={next !== null}
              onPrevious={() => navigate(-1)}
              onNext={goOn}
            />
          </InlineStack>
        </Box>
      )}
    </div>
  );
}

function Action({ stopped, lift: { lift, lifting } }: { stopped: Stopped; lift: Lift }) {
  const { channel, hash } = stopped;
  const { fixed } = REASON_WORDS[stopped.reason];
  if (!fixed) {
    return (
      <ConfirmButton
        label="Write to this address again"
        accessibilityLabel={`Write to this address again: ${addressText(stopped)}`}
        question="Do so only if you know that it works. What was not sent meanwhile is not sent later, and if a message bounces again, it is stopped again."
        confirm="Write again"
        loading={lifting === hash}
        onConfirm={() => lift({ channel, hash })}
      />
    );
  }
  return (
    <Box maxWidth="280px">
      <span style={{ whiteSpace: "normal" }}>
        <Text as="span" tone="subdued">
          {fixed}
        </Text>
      </span>
    </Box>
  );
}

/** A browser and an inbox have no address that says anything. */
function addressText({ channel, address }: Stopped): string {
  if (channel === "push") return "Their browser";
  if (channel === "inbox") return "Their pages";
  return address ?? "No longer kept";
}

export function NoAddresses({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) {
    return (
      <Box padding="400">
        <BlockStack gap="100">
          <Text as="p">No stopped address is like this.</Text>
          <Text as="p" tone="subdued">
            Nothing keeps Postlude from writing there. Whether a message went out stands under Messages.
          </Text>
        </BlockStack>
      </Box>
    );
  }
  return (
    <EmptyState
      heading="Nobody is left out so far"
      action={{ content: "See how bounces are told", url: "/app/messages/channels" }}
    >
      When an email bounces, or a shopper marks one as spam, answers STOP or unsubscribes, their address
      stands here with the reason. Postlude then stops by itself, so that your other emails go on reaching
      people.
    </EmptyState>
  );
}
