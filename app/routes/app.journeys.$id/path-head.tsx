import type { BranchPath } from "#app/journeys/definition";
import type { Topic } from "#app/journeys/triggers";
import { whenWords } from "#app/journeys/words";
import { DeleteIcon } from "#app/ui/icons";
import { NumberField } from "#app/ui/number-field";
import { BlockStack, Button, ButtonGroup, Card, InlineStack, Text, TextField } from "#app/ui/polaris";
import { useTypedFirst } from "#app/ui/typed-first";
import { ConditionList } from "./condition-list";
import { useOpenWhenFresh } from "./step-card";
import { problemsAt, useEditor, type Problems } from "./vocabulary";

type PathHeadProps = {
  branchId: string;
  path: BranchPath;
  isFirst: boolean;
  isOnly: boolean;
  problems: Problems;
  setPaths: (next: (paths: BranchPath[]) => BranchPath[]) => void;
};

/** The head of a path: what it is called, and who takes it. */
export function PathHead({ branchId, path, isFirst, isOnly, problems, setPaths }: PathHeadProps) {
  const { names, make } = useEditor();
  const { box, open, setOpen } = useOpenWhenFresh(path.id, problems);
  const firstProblem = Object.values(problems)[0];
  const moveEarlier = () =>
    setPaths((all) => {
      const at = all.findIndex(({ id }) => id === path.id);
      const next = all.filter(({ id }) => id !== path.id);
      next.splice(at - 1, 0, path);
      return next;
    });
  return (
    <div ref={box}>
      <Card padding="300">
        <BlockStack gap="200">
          <BlockStack gap="050">
            <Text as="h4" variant="headingSm" breakWord>
              {path.name || "A path without a name"}
            </Text>
            <Text as="p" variant="bodySm" tone="subdued" breakWord>
              {whenWords(path.when, names)}
            </Text>
          </BlockStack>
          {firstProblem && !open && (
            <Text as="p" tone="critical">
              {firstProblem}
            </Text>
          )}
          {open && (
            <PathFields
              path={path}
              problems={problems}
              onChange={(change) => make({ type: "path", branchId, pathId: path.id, change })}
            />
          )}
          <InlineStack align="space-between" gap="200" wrap={false}>
            <Button
              size="slim"
              onClick={() => setOpen(!open)}
              ariaExpanded={open}
              accessibilityLabel={`${open ? "Done" : "Edit"}: path ${path.name}`}
            >
              {open ? "Done" : "Edit"}
            </Button>
            <ButtonGroup noWrap gap="extraTight">
              {!isFirst && (
                <Button
                  size="slim"
                  variant="tertiary"
                  onClick={moveEarlier}
                  accessibilityLabel={`Ask earlier: path ${path.name}`}
                >
                  Ask earlier
                </Button>
              )}
              <Button
                icon={DeleteIcon}
                variant="tertiary"
                size="slim"
                disabled={isOnly}
                onClick={() => setPaths((all) => all.filter(({ id }) => id !== path.id))}
                accessibilityLabel={`Delete: path ${path.name}`}
              />
            </ButtonGroup>
          </InlineStack>
        </BlockStack>
      </Card>
    </div>
  );
}

const SINCE_THE_START: readonly Topic[] = ["journey"];

type PathFieldsProps = {
  path: BranchPath;
  problems: Problems;
  onChange: (change: Partial<BranchPath>) => void;
};

function PathFields({ path, problems, onChange }: PathFieldsProps) {
  const { when } = path;
  const name = useTypedFirst(path.name, (typed) => onChange({ name: typed }));
  return (
    <BlockStack gap="300">
      {Array.isArray(when) ? (
        <ConditionList
          conditions={when}
          more={SINCE_THE_START}
          problems={problemsAt(problems, "when")}
          onChange={(conditions) => onChange({ when: conditions })}
        />
      ) : (
        <NumberField
          label="Share of people"
          suffix="%"
          value={when.share}
          error={problems["when.share"] ?? problems.when}
          helpText="Drawn by chance; the same person always takes the same path."
          onChange={(share) => onChange({ when: { share } })}
        />
      )}
      <TextField {...name} label="Name of the path" error={problems.name} maxLength={60} autoComplete="off" />
    </BlockStack>
  );
}
