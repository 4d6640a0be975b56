import type { BranchPath, BranchStep, Step } from "#app/journeys/definition";

/**
 * Changes to a journey's tree of steps. What a change does not touch stays the same object, so that only the cards it
 * concerns are drawn again.
 */

/** Where a list of steps hangs: the journey itself, a path of a branch, or what is left of it. */
export type ListKey = "root" | `${string}/${string}`;
export const OTHERWISE = "otherwise";

export function listKey(branchId: string, pathId: string): ListKey {
  return `${branchId}/${pathId}`;
}

/** A step's list and its place in it. */
export type Place = { list: ListKey; index: number; step: Step };

export function insertStep(steps: Step[], list: ListKey, index: number, step: Step): Step[] {
  return changeList(steps, list, (one) => [...one.slice(0, index), step, ...one.slice(index)]);
}

export function removeStep(steps: Step[], id: string): Step[] {
  return everyList(steps, (list) => {
    const index = list.findIndex((step) => step.id === id);
    return index < 0 ? list : [...list.slice(0, index), ...list.slice(index + 1)];
  });
}

/** Moves a step within its list; at the list's ends it stays where it is. */
export function moveStep(steps: Step[], id: string, by: -1 | 1): Step[] {
  return everyList(steps, (list) => {
    const from = list.findIndex((step) => step.id === id);
    const to = from + by;
    if (from < 0 || to < 0 || to >= list.length) return list;
    const next = [...list];
    [next[from], next[to]] = [next[to]!, next[from]!];
    return next;
  });
}

export function changeStep(steps: Step[], id: string, change: Partial<Step>): Step[] {
  return everyList(steps, (list) =>
    list.some((step) => step.id === id)
      ? list.map((step) => (step.id === id ? ({ ...step, ...change } as Step) : step))
      : list,
  );
}

export function changePath(
  steps: Step[],
  branchId: string,
  pathId: string,
  change: Partial<BranchPath>,
): Step[] {
  return changeBranch(steps, branchId, (branch) => ({
    ...branch,
    paths: branch.paths.map((path) => (path.id === pathId ? { ...path, ...change } : path)),
  }));
}

export function changeBranch(steps: Step[], id: string, change: (branch: BranchStep) => BranchStep): Step[] {
  return everyList(steps, (list) =>
    list.some((step) => step.id === id && step.type === "branch")
      ? list.map((step) => (step.id === id ? change(step as BranchStep) : step))
      : list,
  );
}

export function placeOf(steps: Step[], id: string, list: ListKey = "root"): Place | null {
  for (const [index, step] of steps.entries()) {
    if (step.id === id) return { list, index, step };
    if (step.type !== "branch") continue;
    for (const path of step.paths) {
      const found = placeOf(path.steps, id, listKey(step.id, path.id));
      if (found) return found;
    }
    const found = placeOf(step.otherwise, id, listKey(step.id, OTHERWISE));
    if (found) return found;
  }
  return null;
}

function changeList(steps: Step[], wanted: ListKey, change: (list: Step[]) => Step[]): Step[] {
  return everyList(steps, (list, key) => (key === wanted ? change(list) : list));
}

/** Looks at every list, the inner ones too; where nothing changes the same objects come back. */
function everyList(
  steps: Step[],
  change: (list: Step[], key: ListKey) => Step[],
  key: ListKey = "root",
): Step[] {
  const changed = change(steps, key);
  const next = changed.map((step) => (step.type === "branch" ? innerLists(step, change) : step));
  return next.every((step, index) => step === changed[index]) ? changed : next;
}

function innerLists(branch: BranchStep, change: (list: Step[], key: ListKey) => Step[]): BranchStep {
  const paths = branch.paths.map((path) => {
    const steps = everyList(path.steps, change, listKey(branch.id, path.id));
    return steps === path.steps ? path : { ...path, steps };
  });
  const otherwise = everyList(branch.otherwise, change, listKey(branch.id, OTHERWISE));
  const isSame = otherwise === branch.otherwise && paths.every((path, index) => path === branch.paths[index]);
  return isSame ? branch : { ...branch, paths, otherwise };
}
