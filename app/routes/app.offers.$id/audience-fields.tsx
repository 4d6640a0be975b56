import type { Targeting } from "#app/offers/targeting";
import { ChooseMany } from "#app/ui/choose-many";
import { currencyDigits } from "#app/ui/money";
import { NumberField } from "#app/ui/number-field";
import { BlockStack, Card, ChoiceList, FormLayout, Text } from "#app/ui/polaris";
import { ProductList, type Titles } from "#app/ui/product-list";
import { section } from "#app/ui/section";
import type { OfferFieldsProps } from "./fields";
import { HistoryFields } from "./history-fields";

/** What the shop has to choose from; `segments` with words for each. */
export type Choices = {
  collections: { gid: string; title: string; products: number }[];
  productTypes: string[];
  tags: string[];
  customerTags: string[];
  countries: { value: string; label: string }[];
  segments: { attribute: string; value: string; label: string }[];
};

type AudienceFieldsProps = OfferFieldsProps & Titles & { choices: Choices; currency: string };

/** For which orders and shoppers the offer is. */
export const AudienceFields = section(
  function AudienceFields(props: AudienceFieldsProps) {
    const { value, problems, titles, onTitles, choices, currency, onChange } = props;
    const { targeting } = value;
    const set = (change: Partial<Targeting>) => onChange({ targeting: { ...targeting, ...change } });
    const digits = currencyDigits(currency);
    const words = (list: string[]) => list.map((word) => ({ value: word, label: word }));
    return (
      <Card>
        <BlockStack gap="400">
          <BlockStack gap="100">
            <Text as="h2" variant="headingMd">
              For whom
            </Text>
            <Text as="p" tone="subdued">
              All of these have to hold. What you leave empty asks for nothing.
            </Text>
          </BlockStack>
          <ProductList
            label="The order has one of these products"
            titles={titles}
            onTitles={onTitles}
            gids={targeting.productGids}
            error={problems["targeting.productGids"]}
            onChange={(productGids) => set({ productGids })}
          />
          <ChooseMany
            label="or one of these collections"
            prompt={choices.collections.length > 0 ? "Add a collection" : "No collections in your shop yet"}
            choices={collectionChoices(choices.collections, targeting.collectionGids)}
            chosen={targeting.collectionGids}
            error={problems["targeting.collectionGids"]}
            onChange={(collectionGids) => set({ collectionGids })}
          />
          <FormLayout>
            <FormLayout.Group>
              <ChooseMany
                label="or one of these types"
                prompt="Add a product type"
                choices={words(choices.productTypes)}
                chosen={targeting.productTypes}
                error={problems["targeting.productTypes"]}
                onChange={(productTypes) => set({ productTypes })}
              />
              <ChooseMany
                label="or one with these tags"
                prompt="Add a tag"
                choices={words(choices.tags)}
                chosen={targeting.tags}
                error={problems["targeting.tags"]}
                onChange={(tags) => set({ tags })}
              />
            </FormLayout.Group>
            <FormLayout.Group>
              <NumberField
                label="Order worth at least"
                optional
                prefix={currency}
                digits={digits}
                value={targeting.minimumOrderMinor}
                error={problems["targeting.minimumOrderMinor"]}
                onChange={(minimumOrderMinor) => set({ minimumOrderMinor })}
              />
              <NumberField
                label="Order worth at most"
                optional
                prefix={currency}
                digits={digits}
                value={targeting.maximumOrderMinor}
                error={problems["targeting.maximumOrderMinor"]}
                onChange={(maximumOrderMinor) => set({ maximumOrderMinor })}
              />
            </FormLayout.Group>
          </FormLayout>
          <ChooseMany
            label="Countries"
            prompt="Add a country"
            choices={choices.countries}
            chosen={targeting.countries}
            error={problems["targeting.countries"]}
            onChange={(chosen) => set({ countries: chosen })}
          />
          <ChoiceList
            title="Shoppers"
            choices={[
              { label: "All", value: "all" },
              { label: "New: this is their first order", value: "new" },
              { label: "Returning: they ordered before", value: "returning" },
            ]}
            selected={[targeting.shoppers]}
            onChange={([shoppers]) => set({ shoppers: shoppers as Targeting["shoppers"] })}
          />
          <HistoryFields
            rule={targeting.history}
            problems={problems}
            currency={currency}
            onChange={(history) => set({ history })}
          />
          <ChooseMany
            label="Customers with one of these tags"
            prompt={choices.customerTags.length > 0 ? "Add a tag" : "No customer has a tag yet"}
            helpText="Tags that you give customers in Shopify, such as VIP. Only shoppers who are known as customers have them."
            choices={words(choices.customerTags)}
            chosen={targeting.customerTags}
            error={problems["targeting.customerTags"]}
            onChange={(customerTags) => set({ customerTags })}
          />
          <Segments choices={choices.segments} problems={problems} targeting={targeting} set={set} />
        </BlockStack>
      </Card>
    );
  },
  ["targeting"],
);

/** With those that were chosen and have left the shop since: they fit no order, and can be taken away. */
export function collectionChoices(collections: Choices["collections"], chosen: string[]) {
  const known = new Set(collections.map(({ gid }) => gid));
  return [
    ...collections.map(({ gid, title, products }) => ({ value: gid, label: `${title} (${products})` })),
    ...chosen.filter((gid) => !known.has(gid)).map((gid) => ({ value: gid, label: "No longer in the shop" })),
  ];
}

type SegmentsProps = {
  choices: Choices["segments"];
  problems: Record<string, string>;
  targeting: Targeting;
  set: (change: Partial<Targeting>) => void;
};

/** An attribute and its value as one choice of the list. */
const keyOf = ({ attribute, value }: { attribute: string; value: string }) =>
  JSON.stringify([attribute, value]);

function Segments({ choices, problems, targeting, set }: SegmentsProps) {
  return (
    <ChooseMany
      label="What they told you"
      prompt={choices.length > 0 ? "Add an answer" : "Nobody has answered a survey yet"}
      helpText="One of these answers is enough. Only shoppers who are known as customers have answers."
      choices={choices.map((choice) => ({ value: keyOf(choice), label: choice.label }))}
      chosen={targeting.segments.map(keyOf)}
      error={problems["targeting.segments"]}
      onChange={(keys) =>
        set({
          segments: keys.map((key) => {
            const [attribute, value] = JSON.parse(key) as [string, string];
            return { attribute, value };
          }),
        })
      }
    />
  );
}
