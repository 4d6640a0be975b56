import { NumberField } from "./number-field";
import { InlineGrid } from "./polaris";

export type NumberWords<Name extends string> = { name: Name; label: string; suffix: string; help: string };

type NumberFieldsProps<Name extends string> = {
  fields: NumberWords<Name>[];
  value: Record<Name, number>;
  problems: Record<string, string>;
  onChange: (change: Partial<Record<Name, number>>) => void;
};

/** Numbers of a page of rules, two beside each other where there is room. */
export function NumberFields<Name extends string>(props: NumberFieldsProps<Name>) {
  const { fields, value, problems, onChange } = props;
  return (
    <InlineGrid columns={{ xs: 1, sm: 2 }} gap="400">
      {fields.map(({ name, label, suffix, help }) => (
        <NumberField
          key={name}
          label={label}
          suffix={suffix}
          helpText={help}
          value={value[name]}
          onChange={(number) => onChange({ [name]: number } as Partial<Record<Name, number>>)}
          error={problems[name]}
        />
      ))}
    </InlineGrid>
  );
}
