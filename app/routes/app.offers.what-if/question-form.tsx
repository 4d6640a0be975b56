import { useState } from "react";
import type { Question } from "#app/decisions/evaluation/question";
import { NumberField } from "#app/ui/number-field";
import { BlockStack, Box, Button, Card, Select, Text } from "#app/ui/polaris";
import { useSave } from "#app/ui/save";

type QuestionFormProps = { offers: { id: string; name: string }[]; floor: number };
type Kind = Question["kind"];

const KINDS: { value: Kind; label: string }[] = [
  { value: "floor", label: "…the floor had been another" },
  { value: "cap", label: "…shoppers had seen fewer offers a week" },
  { value: "without", label: "…one offer had not been there" },
  { value: "popularity", label: "…everybody had got what is taken most" },
  { value: "previous-model", label: "…the model before this one had decided" },
];

const HELP: Partial<Record<Kind, string>> = {
  popularity: "Among what fitted the order, the product that was taken most often until then.",
  "previous-model": "It counted how often each offer and product was taken, whoever looked.",
};

export function QuestionForm({ offers, floor }: QuestionFormProps) {
  const [kind, setKind] = useState<Kind>("floor");
  // In hundredths of a percent of the order's value.
  const [share, setShare] = useState(Math.round(floor * 2 * 1e4));
  const [weekly, setWeekly] = useState(1);
  const [id, setId] = useState(offers[0]?.id ?? "");
  const { save, saving, problems } = useSave<Question>();
  const name = offers.find((one) => one.id === id)?.name ?? "";
  const questions: Record<Kind, Question> = {
    floor: { kind: "floor", floor: share / 1e4 },
    cap: { kind: "cap", weekly },
    without: { kind: "without", id, name },
    popularity: { kind: "popularity" },
    "previous-model": { kind: "previous-model" },
  };
  return (
    <Card>
      <BlockStack gap="400">
        <Select
          label="What would have happened if…"
          options={KINDS}
          value={kind}
          onChange={(next) => setKind(next as Kind)}
        />
        {kind === "floor" && (
          <NumberField
            label="Least expected net value, as a share of the order"
            suffix="%"
            digits={2}
            value={share}
            onChange={setShare}
            helpText={`Now: ${(floor * 100).toFixed(2)}%. An offer below it is not shown.`}
            error={problems.floor}
          />
        )}
        {kind === "cap" && (
          <NumberField
            label="Most offers per shopper in seven days"
            value={weekly}
            onChange={setWeekly}
            helpText="Now: 3."
            error={problems.weekly}
          />
        )}
        {kind === "without" && (
          <Select
            label="Which offer"
            options={offers.map((one) => ({ label: one.name, value: one.id }))}
            value={id}
            onChange={setId}
            error={problems.id}
            disabled={offers.length === 0}
          />
        )}
        {HELP[kind] && (
          <Text as="p" tone="subdued">
            {HELP[kind]}
          </Text>
        )}
        <Box>
          <Button variant="primary" onClick={() => save(questions[kind])} loading={saving}>
            Look at the log
          </Button>
        </Box>
      </BlockStack>
    </Card>
  );
}
