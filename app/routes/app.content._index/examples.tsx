import type { TipKind } from "#app/content/tip";
import { Badge, BlockStack, Button, Card, InlineGrid, InlineStack, Text } from "#app/ui/polaris";
import { KIND_WORDS } from "#app/ui/tip-words";

type ExampleView = { key: string; title: string; purpose: string; kind: TipKind };

/** What the library is for, where it is still empty. */
export function LibraryIntroduction() {
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          Say it once, where it helps
        </Text>
        <Text as="p">
          Shoppers look at the tracking page while they wait, and wonder what to do when the parcel is there.
          A few words on first steps, use and care save returns and questions.
        </Text>
        <Text as="p" tone="subdued">
          A tip about a product stands before one about its type, and that one before a tip about everything.
          So begin broadly, and add to it where a product needs more.
        </Text>
      </BlockStack>
    </Card>
  );
}

/** Tips that are ready in four languages, one click away from the editor. */
export function Examples({ examples }: { examples: ExampleView[] }) {
  return (
    <BlockStack gap="300">
      <BlockStack gap="050">
        <Text as="h2" variant="headingMd">
          Begin with an example
        </Text>
        <Text as="p" tone="subdued">
          Ready in English, German, French and Spanish. Look it over, then save it.
        </Text>
      </BlockStack>
      <InlineGrid columns={{ xs: 1, md: 2 }} gap="400">
        {examples.map(({ key, title, purpose, kind }) => (
          <Card key={key}>
            <BlockStack gap="200">
              <InlineStack gap="200" blockAlign="center">
                <Text as="h3" variant="headingSm">
                  {title}
                </Text>
                <Badge>{KIND_WORDS[kind].name}</Badge>
              </InlineStack>
              <Text as="p">{purpose}</Text>
              <InlineStack>
                <Button url={`/app/content/new?example=${key}`} accessibilityLabel={`Use this: ${title}`}>
                  Use this
                </Button>
              </InlineStack>
            </BlockStack>
          </Card>
        ))}
      </InlineGrid>
    </BlockStack>
  );
}
