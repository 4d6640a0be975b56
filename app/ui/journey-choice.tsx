import { BlockStack, ChoiceList, InlineGrid, Text } from "./polaris";

export type JourneyChoiceRow = {
  id: string;
  name: string;
  /** On in every shop, unless it is switched off. */
  isUsual: boolean;
};

type JourneyChoiceProps = {
  journeys: JourneyChoiceRow[];
  chosen: string[];
  onChange: (ids: string[]) => void;
};

/** Which of the ready journeys run. */
export function JourneyChoice({ journeys, chosen, onChange }: JourneyChoiceProps) {
  const groups = [
    { title: "Switched on in most shops", rows: journeys.filter(({ isUsual }) => isUsual) },
    { title: "More, off until you want them", rows: journeys.filter(({ isUsual }) => !isUsual) },
  ];
  const among = (rows: JourneyChoiceRow[]) => rows.map(({ id }) => id);
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        What goes out by itself
      </Text>
      <Text as="p" tone="subdued">
        Ready in four languages. Marketing goes only to those who agreed to it. You can change every word and
        every step later, under Journeys.
      </Text>
      <InlineGrid columns={{ xs: 1, sm: 2 }} gap="400">
        {groups.map(({ title, rows }) => (
          <ChoiceList
            key={title}
            title={title}
            allowMultiple
            choices={rows.map(({ id, name }) => ({ value: id, label: name }))}
            selected={chosen.filter((id) => among(rows).includes(id))}
            onChange={(ids) => onChange([...chosen.filter((id) => !among(rows).includes(id)), ...ids])}
          />
        ))}
      </InlineGrid>
    </BlockStack>
  );
}
