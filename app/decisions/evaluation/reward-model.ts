import type { Guess, LoggedRow } from "./logged-row";

/**
 * Expected rewards for the doubly robust estimate: the log's own guesses, corrected by what really came of them. One
 * factor for all, one per action, shrunk to it. Cross-fitted: the factors for a person come from other people only.
 */
const FOLDS = 5;
/** How many takings' worth the factor of all weighs against an action's own. */
const SHRINK_TAKINGS = 10;

export type Expectations = {
  /** Expected reward of what the log drew, per row. */
  logged: Float64Array;
  /** Expected reward of what the other policy would draw, per row. */
  target: Float64Array;
};

/** @param foldOf a number per person; people of one fold share a model fitted on the others */
export function crossFit(rows: readonly LoggedRow[], foldOf: (person: string) => number): Expectations {
  const folds = rows.map(({ person }) => foldOf(person) % FOLDS);
  const logged = new Float64Array(rows.length);
  const target = new Float64Array(rows.length);
  for (let fold = 0; fold < FOLDS; fold++) {
    const model = fit(rows.filter((_, index) => folds[index] !== fold));
    rows.forEach((row, index) => {
      if (folds[index] !== fold) return;
      logged[index] = expected(model, row.action);
      target[index] = row.targets.reduce((sum, guess) => sum + expected(model, guess), 0);
    });
  }
  return { logged, target };
}

type Model = { all: number; own: Map<string, number> };

function fit(rows: readonly LoggedRow[]): Model {
  let [rewards, guesses, takings] = [0, 0, 0];
  const perAction = new Map<string, { reward: number; guess: number }>();
  for (const { action, reward, taken } of rows) {
    if (action.key === "") continue;
    rewards += reward;
    guesses += action.guess;
    if (taken) takings++;
    const sums = perAction.get(action.key) ?? { reward: 0, guess: 0 };
    perAction.set(action.key, { reward: sums.reward + reward, guess: sums.guess + action.guess });
  }
  const all = guesses > 0 && takings > 0 ? rewards / guesses : 1;
  const weight = takings > 0 ? (SHRINK_TAKINGS * guesses) / takings : 1;
  const own = new Map(
    [...perAction].map(([key, sums]) => [key, (sums.reward + all * weight) / (sums.guess + weight)]),
  );
  return { all, own };
}

function expected({ all, own }: Model, { key, guess }: Guess): number {
  return key === "" ? 0 : guess * (own.get(key) ?? all);
}
