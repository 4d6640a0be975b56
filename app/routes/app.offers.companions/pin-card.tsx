import type { CompanionRow, ProductRow } from "#app/offers/companions.server";
import { BlockStack, Button, Card, InlineStack, Text } from "#app/ui/polaris";
import { ProductSearch } from "./product-search";
import { useRule } from "./use-rule";

type PinCardProps = {
  product: ProductRow;
  companions: CompanionRow[];
  found: ProductRow[];
  words: string;
};

/** Adds a product that nothing was learnt about. */
export function PinCard({ product, companions, found, words }: PinCardProps) {
  const setRule = useRule(product.gid);
  const there = new Set([product.gid, ...companions.filter(({ rule }) => rule).map(({ gid }) => gid)]);
  const choices = found.filter(({ gid }) => !there.has(gid));
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Add what you know goes with it
        </Text>
        <ProductSearch key={words} label="Another product" name="add" words={words} />
        {words !== "" && choices.length === 0 && (
          <Text as="p" tone="subdued">
            No further product has these words in its title.
          </Text>
        )}
        {choices.map(({ gid, title }) => (
          <InlineStack key={gid} align="space-between" blockAlign="center" gap="200">
            <Text as="span">{title}</Text>
            <Button
              size="slim"
              accessibilityLabel={`Always offer ${title}`}
              onClick={() => setRule(gid, "pin")}
            >
              Always
            </Button>
          </InlineStack>
        ))}
      </BlockStack>
    </Card>
  );
}
