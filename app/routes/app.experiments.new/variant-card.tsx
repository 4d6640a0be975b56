import type { Choice, Draft } from "#app/http/experiment-drafts.server";
import type { Locale } from "#app/shops/settings";
import { NumberField } from "#app/ui/number-field";
import { BlockStack, Button, Card, InlineGrid, InlineStack, Select, Text, TextField } from "#app/ui/polaris";

type DraftVariant = Draft["variants"][number];
type VariantCardProps = {
  index: number;
  variant: DraftVariant;
  thing: Choice;
  products: { gid: string; title: string }[];
  locale: Locale;
  problems: Record<string, string>;
  onChange: (change: Partial<DraftVariant>) => void;
  onRemove?: () => void;
};

export function VariantCard(props: VariantCardProps) {
  const { index, variant, problems, onChange, onRemove } = props;
  const isFirst = index === 0;
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between">
          <Text as="h2" variant="headingMd">
            Variant {"ABCDE"[index]}
            {isFirst && ": as it is"}
          </Text>
          {onRemove && (
            <Button variant="plain" tone="critical" onClick={onRemove}>
              Remove
            </Button>
          )}
        </InlineStack>
        <InlineGrid columns={{ xs: 1, sm: 2 }} gap="400">
          <TextField
            label="Name of the variant"
            value={variant.name}
            onChange={(name) => onChange({ name })}
            autoComplete="off"
            maxLength={60}
            error={problems[`variants.${index}.name`]}
          />
          <NumberField
            label="Shoppers who get it"
            suffix="%"
            value={variant.share}
            onChange={(share) => onChange({ share })}
            error={problems[`variants.${index}.share`]}
          />
        </InlineGrid>
        {!isFirst && <Changes {...props} />}
      </BlockStack>
    </Card>
  );
}

function Changes(props: VariantCardProps) {
  if (props.thing.subject === "offer") return <OfferChanges {...props} />;
  if (props.thing.subject === "survey") return <SurveyChanges {...props} />;
  return <MessageChanges {...props} />;
}

const LANGUAGES: Record<Locale, string> = { en: "English", de: "German", fr: "French", es: "Spanish" };

function OfferChanges({ index, variant, products, locale, problems, onChange }: VariantCardProps) {
  const problem = (field: string) => problems[`variants.${index}.${field}`];
  return (
    <>
      <NumberField
        label="Discount"
        suffix="%"
        optional
        value={variant.discountPercent}
        onChange={(discountPercent) => onChange({ discountPercent })}
        error={problem("discountPercent")}
      />
      <TextField
        label={`Headline (${LANGUAGES[locale]})`}
        value={variant.headline}
        onChange={(headline) => onChange({ headline })}
        autoComplete="off"
        maxLength={60}
        error={problem("headline")}
      />
      <TextField
        label={`Text (${LANGUAGES[locale]})`}
        value={variant.body}
        onChange={(body) => onChange({ body })}
        autoComplete="off"
        maxLength={160}
        multiline={2}
        error={problem("body")}
      />
      <Select
        label="Product"
        options={[
          { label: "As the offer chooses it", value: "" },
          ...products.map(({ gid, title }) => ({ label: title, value: gid })),
        ]}
        value={variant.productGid ?? ""}
        onChange={(gid) => onChange({ productGid: gid || null })}
        error={problem("productGid")}
      />
    </>
  );
}

function SurveyChanges({ index, variant, thing, locale, problems, onChange }: VariantCardProps) {
  return (
    <>
      {thing.questions?.map(({ id, text }, place) => (
        <TextField
          key={id}
          label={`Question ${place + 1} (${LANGUAGES[locale]})`}
          value={variant.questions[id] ?? text}
          onChange={(words) => onChange({ questions: { ...variant.questions, [id]: words } })}
          autoComplete="off"
          maxLength={200}
          error={problems[`variants.${index}.questions.${id}`]}
        />
      ))}
    </>
  );
}

function MessageChanges({ index, variant, thing, locale, problems, onChange }: VariantCardProps) {
  return (
    <>
      <TextField
        label={`Subject line (${LANGUAGES[locale]})`}
        value={variant.subjectLine}
        onChange={(subjectLine) => onChange({ subjectLine })}
        autoComplete="off"
        maxLength={300}
        error={problems[`variants.${index}.subjectLine`]}
      />
      {(thing.versions?.length ?? 0) > 0 && (
        <Select
          label="Content"
          options={[
            { label: "As it is now", value: "" },
            ...thing.versions!.map((version) => ({ label: `Version ${version}`, value: String(version) })),
            { label: "The built-in form", value: "0" },
          ]}
          value={variant.version === null ? "" : String(variant.version)}
          onChange={(version) => onChange({ version: version === "" ? null : Number(version) })}
          helpText="To test other blocks, save them as a version in the editor first."
          error={problems[`variants.${index}.version`]}
        />
      )}
    </>
  );
}
