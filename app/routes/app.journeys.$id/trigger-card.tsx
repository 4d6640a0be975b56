import { memo, useMemo, useState } from "react";
import type { JourneyDefinition } from "#app/journeys/definition";
import { TRIGGER_FACTS, TRIGGERS, type TriggerFact } from "#app/journeys/triggers";
import { triggerWords } from "#app/journeys/words";
import { BlockStack, Box, Button, Card, Select, Text } from "#app/ui/polaris";
import { ConditionList } from "./condition-list";
import { NO_PROBLEMS, problemsAt, useEditor, type Problems } from "./vocabulary";

type TriggerCardProps = {
  trigger: JourneyDefinition["trigger"];
  /** A new journey begins by saying what starts it. */
  isNew: boolean;
  problems?: Problems;
};

/** What starts the journey, and for whom. */
export const TriggerCard = memo(function TriggerCard({
  trigger,
  isNew,
  problems = NO_PROBLEMS,
}: TriggerCardProps) {
  const { names, make } = useEditor();
  const [wanted, setOpen] = useState(isNew);
  const filterProblems = useMemo(() => problemsAt(problems, "filters"), [problems]);
  const open = wanted || Object.keys(problems).length > 0;
  const set = (change: Partial<JourneyDefinition["trigger"]>) =>
    make({ type: "rules", rules: { trigger: { ...trigger, ...change } } });
  return (
    <Card padding="300">
      <BlockStack gap="300">
        <BlockStack gap="050">
          <Text as="p" variant="bodySm" tone="subdued">
            Starts when
          </Text>
          <Text as="h2" variant="headingSm" breakWord>
            {triggerWords({ trigger }, names)}
          </Text>
        </BlockStack>
        {open && (
          <>
            <Select
              label="What starts the journey"
              options={TRIGGER_FACTS.map((value) => ({ value, label: TRIGGERS[value].label }))}
              value={trigger.fact}
              helpText={TRIGGERS[trigger.fact].description}
              error={problems.fact}
              onChange={(fact) => set({ fact: fact as TriggerFact })}
            />
            <Text as="h3" variant="bodyMd">
              Only if
            </Text>
            <ConditionList
              conditions={trigger.filters}
              problems={filterProblems}
              onChange={(filters) => set({ filters })}
            />
          </>
        )}
        <Box>
          <Button
            size="slim"
            onClick={() => setOpen(!wanted)}
            ariaExpanded={open}
            accessibilityLabel={`${open ? "Done" : "Edit"}: what starts the journey`}
          >
            {open ? "Done" : "Edit"}
          </Button>
        </Box>
      </BlockStack>
    </Card>
  );
});
