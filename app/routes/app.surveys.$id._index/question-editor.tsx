import { hasOptions, scaleOf, type Question, type Speech } from "#app/surveys/question";
import {
  BlockStack,
  Button,
  ButtonGroup,
  Card,
  Checkbox,
  InlineGrid,
  InlineStack,
  Select,
  Text,
} from "#app/ui/polaris";
import { OptionsEditor } from "./options-editor";
import { withType } from "./question-drafts";
import { TranslatedField } from "./translated-field";

const TYPES: { label: string; value: Question["type"] }[] = [
  { label: "One answer of several", value: "single" },
  { label: "Several answers", value: "multi" },
  { label: "Stars or points, 1 to 5", value: "rating" },
  { label: "Recommendation, 0 to 10 (NPS)", value: "nps" },
  { label: "Satisfaction, 1 to 5 (CSAT)", value: "csat" },
  { label: "Free text", value: "text" },
];

type QuestionEditorProps = {
  question: Question;
  index: number;
  count: number;
  speech: Speech;
  /** Keyed by field: "text", "options", "options.0". */
  problems: Record<string, string>;
  onChange: (question: Question) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
};

export function QuestionEditor({ question, index, count, speech, problems, ...on }: QuestionEditorProps) {
  const set = (change: Partial<Question>) => on.onChange({ ...question, ...change });
  const number = index + 1;
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            {`Question ${number}`}
          </Text>
          <ButtonGroup>
            <Button
              size="slim"
              onClick={() => on.onMove(index - 1)}
              disabled={index === 0}
              accessibilityLabel={`Move question ${number} up`}
            >
              Up
            </Button>
            <Button
              size="slim"
              onClick={() => on.onMove(index + 1)}
              disabled={index === count - 1}
              accessibilityLabel={`Move question ${number} down`}
            >
              Down
            </Button>
            <Button
              size="slim"
              tone="critical"
              onClick={on.onRemove}
              accessibilityLabel={`Remove question ${number}`}
            >
              Remove
            </Button>
          </ButtonGroup>
        </InlineStack>
        <TranslatedField
          label="Question"
          texts={question.text}
          speech={speech}
          maxLength={200}
          error={problems.text ?? problems[`text.${speech.locale}`]}
          onChange={(text) => set({ text })}
        />
        <InlineGrid columns={{ xs: 1, sm: 2 }} gap="400">
          <Select
            label="Kind"
            options={TYPES}
            value={question.type}
            onChange={(type) => on.onChange(withType(question, type as Question["type"]))}
          />
          <TranslatedField
            label="Help text"
            texts={question.help}
            speech={speech}
            maxLength={300}
            error={problems[`help.${speech.locale}`]}
            onChange={(help) => set({ help })}
          />
        </InlineGrid>
        {hasOptions(question.type) && (
          <OptionsEditor
            options={question.options}
            shuffle={question.shuffle}
            speech={speech}
            problems={problems}
            onChange={set}
          />
        )}
        {scaleOf(question.type) && (
          <InlineGrid columns={{ xs: 1, sm: 2 }} gap="400">
            <TranslatedField
              label="Words at the low end"
              texts={question.lowLabel}
              speech={speech}
              maxLength={60}
              error={problems[`lowLabel.${speech.locale}`]}
              onChange={(lowLabel) => set({ lowLabel })}
            />
            <TranslatedField
              label="Words at the high end"
              texts={question.highLabel}
              speech={speech}
              maxLength={60}
              error={problems[`highLabel.${speech.locale}`]}
              onChange={(highLabel) => set({ highLabel })}
            />
          </InlineGrid>
        )}
        <Checkbox
          label="Must be answered"
          checked={question.required}
          onChange={(required) => set({ required })}
        />
      </BlockStack>
    </Card>
  );
}
