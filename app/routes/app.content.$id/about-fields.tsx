import { TIP_SCOPES, type TipScope } from "#app/content/tip";
import { ChooseMany } from "#app/ui/choose-many";
import { BlockStack, Card, Select, Text } from "#app/ui/polaris";
import { ProductList, type Titles } from "#app/ui/product-list";
import { section } from "#app/ui/section";
import { SCOPE_WORDS } from "#app/ui/tip-words";
import type { TipFieldsProps } from "./text-fields";

type ListedScope = Exclude<TipScope, "products" | "everything">;
type AboutFieldsProps = TipFieldsProps &
  Titles & { choices: Record<ListedScope, { value: string; label: string }[]> };

const LISTS: Record<ListedScope, { label: string; prompt: string; none: string }> = {
  collections: {
    label: "Which collections",
    prompt: "Add a collection",
    none: "Your shop has no collections yet",
  },
  tags: { label: "Which tags", prompt: "Add a tag", none: "None of your products has a tag" },
  types: { label: "Which types", prompt: "Add a product type", none: "None of your products has a type" },
};

/** What the tip is about. */
export const AboutFields = section(
  function AboutFields(props: AboutFieldsProps) {
    const { value, problems, choices, titles, onTitles, onChange } = props;
    const { scope, keys } = value;
    const setKeys = (chosen: string[]) => onChange({ keys: chosen });
    return (
      <Card>
        <BlockStack gap="400">
          <Text as="h2" variant="headingMd">
            What it is about
          </Text>
          <Select
            label="Products"
            options={TIP_SCOPES.map((value) => ({ value, label: SCOPE_WORDS[value] }))}
            value={scope}
            helpText="Of tips of one kind, the most specific speaks: a product's own before its type's."
            onChange={(chosen) => onChange({ scope: chosen as TipScope, keys: [] })}
          />
          {scope === "products" && (
            <ProductList
              label="Which products"
              titles={titles}
              onTitles={(more) => onTitles({ ...titles, ...more })}
              gids={keys}
              error={problems.keys}
              onChange={setKeys}
            />
          )}
          {scope !== "products" && scope !== "everything" && (
            <ChooseMany
              label={LISTS[scope].label}
              prompt={choices[scope].length > 0 ? LISTS[scope].prompt : LISTS[scope].none}
              choices={choices[scope]}
              chosen={keys}
              error={problems.keys}
              onChange={setKeys}
            />
          )}
        </BlockStack>
      </Card>
    );
  },
  ["scope", "keys"],
);
