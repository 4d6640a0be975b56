import { useAppBridge } from "@shopify/app-bridge-react";
import type { OfferForm } from "#app/offers/offer";
import {
  BlockStack,
  Button,
  Card,
  ChoiceList,
  InlineError,
  InlineStack,
  Tag,
  Text,
  TextField,
} from "#app/ui/polaris";

export type OfferFieldsProps = {
  value: OfferForm;
  problems: Record<string, string>;
  onChange: (change: Partial<OfferForm>) => void;
};

type ProductFieldsProps = OfferFieldsProps & {
  /** Titles of the products that are named, by gid. */
  titles: Record<string, string>;
  onTitles: (titles: Record<string, string>) => void;
};

/** Which products the offer may show. */
export function ProductFields({ value, problems, titles, onTitles, onChange }: ProductFieldsProps) {
  const shopify = useAppBridge();

  async function pick(multiple: boolean, chosen: string[]): Promise<string[] | null> {
    const picked = await shopify.resourcePicker({
      type: "product",
      action: "select",
      multiple,
      filter: { variants: false },
      selectionIds: chosen.map((id) => ({ id })),
    });
    if (!picked) return null;
    onTitles(
      Object.fromEntries(
        picked.map((product) => [product.id, String("title" in product ? product.title : "")]),
      ),
    );
    return picked.map(({ id }) => id);
  }

  async function pickPinned(): Promise<void> {
    const picked = await pick(false, value.productGid ? [value.productGid] : []);
    if (picked) onChange({ productGid: picked[0] ?? null });
  }

  async function pickExcluded(): Promise<void> {
    const picked = await pick(true, value.excludedGids);
    if (picked) onChange({ excludedGids: picked });
  }

  return (
    <Card>
      <BlockStack gap="400">
        <TextField
          label="Name"
          value={value.name}
          onChange={(name) => onChange({ name })}
          error={problems.name}
          helpText="Only you see it."
          autoComplete="off"
          maxLength={80}
        />
        <ChoiceList
          title="What to offer"
          choices={[
            {
              label: "What goes with the order",
              value: "complementary",
              helpText: "Learnt from what your customers buy together. Best for most shops.",
            },
            { label: "One product that I choose", value: "pinned" },
          ]}
          selected={[value.selection]}
          onChange={([selection]) => onChange({ selection: selection as OfferForm["selection"] })}
        />
        {value.selection === "pinned" ? (
          <BlockStack gap="200">
            <InlineStack gap="300" blockAlign="center">
              <Button onClick={() => void pickPinned()}>Choose product</Button>
              <Text as="span">
                {value.productGid ? (titles[value.productGid] ?? "A product that is gone") : ""}
              </Text>
            </InlineStack>
            {problems.productGid && <InlineError message={problems.productGid} fieldID="product" />}
          </BlockStack>
        ) : (
          <BlockStack gap="200">
            <Text as="h3" variant="headingSm">
              Never offer
            </Text>
            <InlineStack gap="200" blockAlign="center">
              {value.excludedGids.map((gid) => (
                <Tag
                  key={gid}
                  onRemove={() => onChange({ excludedGids: value.excludedGids.filter((one) => one !== gid) })}
                >
                  {titles[gid] ?? "A product that is gone"}
                </Tag>
              ))}
              <Button onClick={() => void pickExcluded()}>Choose products</Button>
            </InlineStack>
            {problems.excludedGids && <InlineError message={problems.excludedGids} fieldID="excluded" />}
          </BlockStack>
        )}
      </BlockStack>
    </Card>
  );
}
