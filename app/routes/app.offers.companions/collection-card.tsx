import { useState } from "react";
import type { CollectionRuleRow } from "#app/offers/collection-rules.server";
import type { CompanionRule } from "#app/offers/companions.server";
import { ProductList } from "#app/ui/product-list";
import {
  BlockStack,
  Button,
  Card,
  Divider,
  FormLayout,
  InlineError,
  InlineStack,
  Select,
  Text,
} from "#app/ui/polaris";
import { useSave } from "#app/ui/save";

type CollectionCardProps = {
  rules: CollectionRuleRow[];
  collections: { gid: string; title: string; products: number }[];
  /** Beside this product; left out: beside a collection that is chosen here. */
  beside?: { gid: string; title: string };
};

type Saying = { gid: string; otherGid: string; rule: CompanionRule | null };

/** In the list of what to offer: a product, chosen with the picker. */
const ONE_PRODUCT = "product";
const RULES = [
  { value: "pin", label: "always offer" },
  { value: "exclude", label: "never offer" },
];

/** What is always or never offered, said of whole collections; each rule can be taken back. */
export function CollectionCard({ rules, collections, beside }: CollectionCardProps) {
  const { save, saving, problems } = useSave<Saying>();
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            By collection
          </Text>
          <Text as="p" tone="subdued">
            What you say of two products counts more than what you say of collections. Of a collection that
            you always want, its best sellers are offered.
          </Text>
        </BlockStack>
        {collections.length > 0 ? (
          <NewRule collections={collections} beside={beside} saving={saving} save={save} />
        ) : (
          <Text as="p">No collections yet. They come with the import of your shop.</Text>
        )}
        {problems[""] && <InlineError message={problems[""]} fieldID="collection-rule" />}
        {rules.length > 0 && <Divider />}
        {rules.map((row) => (
          <Rule key={`${row.beside.gid} ${row.other.gid}`} row={row} saving={saving} save={save} />
        ))}
      </BlockStack>
    </Card>
  );
}

type SavingProps = { saving: boolean; save: (saying: Saying) => void };

function NewRule({ collections, beside, saving, save }: Omit<CollectionCardProps, "rules"> & SavingProps) {
  const [from, setFrom] = useState(beside?.gid ?? "");
  const [rule, setRule] = useState<CompanionRule>("pin");
  const [what, setWhat] = useState("");
  const [product, setProduct] = useState<string>();
  const [titles, setTitles] = useState<Record<string, string>>({});
  const choices = collections.map(({ gid, title, products }) => ({
    value: gid,
    label: `${title} (${products})`,
  }));
  const otherGid = what === ONE_PRODUCT ? product : what;
  return (
    <form
      id="collection-rule"
      onSubmit={(event) => {
        event.preventDefault();
        if (!from || !otherGid) return;
        save({ gid: from, otherGid, rule });
        setWhat("");
        setProduct(undefined);
      }}
    >
      <BlockStack gap="300">
        <FormLayout>
          <FormLayout.Group>
            {!beside && (
              <Select
                label="Beside products of"
                options={[{ value: "", label: "Choose a collection" }, ...choices]}
                value={from}
                onChange={setFrom}
              />
            )}
            <Select
              label={beside ? `Beside ${beside.title}` : "Rule"}
              options={RULES}
              value={rule}
              onChange={(value) => setRule(value as CompanionRule)}
            />
            <Select
              label="Products of"
              options={[
                { value: "", label: "Choose a collection" },
                ...(beside ? [] : [{ value: ONE_PRODUCT, label: "– one product –" }]),
                ...choices,
              ]}
              value={what}
              onChange={setWhat}
            />
          </FormLayout.Group>
        </FormLayout>
        {what === ONE_PRODUCT && (
          <ProductList
            single
            label="This product"
            gids={product ? [product] : []}
            titles={titles}
            onTitles={setTitles}
            onChange={([gid]) => setProduct(gid)}
          />
        )}
        <InlineStack>
          <Button submit disabled={!from || !otherGid} loading={saving}>
            Add rule
          </Button>
        </InlineStack>
      </BlockStack>
    </form>
  );
}

function Rule({ row: { beside, other, rule }, saving, save }: { row: CollectionRuleRow } & SavingProps) {
  const words = `Beside ${nameOf(beside)}: ${rule === "pin" ? "always" : "never"} ${nameOf(other)}`;
  return (
    <InlineStack align="space-between" blockAlign="center" gap="200">
      <Text as="span">{words}</Text>
      <Button
        size="slim"
        disabled={saving}
        accessibilityLabel={`Take back: ${words}`}
        onClick={() => save({ gid: beside.gid, otherGid: other.gid, rule: null })}
      >
        Take back
      </Button>
    </InlineStack>
  );
}

function nameOf({ title, isCollection }: CollectionRuleRow["beside"]): string {
  return isCollection ? `everything in ${title}` : title;
}
