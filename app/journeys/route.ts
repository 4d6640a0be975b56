import type { Condition } from "./conditions";
import { allSteps, type JourneyDefinition, type Step } from "./definition";
import { HEARD_FACTS, type HeardFact } from "./triggers";

/** A definition laid out for walking: what comes after each step, and which facts it cares about. Pure. */
export type Route = {
  first: string | null;
  steps: ReadonlyMap<string, { step: Step; next: string | null }>;
  /** Facts that a wait, an exit, a condition or the goal names. */
  facts: ReadonlySet<HeardFact>;
  /** Whether an exit rule asks about the state of things, so that any fact may end it. */
  hasConditionalExits: boolean;
};

export function routeOf(definition: JourneyDefinition): Route {
  const steps = new Map<string, { step: Step; next: string | null }>();
  const first = layOut(definition.steps, null, steps);
  return {
    first,
    steps,
    facts: factsOf(definition),
    hasConditionalExits: definition.exits.some((exit) => exit.type === "condition"),
  };
}

/** @returns the first step of the list; what follows the list comes after its last step */
function layOut(list: readonly Step[], after: string | null, into: Map<string, unknown>): string | null {
  for (const [index, step] of list.entries()) {
    const next = list[index + 1]?.id ?? after;
    into.set(step.id, { step, next });
    if (step.type !== "branch") continue;
    for (const path of step.paths) layOut(path.steps, next, into);
    layOut(step.otherwise, next, into);
  }
  return list[0]?.id ?? after;
}

/** Every condition of a definition: filters, branches, exits. */
export function conditionsOf(definition: JourneyDefinition): Condition[] {
  const branches = allSteps(definition.steps).flatMap(({ step }) =>
    step.type === "branch" ? step.paths.flatMap(({ when }) => (Array.isArray(when) ? when : [])) : [],
  );
  const exits = definition.exits.flatMap((exit) => (exit.type === "condition" ? exit.when : []));
  return [...definition.trigger.filters, ...branches, ...exits];
}

const HAPPENED = "happened:";

function factsOf(definition: JourneyDefinition): Set<HeardFact> {
  const named = [
    definition.goal?.fact,
    ...definition.exits.map((exit) => (exit.type === "fact" ? exit.fact : undefined)),
    ...allSteps(definition.steps).map(({ step }) =>
      step.type === "wait" && step.mode === "until-fact" ? step.fact : undefined,
    ),
    ...conditionsOf(definition).map(({ attribute }) =>
      attribute.startsWith(HAPPENED) ? attribute.slice(HAPPENED.length) : undefined,
    ),
  ];
  return new Set(HEARD_FACTS.filter((fact) => named.includes(fact)));
}
