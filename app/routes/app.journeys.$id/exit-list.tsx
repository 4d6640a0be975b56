import type { ExitRule } from "#app/journeys/definition";
import type { HeardFact, Topic } from "#app/journeys/triggers";
import { DeleteIcon } from "#app/ui/icons";
import { BlockStack, Box, Button, InlineStack, Select, Text } from "#app/ui/polaris";
import { blankExit } from "./blank";
import { ConditionList } from "./condition-list";
import { problemsAt, useEditor, type Problems } from "./vocabulary";
import { HEARD_OPTIONS } from "./wait-fields";

type ExitListProps = { exits: ExitRule[]; problems: Problems; onChange: (exits: ExitRule[]) => void };

const SINCE_THE_START: readonly Topic[] = ["journey"];

/** Who leaves before the end: looked at whenever something happens, and before each step. */
export function ExitList({ exits, problems, onChange }: ExitListProps) {
  const { topics } = useEditor();
  const set = (index: number, exit: ExitRule) =>
    onChange(exits.map((one, at) => (at === index ? exit : one)));
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="bodyMd">
        Leaves the journey early
      </Text>
      {exits.length === 0 && (
        <Text as="p" tone="subdued">
          Nobody.
        </Text>
      )}
      {exits.map((exit, index) => (
        <Box key={exit.id} borderWidth="025" borderColor="border" borderRadius="200" padding="300">
          <BlockStack gap="200">
            <InlineStack align="space-between" blockAlign="center" wrap={false}>
              <Text as="span" variant="bodySm" tone="subdued">
                {exit.type === "fact" ? "Who does this, or to whom it happens" : "For whom this is so"}
              </Text>
              <Button
                icon={DeleteIcon}
                variant="tertiary"
                size="micro"
                accessibilityLabel={`Remove exit ${index + 1}`}
                onClick={() => onChange(exits.filter((_, at) => at !== index))}
              />
            </InlineStack>
            {exit.type === "fact" ? (
              <Select
                label={`Exit ${index + 1}`}
                labelHidden
                options={HEARD_OPTIONS}
                value={exit.fact}
                error={problems[`${index}.fact`]}
                onChange={(fact) => set(index, { ...exit, fact: fact as HeardFact })}
              />
            ) : (
              <ConditionList
                conditions={exit.when}
                more={SINCE_THE_START}
                problems={problemsAt(problems, `${index}.when`)}
                onChange={(when) => set(index, { ...exit, when })}
              />
            )}
            {problems[String(index)] && (
              <Text as="p" tone="critical">
                {problems[String(index)]}
              </Text>
            )}
          </BlockStack>
        </Box>
      ))}
      <InlineStack gap="200">
        <Button size="slim" onClick={() => onChange([...exits, blankExit("fact", topics)])}>
          When something happens
        </Button>
        <Button size="slim" onClick={() => onChange([...exits, blankExit("condition", topics)])}>
          When something is so
        </Button>
      </InlineStack>
    </BlockStack>
  );
}
