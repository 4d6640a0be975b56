import type { ExitRule } from "#app/journeys/definition";
import { HEARD, type HeardFact, type Topic } from "#app/journeys/triggers";
import { conditionsWords } from "#app/journeys/words";
import { DeleteIcon } from "#app/ui/icons";
import { BlockStack, Box, Button, ButtonGroup, InlineStack, Select, Text } from "#app/ui/polaris";
import { blankExit } from "./blank";
import { ConditionList } from "./condition-list";
import { useOpenWhenFresh } from "./step-card";
import { problemsAt, useEditor, type Problems } from "./vocabulary";
import { HEARD_OPTIONS } from "./wait-fields";

type ExitListProps = { exits: ExitRule[]; problems: Problems; onChange: (exits: ExitRule[]) => void };

const SINCE_THE_START: readonly Topic[] = ["journey"];

/** Who leaves before the end: looked at whenever something happens, and before each step. */
export function ExitList({ exits, problems, onChange }: ExitListProps) {
  const { topics, fresh } = useEditor();
  const add = (type: ExitRule["type"]) => {
    const exit = blankExit(type, topics);
    fresh.current = exit.id;
    onChange([...exits, exit]);
  };
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
        <ExitRow
          key={exit.id}
          exit={exit}
          number={index + 1}
          problems={problemsAt(problems, String(index))}
          onChange={(changed) => onChange(exits.map((one, at) => (at === index ? changed : one)))}
          onRemove={() => onChange(exits.filter((_, at) => at !== index))}
        />
      ))}
      <InlineStack gap="200">
        <Button size="slim" onClick={() => add("fact")}>
          When something happens
        </Button>
        <Button size="slim" onClick={() => add("condition")}>
          When something is so
        </Button>
      </InlineStack>
    </BlockStack>
  );
}

type ExitRowProps = {
  exit: ExitRule;
  number: number;
  problems: Problems;
  onChange: (exit: ExitRule) => void;
  onRemove: () => void;
};

function ExitRow({ exit, number, problems, onChange, onRemove }: ExitRowProps) {
  const { names } = useEditor();
  const { box, open, setOpen } = useOpenWhenFresh(exit.id, problems);
  const words = exit.type === "fact" ? HEARD[exit.fact].label : conditionsWords(exit.when, names);
  return (
    <div ref={box}>
      <Box borderWidth="025" borderColor="border" borderRadius="200" padding="300">
        <BlockStack gap="200">
          <InlineStack align="space-between" blockAlign="center" gap="200" wrap={false}>
            <Text as="p" breakWord>
              {words || "Say for whom"}
            </Text>
            <ButtonGroup noWrap gap="extraTight">
              <Button
                size="slim"
                onClick={() => setOpen(!open)}
                ariaExpanded={open}
                accessibilityLabel={`${open ? "Done" : "Edit"}: exit ${number}`}
              >
                {open ? "Done" : "Edit"}
              </Button>
              <Button
                icon={DeleteIcon}
                variant="tertiary"
                size="slim"
                accessibilityLabel={`Delete: exit ${number}`}
                onClick={onRemove}
              />
            </ButtonGroup>
          </InlineStack>
          {open && exit.type === "fact" && (
            <Select
              label={`Exit ${number}: what happens`}
              labelHidden
              options={HEARD_OPTIONS}
              value={exit.fact}
              error={problems.fact}
              onChange={(fact) => onChange({ ...exit, fact: fact as HeardFact })}
            />
          )}
          {open && exit.type === "condition" && (
            <ConditionList
              conditions={exit.when}
              more={SINCE_THE_START}
              problems={problemsAt(problems, "when")}
              onChange={(when) => onChange({ ...exit, when })}
            />
          )}
          {problems[""] && (
            <Text as="p" tone="critical">
              {problems[""]}
            </Text>
          )}
        </BlockStack>
      </Box>
    </div>
  );
}
