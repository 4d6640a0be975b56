import { memo } from "react";
import { REENTRY_LABELS, type Goal, type JourneyDefinition, type Reentry } from "#app/journeys/definition";
import { TRIGGERS, type HeardFact } from "#app/journeys/triggers";
import { lower } from "#app/journeys/words";
import { NumberField } from "#app/ui/number-field";
import { BlockStack, Card, FormLayout, Select, Text } from "#app/ui/polaris";
import { ExitList } from "./exit-list";
import { NO_PROBLEMS, useEditor } from "./vocabulary";
import type { ProblemsByPart } from "./problems";
import { HEARD_OPTIONS } from "./wait-fields";

type Rules = Pick<JourneyDefinition, "trigger" | "exits" | "reentry" | "goal" | "holdoutPercent">;
type RulesCardProps = Rules & { problems: ProblemsByPart };

const NO_GOAL = "";

/** Who leaves early, how often one may enter, what counts as success, and who gets nothing so that it can be told. */
export const RulesCard = memo(function RulesCard(props: RulesCardProps) {
  const { trigger, exits, reentry, goal, holdoutPercent, problems } = props;
  const { make } = useEditor();
  const set = (rules: Partial<Rules>) => make({ type: "rules", rules });
  const setReentry = (change: Partial<Reentry>) => set({ reentry: { ...reentry, ...change } });
  return (
    <Card>
      <BlockStack gap="500">
        <Text as="h2" variant="headingMd">
          Rules
        </Text>
        <ExitList
          exits={exits}
          problems={problems.exits ?? NO_PROBLEMS}
          onChange={(next) => set({ exits: next })}
        />
        <FormLayout>
          <Select
            label="How often somebody may enter"
            options={Object.entries(REENTRY_LABELS).map(([value, label]) => ({
              value,
              label: value === "per-subject" ? `Once for each ${TRIGGERS[trigger.fact].subject}` : label,
            }))}
            value={reentry.rule}
            onChange={(rule) => setReentry({ rule: rule as Reentry["rule"] })}
          />
          <NumberField
            optional
            label="and again after"
            suffix="days"
            value={reentry.afterDays}
            error={problems.reentry?.afterDays}
            helpText="Empty: never again."
            onChange={(afterDays) => setReentry({ afterDays })}
          />
        </FormLayout>
        <GoalFields
          goal={goal}
          problem={problems.goal?.withinDays}
          onChange={(next) => set({ goal: next })}
        />
        <NumberField
          label="Held out"
          suffix="%"
          value={holdoutPercent}
          error={problems.holdoutPercent?.[""]}
          helpText="So many people get nothing of this journey. Compare who reaches the goal: that is what the journey adds. 0 to 50."
          onChange={(share) => set({ holdoutPercent: share })}
        />
      </BlockStack>
    </Card>
  );
});

type GoalFieldsProps = { goal: Goal | null; problem?: string; onChange: (goal: Goal | null) => void };

function GoalFields({ goal, problem, onChange }: GoalFieldsProps) {
  return (
    <FormLayout>
      <Select
        label="Goal"
        options={[{ value: NO_GOAL, label: "None" }, ...HEARD_OPTIONS]}
        value={goal?.fact ?? NO_GOAL}
        helpText={
          goal
            ? `Counted for each who: ${lower(HEARD_OPTIONS.find(({ value }) => value === goal.fact)!.label)}.`
            : "What should come of it?"
        }
        onChange={(fact) =>
          onChange(fact === NO_GOAL ? null : { fact: fact as HeardFact, withinDays: goal?.withinDays ?? 30 })
        }
      />
      {goal && (
        <NumberField
          label="within"
          suffix="days"
          value={goal.withinDays}
          error={problem}
          onChange={(withinDays) => onChange({ ...goal, withinDays })}
        />
      )}
    </FormLayout>
  );
}
