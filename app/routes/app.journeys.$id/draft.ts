import { useEffect, useMemo, useReducer } from "react";
import type { BranchPath, BranchStep, JourneyDefinition, Step } from "#app/journeys/definition";
import { changeBranch, changePath, changeStep, insertStep, moveStep, removeStep, type ListKey } from "./tree";

/** What the editor edits. */
export type JourneyForm = { name: string; definition: JourneyDefinition };

export type Change =
  | { type: "name"; name: string }
  | { type: "rules"; rules: Partial<JourneyDefinition> }
  | { type: "insert"; list: ListKey; index: number; step: Step }
  | { type: "step"; id: string; change: Partial<Step> }
  | { type: "path"; branchId: string; pathId: string; change: Partial<BranchPath> }
  | { type: "branch"; id: string; change: (branch: BranchStep) => BranchStep }
  | { type: "move"; id: string; by: -1 | 1 }
  | { type: "remove"; id: string }
  | { type: "reset"; form: JourneyForm };

function changed(form: JourneyForm, change: Change): JourneyForm {
  const { definition } = form;
  const withSteps = (steps: Step[]): JourneyForm => ({ ...form, definition: { ...definition, steps } });
  switch (change.type) {
    case "name":
      return { ...form, name: change.name };
    case "rules":
      return { ...form, definition: { ...definition, ...change.rules } };
    case "insert":
      return withSteps(insertStep(definition.steps, change.list, change.index, change.step));
    case "step":
      return withSteps(changeStep(definition.steps, change.id, change.change));
    case "path":
      return withSteps(changePath(definition.steps, change.branchId, change.pathId, change.change));
    case "branch":
      return withSteps(changeBranch(definition.steps, change.id, change.change));
    case "move":
      return withSteps(moveStep(definition.steps, change.id, change.by));
    case "remove":
      return withSteps(removeStep(definition.steps, change.id));
    case "reset":
      return change.form;
  }
}

/** The journey while it is being edited. `make` never changes, so that cards need not be drawn again for it. */
export function useJourneyDraft(saved: JourneyForm) {
  const [form, make] = useReducer(changed, saved);
  const savedText = JSON.stringify(saved);
  useEffect(() => make({ type: "reset", form: JSON.parse(savedText) as JourneyForm }), [savedText]);
  const dirty = useMemo(() => JSON.stringify(form) !== savedText, [form, savedText]);
  const reset = () => make({ type: "reset", form: JSON.parse(savedText) as JourneyForm });
  return { form, make, dirty, reset };
}
