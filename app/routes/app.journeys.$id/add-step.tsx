import { memo, startTransition, useState } from "react";
import { STEP_LABELS, type StepType } from "#app/journeys/definition";
import { PlusIcon } from "#app/ui/icons";
import { ActionList, Button, Popover } from "#app/ui/polaris";
import { blankStep } from "./blank";
import type { ListKey } from "./tree";
import { useEditor } from "./vocabulary";

const HELP: Record<StepType, string> = {
  send: "A template, by email or another channel",
  wait: "For some time, or until something happens",
  branch: "Different steps for different people",
  survey: "A question with one tap",
  "review-ask": "Waits while a case, a return or a late parcel is open",
  points: "For members of your programme",
  code: "A discount for one person, once",
  "open-case": "Something for your staff to solve",
  tag: "Seen in Shopify, and by your other apps",
  metafield: "Seen in Shopify, and by your other apps",
  webhook: "Tells another system",
  "phone-task": "Puts a call on your list",
};

type AddStepProps = {
  list: ListKey;
  index: number;
  /** Where it stands, for those who do not see it: "before step 2", "at the end". */
  where: string;
  /** The only way on in an empty list: says so. */
  isOnly: boolean;
};

/** The "+" between two cards. */
export const AddStep = memo(function AddStep({ list, index, where, isOnly }: AddStepProps) {
  const { make, topics, fresh } = useEditor();
  const [open, setOpen] = useState(false);
  const add = (type: StepType) => {
    const step = blankStep(type, topics);
    fresh.current = step.type === "branch" ? step.paths[0]!.id : step.id;
    setOpen(false);
    // The menu closes at once; the new card's fields take longer to draw.
    startTransition(() => make({ type: "insert", list, index, step }));
  };
  return (
    <div className="journey-connector">
      <Popover
        active={open}
        onClose={() => setOpen(false)}
        preferredAlignment="center"
        activator={
          <Button
            id={addId(list, index)}
            icon={PlusIcon}
            size={isOnly ? "medium" : "micro"}
            onClick={() => setOpen(!open)}
            ariaExpanded={open}
            accessibilityLabel={`Add a step ${where}`}
          >
            {isOnly ? "Add a step" : undefined}
          </Button>
        }
      >
        <ActionList
          actionRole="menuitem"
          items={(Object.keys(STEP_LABELS) as StepType[]).map((type) => ({
            content: STEP_LABELS[type],
            helpText: HELP[type],
            onAction: () => add(type),
          }))}
        />
      </Popover>
    </div>
  );
});

/** The button's id, so that the focus can go there when a step is taken away. */
export function addId(list: ListKey, index: number): string {
  return `add-${list.replace("/", "-")}-${index}`;
}
