import type { OfferForm } from "#app/offers/offer";
import { ChooseMany } from "#app/ui/choose-many";
import { BlockStack, Card, ChoiceList, TextField } from "#app/ui/polaris";
import { ProductList, type Titles } from "#app/ui/product-list";
import { section } from "#app/ui/section";
import { useTypedFirst } from "#app/ui/typed-first";
import { collectionChoices, type Choices } from "./audience-fields";
import type { OfferFieldsProps } from "./fields";

type ProductFieldsProps = OfferFieldsProps & Titles & { collections: Choices["collections"] };

/** Name, and which products the offer may show. */
export const ProductFields = section(
  function ProductFields(props: ProductFieldsProps) {
    const { value, problems, titles, onTitles, collections, onChange } = props;
    const name = useTypedFirst(value.name, (text) => onChange({ name: text }));
    const named = { titles, onTitles };
    const prompt = collections.length > 0 ? "Add a collection" : "No collections in your shop yet";
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
            <>
              <ChooseMany
                label="Only from these collections"
                helpText="Leave it empty to offer from your whole shop."
                prompt={prompt}
                choices={collectionChoices(collections, value.collectionGids)}
                chosen={value.collectionGids}
                error={problems.collectionGids}
                onChange={(collectionGids) => onChange({ collectionGids })}
              />
              <ChooseMany
                label="Never from these collections"
                prompt={prompt}
                choices={collectionChoices(collections, value.excludedCollectionGids)}
                chosen={value.excludedCollectionGids}
                error={problems.excludedCollectionGids}
                onChange={(excludedCollectionGids) => onChange({ excludedCollectionGids })}
              />
              <ProductList
                {...named}
                label="Never offer these products"
                gids={value.excludedGids}
                error={problems.excludedGids}
                onChange={(excludedGids) => onChange({ excludedGids })}
              />
            </>
          )}
        </BlockStack>
      </Card>
    );
  },
  ["name", "selection", "productGid", "excludedGids", "collectionGids", "excludedCollectionGids"],
);
