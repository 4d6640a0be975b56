import { memo } from "react";
import type { Step } from "#app/journeys/definition";
import { AddStep } from "./add-step";
import { BranchNode } from "./branch-node";
import type { StepFigures } from "./figures";
import type { ProblemsByPart } from "./problems";
import { StepCard } from "./step-card";
import type { ListKey } from "./tree";

export type FlowProps = {
  steps: Step[];
  list: ListKey;
  /** Whose list it is, for those who do not see it: "in “Signed”". */
  within: string;
  problems: ProblemsByPart;
  figures?: Readonly<Record<string, StepFigures>>;
};

/** A list of steps from top to bottom, with a "+" wherever a step can go. */
export const Flow = memo(function Flow({ steps, list, within, problems, figures }: FlowProps) {
  const where = (index: number) =>
    [steps.length === 0 ? "" : index === steps.length ? "at the end" : `before step ${index + 1}`, within]
      .filter(Boolean)
      .join(" ");
  return (
    <div>
      {steps.map((step, index) => (
        <div key={step.id}>
          <AddStep list={list} index={index} where={where(index)} isOnly={false} />
          {step.type === "branch" ? (
            <BranchNode
              branch={step}
              index={index}
              count={steps.length}
              problems={problems}
              figures={figures}
              List={Flow}
            />
          ) : (
            <StepCard
              step={step}
              index={index}
              count={steps.length}
              problems={problems[step.id]}
              figures={figures?.[step.id]}
            />
          )}
        </div>
      ))}
      <AddStep
        list={list}
        index={steps.length}
        where={where(steps.length)}
        isOnly={steps.length === 0 || list === "root"}
      />
    </div>
  );
});
