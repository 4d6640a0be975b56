import { InlineStack, Text } from "#app/ui/polaris";

/** What happened at a step so far, over all versions. */
export type StepFigures = { entered: number; waiting: number; done: number; refused: number };

/** A running journey's figures on a card. */
export function Figures({ figures }: { figures: StepFigures }) {
  const shown = [
    ["came here", figures.entered],
    ["waiting", figures.waiting],
    ["done", figures.done],
    ["not done", figures.refused],
  ] as const;
  return (
    <InlineStack gap="300">
      {shown
        .filter(([label, value]) => value > 0 || label === "came here")
        .map(([label, value]) => (
          <Text key={label} as="span" variant="bodySm" tone="subdued" numeric>
            {`${value} ${label}`}
          </Text>
        ))}
    </InlineStack>
  );
}
