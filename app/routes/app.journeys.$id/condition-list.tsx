import { memo, useMemo } from "react";
import {
  ATTRIBUTES,
  attributeOf,
  OPERATOR_LABELS,
  OPERATORS,
  type Attribute,
  type Condition,
  type Operator,
} from "#app/journeys/conditions";
import type { Topic } from "#app/journeys/triggers";
import { DeleteIcon } from "#app/ui/icons";
import { BlockStack, Box, Button, InlineError, InlineGrid, InlineStack, Select, Text } from "#app/ui/polaris";
import { attributesOf, blankCondition, comparedBy, conditionOn } from "./blank";
import { ConditionValueField } from "./condition-value-field";
import { problemsAt, useEditor, type Problems } from "./vocabulary";

type ConditionListProps = {
  conditions: Condition[];
  /** What may be asked here beside what is known when the journey starts. */
  more?: readonly Topic[];
  problems: Problems;
  onChange: (conditions: Condition[]) => void;
};

/** Conditions that all have to hold, in words: what, how compared, with what. */
export const ConditionList = memo(function ConditionList(props: ConditionListProps) {
  const { conditions, more = NONE, problems, onChange } = props;
  const { topics } = useEditor();
  const all = useMemo(() => [...topics, ...more], [topics, more]);
  return (
    <BlockStack gap="300">
      {conditions.map((condition, index) => (
        <ConditionRow
          key={index}
          number={index + 1}
          condition={condition}
          topics={all}
          error={Object.values(problemsAt(problems, String(index)))[0]}
          onChange={(changed) => onChange(conditions.map((one, at) => (at === index ? changed : one)))}
          onRemove={() => onChange(conditions.filter((_, at) => at !== index))}
        />
      ))}
      {problems[""] && <InlineError message={problems[""]} fieldID="conditions" />}
      <InlineStack>
        <Button size="slim" onClick={() => onChange([...conditions, blankCondition(all)])}>
          {conditions.length === 0 ? "Add a condition" : "And …"}
        </Button>
      </InlineStack>
    </BlockStack>
  );
});

const NONE: readonly Topic[] = [];

const TOPIC_LABELS: Record<Topic, string> = {
  order: "Order",
  customer: "Customer",
  parcel: "Parcel",
  exception: "Problem with the delivery",
  answer: "Answer",
  points: "Points",
  product: "Product",
  journey: "Since the journey began",
};

type ConditionRowProps = {
  number: number;
  condition: Condition;
  topics: readonly Topic[];
  error?: string;
  onChange: (condition: Condition) => void;
  onRemove: () => void;
};

function ConditionRow({ number, condition, topics, error, onChange, onRemove }: ConditionRowProps) {
  const { asked } = useEditor().names;
  const attribute: Attribute = attributeOf(condition.attribute) ?? ATTRIBUTES["customer.orders"]!;
  const options = useMemo(
    () => [
      ...topics.map((topic) => ({
        title: TOPIC_LABELS[topic],
        options: attributesOf([topic]).map((key) => ({ value: key, label: ATTRIBUTES[key]!.label })),
      })),
      ...toldGroup(asked),
    ],
    [topics, asked],
  );
  const operators = OPERATORS[attribute.kind];
  return (
    <Box borderWidth="025" borderColor="border" borderRadius="200" padding="300">
      <BlockStack gap="200">
        <InlineStack align="space-between" blockAlign="center" wrap={false} gap="200">
          <Text as="span" variant="bodySm" tone="subdued">
            {number === 1 ? "If" : "and"}
          </Text>
          <Button
            icon={DeleteIcon}
            variant="tertiary"
            size="micro"
            accessibilityLabel={`Remove condition ${number}: ${attribute.label}`}
            onClick={onRemove}
          />
        </InlineStack>
        <InlineGrid columns={{ xs: 1, lg: operators.length > 1 ? 2 : 1 }} gap="200">
          <Select
            label={`Condition ${number} is about`}
            labelHidden
            options={options}
            value={condition.attribute}
            onChange={(key) => onChange(conditionOn(key))}
          />
          {operators.length > 1 && (
            <Select
              label={`Condition ${number}: how compared`}
              labelHidden
              options={operators.map((value) => ({ value, label: OPERATOR_LABELS[value] }))}
              value={condition.operator}
              onChange={(operator) => onChange(compared(condition, operator as Operator))}
            />
          )}
        </InlineGrid>
        <ConditionValueField
          label={`Condition ${number}: value`}
          attribute={attribute}
          condition={condition}
          error={error}
          onChange={(value) => onChange({ ...condition, value })}
        />
      </BlockStack>
    </Box>
  );
}

/** The questions that customers answered. */
function toldGroup(asked: Record<string, string>) {
  const options = Object.entries(asked).map(([value, label]) => ({ value, label }));
  return options.length > 0 ? [{ title: "What they told you", options }] : [];
}

/** Another operator of the same kind keeps the value. */
function compared(condition: Condition, operator: Operator): Condition {
  const empty = comparedBy(condition.attribute, operator);
  const isSameKind =
    typeof empty.value === typeof condition.value && (empty.value === null) === (condition.value === null);
  return { ...condition, ...empty, ...(isSameKind && { value: condition.value }) };
}
