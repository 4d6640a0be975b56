import { useFetcher } from "@remix-run/react";
import { BlockStack, Box, Button, Card, InlineGrid, InlineStack, Text } from "#app/ui/polaris";

type StartersProps = { starters: { key: string; name: string; purpose: string }[]; empty: boolean };

/** Surveys that are ready to be asked, and an empty one. */
export function Starters({ starters, empty }: StartersProps) {
  const fetcher = useFetcher();
  const busy = fetcher.state !== "idle";
  const create = (starter: string) =>
    fetcher.submit(JSON.stringify({ starter }), { method: "post", encType: "application/json" });
  return (
    <BlockStack gap="400">
      <Box paddingInline={{ xs: "400", md: "0" }}>
        <Text as="h2" variant="headingMd">
          {empty ? "Ask your first question" : "Add a survey"}
        </Text>
        {empty && (
          <Text as="p" tone="subdued">
            Nobody knows better than your customers how they found you and how the order went. Begin with a
            survey that is ready in four languages; you can change every word. Nothing is asked until you
            publish it.
          </Text>
        )}
      </Box>
      <InlineGrid columns={{ xs: 1, md: Math.max(1, Math.min(3, starters.length)) as 1 | 2 | 3 }} gap="400">
        {starters.map(({ key, name, purpose }) => (
          <Card key={key}>
            <BlockStack gap="300">
              <Text as="h3" variant="headingSm">
                {name}
              </Text>
              <Text as="p">{purpose}</Text>
              <InlineStack>
                <Button
                  onClick={() => create(key)}
                  disabled={busy}
                  accessibilityLabel={`Start with this: ${name}`}
                >
                  Start with this
                </Button>
              </InlineStack>
            </BlockStack>
          </Card>
        ))}
      </InlineGrid>
      <Box paddingInline={{ xs: "400", md: "0" }}>
        <Button variant="plain" onClick={() => create("blank")} disabled={busy}>
          Start from scratch
        </Button>
      </Box>
    </BlockStack>
  );
}
