import { memo, useEffect, useRef, useState, type RefObject } from "react";
import { STEP_LABELS, type Step } from "#app/journeys/definition";
import { stepWords } from "#app/journeys/words";
import { BlockStack, Box, Button, Card, InlineStack, Text } from "#app/ui/polaris";
import { CardButtons } from "./card-buttons";
import { Figures, type StepFigures } from "./figures";
import { StepFields } from "./step-fields";
import { NO_PROBLEMS, useEditor, type Problems } from "./vocabulary";

type StepCardProps = {
  step: Exclude<Step, { type: "branch" }>;
  index: number;
  count: number;
  problems?: Problems;
  figures?: StepFigures;
};

/** One step: what it does in a line, and its fields in place when it is edited. */
export const StepCard = memo(function StepCard(props: StepCardProps) {
  const { step, index, count, problems = NO_PROBLEMS, figures } = props;
  const { names, make } = useEditor();
  const { box, open, setOpen } = useOpenWhenFresh(step.id, problems);
  const words = stepWords(step, names);
  const firstProblem = Object.values(problems)[0];
  return (
    <div ref={box}>
      <Card padding="300">
        <BlockStack gap="200">
          <InlineStack align="space-between" blockAlign="start" gap="200" wrap={false}>
            <BlockStack gap="050">
              <Text as="p" variant="bodySm" tone="subdued">
                {STEP_LABELS[step.type]}
              </Text>
              <Text as="h3" variant="headingSm" breakWord>
                {words}
              </Text>
            </BlockStack>
            <CardButtons id={step.id} words={words} index={index} count={count} />
          </InlineStack>
          {figures && <Figures figures={figures} />}
          {firstProblem && !open && (
            <Text as="p" tone="critical">
              {firstProblem}
            </Text>
          )}
          {open && (
            <StepFields
              step={step}
              problems={problems}
              onChange={(change) => make({ type: "step", id: step.id, change: change as Partial<Step> })}
            />
          )}
          <Box>
            <Button
              size="slim"
              onClick={() => setOpen(!open)}
              ariaExpanded={open}
              accessibilityLabel={`${open ? "Done" : "Edit"}: ${words}`}
            >
              {open ? "Done" : "Edit"}
            </Button>
          </Box>
        </BlockStack>
      </Card>
    </div>
  );
});

/** A card that was just added opens and takes the focus; one with a problem opens, so that the field can be seen. */
export function useOpenWhenFresh(
  id: string,
  problems: Problems,
): { box: RefObject<HTMLDivElement>; open: boolean; setOpen: (open: boolean) => void } {
  const { fresh } = useEditor();
  const box = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(() => fresh.current === id);
  useEffect(() => {
    if (fresh.current !== id) return;
    fresh.current = null;
    box.current?.querySelector<HTMLElement>("select, input, textarea")?.focus();
  }, [id, fresh]);
  useEffect(() => {
    if (Object.keys(problems).length > 0) setOpen(true);
  }, [problems]);
  return { box, open, setOpen };
}
