import { Badge, BlockStack, Box, Card, InlineStack, Text } from "#app/ui/polaris";

type Comment = { id: string; text: string; score: number | null; channel: string; answeredAt: Date | string };

const CHANNELS: Record<string, string> = {
  "thank-you": "thank-you page",
  "order-status": "order status page",
  email: "email",
};

type CommentsProps = { comments: Comment[]; locale: string; timezone: string };

/** What people wrote, newest first. */
export function Comments({ comments, locale, timezone }: CommentsProps) {
  if (comments.length === 0) return null;
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: timezone });
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Comments
        </Text>
        {comments.map(({ id, text, score, channel, answeredAt }) => (
          <Box key={id} padding="300" background="bg-surface-secondary" borderRadius="200">
            <BlockStack gap="150">
              <InlineStack gap="200" blockAlign="center">
                {score !== null && <Badge>{`Score ${score}`}</Badge>}
                <Text as="span" variant="bodySm" tone="subdued">
                  {`${date.format(new Date(answeredAt))}, ${CHANNELS[channel] ?? channel}`}
                </Text>
              </InlineStack>
              <Text as="p" breakWord>
                {text}
              </Text>
            </BlockStack>
          </Box>
        ))}
      </BlockStack>
    </Card>
  );
}
