import { useId } from "react";
import { BlockStack, InlineError, InlineStack, Select, Tag } from "./polaris";

type ChooseManyProps = {
  label: string;
  labelHidden?: boolean;
  /** What stands in the list before something is chosen. */
  prompt: string;
  choices: { value: string; label: string }[];
  chosen: string[];
  helpText?: string;
  error?: string;
  onChange: (chosen: string[]) => void;
};

/** Several of many things: a list to add from, and what was added, each to be taken away. */
export function ChooseMany(props: ChooseManyProps) {
  const { label, labelHidden, prompt, choices, chosen, helpText, error, onChange } = props;
  const id = useId();
  const labels = new Map(choices.map((choice) => [choice.value, choice.label]));
  return (
    <BlockStack gap="200">
      <Select
        id={id}
        label={label}
        labelHidden={labelHidden}
        helpText={helpText}
        value=""
        options={[{ value: "", label: prompt }, ...choices.filter(({ value }) => !chosen.includes(value))]}
        onChange={(value) => value && onChange([...chosen, value])}
      />
      {chosen.length > 0 && (
        <InlineStack gap="200">
          {chosen.map((value) => (
            <Tag key={value} onRemove={() => onChange(chosen.filter((one) => one !== value))}>
              {labels.get(value) ?? value}
            </Tag>
          ))}
        </InlineStack>
      )}
      {error && <InlineError message={error} fieldID={id} />}
    </BlockStack>
  );
}
