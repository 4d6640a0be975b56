import type { Question, Speech } from "#app/surveys/question";
import { BlockStack, Box, Button, Checkbox, InlineError, InlineStack, Text } from "#app/ui/polaris";
import { newOption, OTHER_OPTION, replaced, without } from "./question-drafts";
import { TranslatedField } from "./translated-field";

type OptionsEditorProps = {
  options: Question["options"];
  shuffle: boolean;
  speech: Speech;
  problems: Record<string, string>;
  onChange: (change: Partial<Pick<Question, "options" | "shuffle">>) => void;
};

/** The answers to choose from. */
export function OptionsEditor({ options, shuffle, speech, problems, onChange }: OptionsEditorProps) {
  const taken = options.map((option) => option.id);
  const full = options.length >= 20;
  return (
    <BlockStack gap="300">
      <Text as="h3" variant="headingSm">
        Answers
      </Text>
      {options.map((option, index) => (
        <InlineStack key={option.id} gap="200" wrap={false} blockAlign="start">
          <Box width="100%">
            <TranslatedField
              label={`Answer ${index + 1}`}
              labelHidden
              texts={option.text}
              speech={speech}
              maxLength={100}
              error={problems[`options.${index}`] ?? problems[`options.${index}.text.${speech.locale}`]}
              onChange={(text) => onChange({ options: replaced(options, index, { ...option, text }) })}
            />
          </Box>
          <Button
            onClick={() => onChange({ options: without(options, index) })}
            accessibilityLabel={`Remove answer ${index + 1}`}
          >
            Remove
          </Button>
        </InlineStack>
      ))}
      {problems.options && <InlineError fieldID="options" message={problems.options} />}
      <InlineStack gap="300" blockAlign="center">
        <Button onClick={() => onChange({ options: [...options, newOption(taken)] })} disabled={full}>
          Add answer
        </Button>
        {!taken.includes(OTHER_OPTION.id) && (
          <Button
            variant="plain"
            onClick={() => onChange({ options: [...options, OTHER_OPTION] })}
            disabled={full}
          >
            Add “Other”
          </Button>
        )}
      </InlineStack>
      <Checkbox
        label="Show in another order to each shopper"
        helpText="So that the first answer is not favoured. “Other” stays at the end."
        checked={shuffle}
        onChange={(checked) => onChange({ shuffle: checked })}
      />
    </BlockStack>
  );
}
