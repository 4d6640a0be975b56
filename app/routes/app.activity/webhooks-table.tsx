import type { InboxStatus } from "#app/generated/prisma/enums";
import { Badge, type BadgeProps, Box, IndexTable, InlineStack, Select, Text } from "#app/ui/polaris";
import { ActionButton } from "./action-button";
import { Nothing, PagedTable } from "./paged-table";
import { ProblemText } from "./problem-text";
import type { FormatTime, Paging } from "./route";

const STATUSES: Record<InboxStatus, { name: string; tone?: BadgeProps["tone"] }> = {
  pending: { name: "Waiting", tone: "info" },
  done: { name: "Done", tone: "success" },
  ignored: { name: "Not used" },
  malformed: { name: "Unreadable", tone: "warning" },
  failed: { name: "Failed", tone: "critical" },
};

type WebhooksTableProps = {
  webhooks: {
    webhookId: string;
    topic: string;
    receivedAt: string | Date;
    status: InboxStatus;
    attempts: number;
    error: string | null;
  }[];
  overview: { byStatus: Partial<Record<InboxStatus, number>>; topics: string[] };
  filter: { status?: InboxStatus; topic?: string };
  onFilter: (changes: { status?: string; topic?: string }) => void;
  formatTime: FormatTime;
  paging: Paging;
};

/** Every event Shopify sent, with what became of it. */
export function WebhooksTable({
  webhooks,
  overview,
  filter,
  onFilter,
  formatTime,
  paging,
}: WebhooksTableProps) {
  const failed = overview.byStatus.failed ?? 0;
  return (
    <>
      <Box padding="300">
        <InlineStack gap="300" blockAlign="center">
          <Select
            label="Status"
            labelInline
            value={filter.status ?? ""}
            options={[
              { label: "All", value: "" },
              ...(Object.keys(STATUSES) as InboxStatus[]).map((status) => ({
                label: `${STATUSES[status].name} (${overview.byStatus[status] ?? 0})`,
                value: status,
              })),
            ]}
            onChange={(status) => onFilter({ status })}
          />
          <Select
            label="Topic"
            labelInline
            value={filter.topic ?? ""}
            options={[
              { label: "All", value: "" },
              ...overview.topics.map((topic) => ({ label: topic, value: topic })),
            ]}
            onChange={(topic) => onFilter({ topic })}
          />
          {failed > 0 && (
            <ActionButton
              label={`Try ${failed} failed again`}
              fields={{ intent: "replay-failed-webhooks" }}
            />
          )}
        </InlineStack>
      </Box>
      {webhooks.length === 0 ? (
        <Nothing>
          <Text as="p" tone="subdued">
            {filter.status || filter.topic
              ? "No events match this filter."
              : "Nothing yet. With the next order, parcel or customer Shopify sends the first event."}
          </Text>
        </Nothing>
      ) : (
        <PagedTable
          name={["event", "events"]}
          headings={["Topic", "Received", "Status", "Tries", "Problem", "Action"]}
          count={webhooks.length}
          paging={paging}
        >
          {webhooks.map((webhook, index) => (
            <IndexTable.Row key={webhook.webhookId} id={webhook.webhookId} position={index}>
              <IndexTable.Cell>
                <Text as="span" fontWeight="medium">
                  {webhook.topic}
                </Text>
              </IndexTable.Cell>
              <IndexTable.Cell>{formatTime(webhook.receivedAt)}</IndexTable.Cell>
              <IndexTable.Cell>
                <Badge tone={STATUSES[webhook.status].tone}>{STATUSES[webhook.status].name}</Badge>
              </IndexTable.Cell>
              <IndexTable.Cell>{webhook.attempts}</IndexTable.Cell>
              <IndexTable.Cell>
                <ProblemText text={webhook.error ?? ""} isFailure={webhook.status === "failed"} />
              </IndexTable.Cell>
              <IndexTable.Cell>
                {webhook.status !== "pending" && webhook.status !== "done" && (
                  <ActionButton
                    label="Try again"
                    accessibilityLabel={`Try ${webhook.topic} of ${formatTime(webhook.receivedAt)} again`}
                    fields={{ intent: "replay-webhook", webhookId: webhook.webhookId }}
                  />
                )}
              </IndexTable.Cell>
            </IndexTable.Row>
          ))}
        </PagedTable>
      )}
    </>
  );
}
