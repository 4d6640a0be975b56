import type { OfferForm } from "#app/offers/offer";
import { BlockStack, Card, ChoiceList, TextField } from "#app/ui/polaris";
import { ProductList, type Titles } from "#app/ui/product-list";
import { section } from "#app/ui/section";
import { useTypedFirst } from "#app/ui/typed-first";
import type { OfferFieldsProps } from "./fields";

/** Name, and which products the offer may show. */
export const ProductFields = section(
  function ProductFields({ value, problems, titles, onTitles, onChange }: OfferFieldsProps & Titles) {
    const name = useTypedFirst(value.name, (text) => onChange({ name: text }));
    const named = { titles, onTitles };
    return (
      <Card>
        <BlockStack gap="400">
          <TextField
            {...name}
            label="Name"
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
            <ProductList
              {...named}
              single
              label="Product to offer"
              gids={value.productGid ? [value.productGid] : []}
              error={problems.productGid}
              onChange={([gid]) => onChange({ productGid: gid ?? null })}
            />
          ) : (
            <ProductList
              {...named}
              label="Never offer"
              gids={value.excludedGids}
              error={problems.excludedGids}
              onChange={(excludedGids) => onChange({ excludedGids })}
            />
          )}
        </BlockStack>
      </Card>
    );
  },
  ["name", "selection", "productGid", "excludedGids"],
);
