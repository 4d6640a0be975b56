import { valueKind, type Attribute, type Condition, type ConditionValue } from "#app/journeys/conditions";
import { ChooseMany } from "#app/ui/choose-many";
import { ListField } from "#app/ui/list-field";
import { currencyDigits } from "#app/ui/money";
import { NumberField } from "#app/ui/number-field";
import { Select, TextField } from "#app/ui/polaris";
import { ProductList } from "#app/ui/product-list";
import { useTypedFirst } from "#app/ui/typed-first";
import { useEditor } from "./vocabulary";

type ConditionValueFieldProps = {
  label: string;
  attribute: Attribute;
  condition: Condition;
  error?: string;
  onChange: (value: ConditionValue) => void;
};

/** The field for what something is compared with: of the kind that the attribute and the operator want. */
export function ConditionValueField(props: ConditionValueFieldProps) {
  const { label, attribute, condition, error, onChange } = props;
  const { names } = useEditor();
  const { value } = condition;
  switch (valueKind(attribute, condition.operator)) {
    case "none":
      return null;
    case "yes-no":
      return (
        <Select
          label={label}
          labelHidden
          options={[
            { value: "yes", label: "Yes" },
            { value: "no", label: "No" },
          ]}
          value={value === false ? "no" : "yes"}
          error={error}
          onChange={(chosen) => onChange(chosen === "yes")}
        />
      );
    case "number": {
      const isMoney = attribute.kind === "money";
      return (
        <NumberField
          key={condition.attribute}
          label={label}
          labelHidden
          digits={isMoney ? currencyDigits(names.currency) : 0}
          prefix={isMoney ? names.currency : undefined}
          suffix={attribute.unit}
          value={typeof value === "number" ? value : NaN}
          error={error}
          onChange={onChange}
        />
      );
    }
    case "word": {
      const options = names.options[condition.attribute];
      if (options && condition.operator !== "contains")
        return (
          <Select
            label={label}
            labelHidden
            options={[
              { value: "", label: "Choose" },
              ...Object.entries(options).map(([value, name]) => ({ value, label: name })),
            ]}
            value={String(value ?? "")}
            error={error}
            onChange={onChange}
          />
        );
      return <Word label={label} value={String(value ?? "")} error={error} onChange={onChange} />;
    }
    case "words":
      return <Words {...props} chosen={Array.isArray(value) ? value : []} />;
  }
}

type WordProps = { label: string; value: string; error?: string; onChange: (value: string) => void };

function Word({ value, onChange, ...field }: WordProps) {
  const typed = useTypedFirst(value, onChange);
  return <TextField {...field} {...typed} labelHidden maxLength={200} autoComplete="off" />;
}

function Words({
  label,
  condition,
  chosen,
  error,
  onChange,
}: ConditionValueFieldProps & { chosen: string[] }) {
  const { names, addTitles } = useEditor();
  const options = names.options[condition.attribute];
  if (condition.attribute === "order.products")
    return (
      <ProductList
        label="Products"
        gids={chosen}
        titles={options ?? {}}
        onTitles={addTitles}
        error={error}
        onChange={onChange}
      />
    );
  if (!options || Object.keys(options).length === 0)
    return (
      <ListField label={`${label}, with commas between`} value={chosen} error={error} onChange={onChange} />
    );
  return (
    <ChooseMany
      label={label}
      labelHidden
      prompt={chosen.length > 0 ? "or …" : "Choose"}
      choices={Object.entries(options).map(([value, name]) => ({ value, label: name }))}
      chosen={chosen}
      error={error}
      onChange={onChange}
    />
  );
}
