import { attributeOf, type Condition } from "./conditions";
import { allSteps, STEP_LABELS, type JourneyDefinition, type Step } from "./definition";
import { TRIGGERS, type Topic } from "./triggers";

/** What is wrong with a definition, said as a merchant would: "Step 3, Signed, 1 (Wait): …". Pure. */

export const MOST_STEPS = 100;

/** A problem beside the field it is in; `stepId` where it is in a step, `path` as in the JSON. */
export type DefinitionProblem = { stepId: string | null; path: string; message: string };

/** What is wrong although each part by itself is right. */
export function wholeProblems(definition: JourneyDefinition): DefinitionProblem[] {
  const placed = allSteps(definition.steps);
  const problems: DefinitionProblem[] = [];
  const say = (path: string, message: string, id: string | null = null) =>
    problems.push({ stepId: id, path, message });
  if (placed.length === 0) say("steps", "Add a step.");
  if (placed.length > MOST_STEPS) say("steps", `Use at most ${MOST_STEPS} steps.`);
  const ids = new Set<string>();
  const topics: readonly Topic[] = [...TRIGGERS[definition.trigger.fact].topics, "customer"];
  const unasked = (when: readonly Condition[], more: readonly Topic[]) =>
    when.find(({ attribute }) => ![...topics, ...more].includes(attributeOf(attribute)!.topic));
  const complain = ({ attribute }: Condition) =>
    `“${attributeOf(attribute)!.label}” is not known when ${lower(TRIGGERS[definition.trigger.fact].label)}.`;

  const filter = unasked(definition.trigger.filters, []);
  if (filter) say("trigger.filters", complain(filter));
  for (const { step, place } of placed) {
    const at = `Step ${place} (${STEP_LABELS[step.type]}): `;
    if (ids.has(step.id)) say("steps", `${at}another step has the same id.`, step.id);
    ids.add(step.id);
    if (step.type !== "branch") continue;
    const shares = step.paths.flatMap(({ when }) => (Array.isArray(when) ? [] : [when.share]));
    if (shares.length > 0 && shares.length < step.paths.length)
      say("paths", `${at}use conditions in all paths, or shares in all paths.`, step.id);
    if (shares.reduce((sum, share) => sum + share, 0) > 100)
      say("paths", `${at}the shares come to more than 100 %.`, step.id);
    for (const { name, when } of step.paths) {
      const wrong = Array.isArray(when) ? unasked(when, ["journey"]) : undefined;
      if (wrong) say("paths", `${at}path “${name}”: ${complain(wrong)}`, step.id);
    }
  }
  for (const [index, exit] of definition.exits.entries()) {
    const wrong = exit.type === "condition" ? unasked(exit.when, ["journey"]) : undefined;
    if (wrong) say(`exits.${index}`, `Exit ${index + 1}: ${complain(wrong)}`);
  }
  return problems;
}

/** Finds the innermost step on the way to a problem and names it. */
export function placedProblem(
  input: unknown,
  path: readonly PropertyKey[],
  message: string,
): DefinitionProblem {
  let at: unknown = input;
  let id: string | null = null;
  const words: string[] = [];
  let label = "";
  for (const [index, key] of path.entries()) {
    at = (at as Record<PropertyKey, unknown> | null | undefined)?.[key];
    const before = path[index - 1];
    const one = at as { id?: unknown; type?: unknown; name?: unknown } | null | undefined;
    if (typeof key !== "number") {
      if (key === "otherwise") words.push("otherwise");
    } else if (before === "steps" || before === "otherwise") {
      id = typeof one?.id === "string" ? one.id : null;
      words.push(String(key + 1));
      label = STEP_LABELS[one?.type as Step["type"]] ?? "";
    } else if (before === "paths" && path[index + 1] === "steps") {
      words.push(typeof one?.name === "string" ? one.name : `path ${key + 1}`);
    }
  }
  const place = words.length > 0 ? `Step ${words.join(", ")}${label ? ` (${label})` : ""}: ` : "";
  return { stepId: id, path: path.map(String).join("."), message: place + message };
}

function lower(label: string): string {
  return label.charAt(0).toLowerCase() + label.slice(1);
}
