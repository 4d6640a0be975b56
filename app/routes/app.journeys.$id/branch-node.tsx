import { memo, type ComponentType } from "react";
import type { BranchPath, BranchStep } from "#app/journeys/definition";
import { stepWords } from "#app/journeys/words";
import { BlockStack, Button, Card, InlineStack, Select, Text } from "#app/ui/polaris";
import { blankCondition, blankPath, newId } from "./blank";
import { CardButtons } from "./card-buttons";
import { Figures, type StepFigures } from "./figures";
import type { FlowProps } from "./flow";
import { PathHead } from "./path-head";
import type { ProblemsByPart } from "./problems";
import { listKey, OTHERWISE } from "./tree";
import { NO_PROBLEMS, problemsAt, useEditor } from "./vocabulary";

type BranchNodeProps = {
  branch: BranchStep;
  index: number;
  count: number;
  problems: ProblemsByPart;
  figures?: Readonly<Record<string, StepFigures>>;
  /** Draws a path's own steps, among which there may be further branches. */
  List: ComponentType<FlowProps>;
};

const MOST_PATHS = 10;

/** A branch: its paths side by side, each with its own steps; then everybody goes on below. */
export const BranchNode = memo(function BranchNode(props: BranchNodeProps) {
  const { branch, index, count, problems, figures, List } = props;
  const { names, make, topics, fresh } = useEditor();
  const { id, paths } = branch;
  const own = problems[id] ?? NO_PROBLEMS;
  const isByChance = paths.some(({ when }) => !Array.isArray(when));
  const words = stepWords(branch, names);
  const setPaths = (next: (paths: BranchPath[]) => BranchPath[]) =>
    make({ type: "branch", id, change: (one) => ({ ...one, paths: next(one.paths) }) });
  const addPath = () => {
    const path: BranchPath = isByChance
      ? { id: newId(), name: `Path ${paths.length + 1}`, when: { share: 10 }, steps: [] }
      : blankPath(paths.length + 1, topics);
    fresh.current = path.id;
    setPaths((all) => [...all, path]);
  };
  const chooseBy = (how: string) =>
    setPaths((all) =>
      all.map((path) => ({
        ...path,
        when: how === "chance" ? { share: Math.floor(100 / (all.length + 1)) } : [blankCondition(topics)],
      })),
    );
  return (
    <BlockStack gap="200">
      <Card padding="300">
        <BlockStack gap="200">
          <InlineStack align="space-between" blockAlign="start" gap="200" wrap={false}>
            <Text as="h3" variant="headingSm">
              {words}
            </Text>
            <CardButtons id={id} words={words} index={index} count={count} />
          </InlineStack>
          {figures?.[id] && <Figures figures={figures[id]} />}
          <InlineStack gap="200" blockAlign="center">
            <Select
              label="Who takes which path"
              labelInline
              options={[
                { value: "conditions", label: "by conditions" },
                { value: "chance", label: "by chance" },
              ]}
              value={isByChance ? "chance" : "conditions"}
              onChange={chooseBy}
            />
            {paths.length < MOST_PATHS && (
              <Button size="slim" onClick={addPath}>
                Add a path
              </Button>
            )}
          </InlineStack>
          {own.paths && (
            <Text as="p" tone="critical">
              {own.paths}
            </Text>
          )}
        </BlockStack>
      </Card>
      <div className="journey-paths" role="group" aria-label={words} tabIndex={0}>
        {paths.map((path, at) => (
          <div key={path.id} className="journey-path">
            <PathHead
              branchId={id}
              path={path}
              isFirst={at === 0}
              isOnly={paths.length === 1}
              problems={problemsAt(own, `paths.${at}`)}
              setPaths={setPaths}
            />
            <List
              steps={path.steps}
              list={listKey(id, path.id)}
              within={`in “${path.name}”`}
              problems={problems}
              figures={figures}
            />
          </div>
        ))}
        <div className="journey-path">
          <Card padding="300">
            <BlockStack gap="050">
              <Text as="h4" variant="headingSm">
                Otherwise
              </Text>
              <Text as="p" variant="bodySm" tone="subdued">
                Everybody else. Leave it empty to go straight on.
              </Text>
            </BlockStack>
          </Card>
          <List
            steps={branch.otherwise}
            list={listKey(id, OTHERWISE)}
            within="in “Otherwise”"
            problems={problems}
            figures={figures}
          />
        </div>
      </div>
    </BlockStack>
  );
});
