import { useAppBridge } from "@shopify/app-bridge-react";
import { useId } from "react";
import { BlockStack, Button, InlineError, InlineStack, Tag, Text } from "./polaris";

/** Titles of the products that are named, by gid. */
export type Titles = {
  titles: Record<string, string>;
  onTitles: (titles: Record<string, string>) => void;
};

type ProductListProps = Titles & {
  label: string;
  helpText?: string;
  gids: string[];
  /** One product at most. */
  single?: boolean;
  error?: string;
  onChange: (gids: string[]) => void;
};

/** Products chosen with the admin's own picker, each to be taken away. */
export function ProductList(props: ProductListProps) {
  const { label, helpText, gids, single = false, error, titles, onTitles, onChange } = props;
  const shopify = useAppBridge();
  const id = useId();

  async function pick(): Promise<void> {
    const picked = await shopify.resourcePicker({
      type: "product",
      action: "select",
      multiple: !single,
      filter: { variants: false },
      selectionIds: gids.map((gid) => ({ id: gid })),
    });
    if (!picked) return;
    onTitles(
      Object.fromEntries(
        picked.map((product) => [product.id, String("title" in product ? product.title : "")]),
      ),
    );
    onChange(picked.map((product) => product.id));
  }

  return (
    <BlockStack gap="100">
      <Text as="h3">{label}</Text>
      <InlineStack gap="200" blockAlign="center">
        {gids.map((gid) => (
          <Tag key={gid} onRemove={() => onChange(gids.filter((one) => one !== gid))}>
            {titles[gid] ?? "A product that is gone"}
          </Tag>
        ))}
        <Button
          id={id}
          size="slim"
          onClick={() => void pick()}
          accessibilityLabel={`${label}: ${single ? "choose product" : "choose products"}`}
        >
          {single ? "Choose product" : "Choose products"}
        </Button>
      </InlineStack>
      {helpText && (
        <Text as="p" tone="subdued">
          {helpText}
        </Text>
      )}
      {error && <InlineError message={error} fieldID={id} />}
    </BlockStack>
  );
}
