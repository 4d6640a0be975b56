import { memo } from "react";
import { BlockStack, Box, Card, DataTable, Link, Text } from "#app/ui/polaris";

type MemberTableProps = {
  members: {
    id: string;
    name: string | null;
    joinedAt: Date | string;
    points: number;
    pendingPoints: number;
  }[];
  locale: string;
  timezone: string;
  enabled: boolean;
};

/** Members with their balances, newest first; a name leads to the member's ledger. */
export const MemberTable = memo(function MemberTable({
  members,
  locale,
  timezone,
  enabled,
}: MemberTableProps) {
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: timezone });
  const count = new Intl.NumberFormat(locale);
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">
            Members
          </Text>
          {members.length === 0 && (
            <Text as="p" tone="subdued">
              {enabled
                ? "Nobody has joined yet. The next shopper who joins on the thank-you page appears here."
                : "Switch the programme on, and shoppers can join with one click after their purchase."}
            </Text>
          )}
        </BlockStack>
      </Box>
      {members.length > 0 && (
        <DataTable
          columnContentTypes={["text", "text", "numeric", "numeric"]}
          headings={["Member", "Joined", "Points", "Pending"]}
          rows={members.map(({ id, name, joinedAt, points, pendingPoints }) => [
            <Link key={id} url={`/app/loyalty/members/${id}`}>
              {name ?? "Name not known yet"}
            </Link>,
            date.format(new Date(joinedAt)),
            count.format(points),
            count.format(pendingPoints),
          ])}
        />
      )}
    </Card>
  );
});
