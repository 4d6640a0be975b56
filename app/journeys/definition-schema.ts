import { z } from "zod";
import { CASE_TYPES } from "#app/cases/case";
import {
  attributeOf,
  OPERATOR_LABELS,
  OPERATORS,
  valueKind,
  type Condition,
  type Operator,
} from "./conditions";
import { SEND_CHANNELS, type BranchStep, type JourneyDefinition, type Step } from "./definition";
import { MOST_STEPS, placedProblem, wholeProblems, type DefinitionProblem } from "./definition-problems";
import { HEARD_FACTS, TRIGGER_FACTS } from "./triggers";

/**
 * Checks a definition: its shape with zod, then what only the whole can tell. Each problem names the step it is in, as a
 * merchant would ("Step 3, Signed, 1 (Wait): …"). Apart from definition.ts, so that the editor's page loads no zod.
 */

const MINUTES_PER_YEAR = 366 * 24 * 60;

const stepId = z.string().regex(/^[a-z0-9-]{1,40}$/, "Use small letters, digits and hyphens as a step's id.");
const minutes = z
  .int("Use whole minutes.")
  .min(1, "Wait at least a minute.")
  .max(MINUTES_PER_YEAR, "Wait at most a year.");
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Use a time like 09:00.");
const heard = z.enum(HEARD_FACTS, "Choose what has to happen.");
const line = (most: number, message: string) =>
  z.string().trim().min(1, message).max(most, `Use at most ${most} characters.`);

const conditionSchema = z
  .object({
    attribute: z.string().max(200),
    operator: z.enum(Object.keys(OPERATOR_LABELS) as [Operator, ...Operator[]]),
    value: z.union([
      z.string().max(500, "Use at most 500 characters."),
      z.number(),
      z.boolean(),
      z.array(z.string().max(200)).max(200, "Use at most 200."),
      z.null(),
    ]),
  })
  .superRefine((condition, context) => {
    const message = problemOf(condition);
    if (message) context.addIssue({ code: "custom", message });
  });

function problemOf({ attribute, operator, value }: Condition): string | null {
  const known = attributeOf(attribute);
  if (!known) return "Choose what the condition is about.";
  if (!OPERATORS[known.kind].includes(operator)) return `Choose how “${known.label}” is compared.`;
  switch (valueKind(known, operator)) {
    case "none":
      return null;
    case "words":
      return Array.isArray(value) && value.length > 0
        ? null
        : `Choose at least one value for “${known.label}”.`;
    case "word":
      return typeof value === "string" && value.trim() !== "" ? null : `Write a value for “${known.label}”.`;
    case "number":
      return typeof value === "number" ? null : `Use a number for “${known.label}”.`;
    case "yes-no":
      return typeof value === "boolean" ? null : `Choose yes or no for “${known.label}”.`;
  }
}

const conditions = z.array(conditionSchema).max(20, "Use at most 20 conditions.");

const wait = { id: stepId, type: z.literal("wait") };
const waitSchema = z.discriminatedUnion(
  "mode",
  [
    z.object({ ...wait, mode: z.literal("duration"), minutes }),
    z.object({ ...wait, mode: z.literal("until-fact"), fact: heard, timeoutMinutes: minutes }),
    z.object({
      ...wait,
      mode: z.literal("local-time"),
      time: clock,
      businessDaysOnly: z.boolean().default(false),
    }),
    z.object({ ...wait, mode: z.literal("business-hours"), from: clock, to: clock }),
  ],
  "Choose how to wait.",
);

const branchSchema: z.ZodType<BranchStep> = z.object({
  id: stepId,
  type: z.literal("branch"),
  paths: z
    .array(
      z.object({
        id: stepId,
        name: line(60, "Give each path a name."),
        when: z.union([
          conditions.min(1, "Say when this path is taken."),
          z.object({ share: z.number("Use a number.").min(1, "Use 1 to 100.").max(100, "Use 1 to 100.") }),
        ]),
        get steps() {
          return stepsSchema;
        },
      }),
    )
    .min(1, "Add a path.")
    .max(10, "Use at most 10 paths."),
  get otherwise() {
    return stepsSchema;
  },
}) as z.ZodType<BranchStep>;

const channels = z
  .array(z.enum(SEND_CHANNELS))
  .min(1, "Choose a channel.")
  .refine((all) => new Set(all).size === all.length, "Choose each channel once.");

const actSchemas = [
  z.object({
    id: stepId,
    type: z.literal("send"),
    template: line(80, "Choose a template."),
    channels,
  }),
  z.object({ id: stepId, type: z.literal("review-ask"), channels }),
  z.object({
    id: stepId,
    type: z.literal("open-case"),
    caseType: z.enum(CASE_TYPES, "Choose what the case is about."),
    note: line(500, "Write why, for your staff."),
  }),
  z.object({ id: stepId, type: z.literal("survey"), surveyId: z.uuid("Choose a survey.") }),
  z.object({
    id: stepId,
    type: z.literal("points"),
    points: z
      .int("Use a whole number.")
      .min(1, "Give at least 1 point.")
      .max(100_000, "Give at most 100,000."),
    reason: line(120, "Say what the points are for."),
  }),
  z.object({
    id: stepId,
    type: z.literal("code"),
    percent: z.int("Use a whole number.").min(1, "Use 1 to 90 %.").max(90, "Use 1 to 90 %."),
    validDays: z.int("Use a whole number.").min(1, "Use 1 to 365 days.").max(365, "Use 1 to 365 days."),
  }),
  z.object({
    id: stepId,
    type: z.literal("tag"),
    // Shopify's own limits: 40 characters, and a comma begins the next tag.
    tag: line(40, "Write the tag.").refine((tag) => !tag.includes(","), "A tag has no comma."),
  }),
  z.object({
    id: stepId,
    type: z.literal("metafield"),
    namespace: z.string().regex(/^[\w-]{3,255}$/, "Use 3 to 255 letters, digits, hyphens and underscores."),
    key: z.string().regex(/^[\w-]{2,64}$/, "Use 2 to 64 letters, digits, hyphens and underscores."),
    value: line(500, "Write the value."),
  }),
  z.object({
    id: stepId,
    type: z.literal("webhook"),
    url: z.url({ protocol: /^https$/, error: "Use a web address that starts with https://." }).max(500),
  }),
  z.object({ id: stepId, type: z.literal("phone-task"), note: line(500, "Write what staff should do.") }),
] as const;

const stepsSchema: z.ZodType<Step[]> = z.array(z.lazy(() => stepSchema)).max(MOST_STEPS, "Use fewer steps.");

/** Only the kind that a step says it is speaks about its problems. */
const BY_TYPE = new Map<string, z.ZodType<unknown>>([
  ["wait", waitSchema],
  ["branch", branchSchema],
  ...actSchemas.map((schema): [string, z.ZodType<unknown>] => [schema.shape.type.value, schema]),
]);
const stepSchema = z.unknown().transform((value, context): Step => {
  const type = (value as { type?: unknown } | null)?.type;
  const schema = BY_TYPE.get(String(type));
  if (!schema) {
    context.addIssue({ code: "custom", message: "Choose a kind of step." });
    return z.NEVER;
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data as Step;
  for (const issue of parsed.error.issues) {
    context.addIssue({ code: "custom", message: issue.message, path: issue.path });
  }
  return z.NEVER;
}) as unknown as z.ZodType<Step>;

export const DefinitionSchema = z.object({
  version: z.literal(1),
  trigger: z.object({ fact: z.enum(TRIGGER_FACTS, "Choose what starts the journey."), filters: conditions }),
  steps: stepsSchema,
  exits: z
    .array(
      z.discriminatedUnion("type", [
        z.object({ id: stepId, type: z.literal("fact"), fact: heard }),
        z.object({
          id: stepId,
          type: z.literal("condition"),
          when: conditions.min(1, "Say when people leave."),
        }),
      ]),
    )
    .max(20, "Use at most 20 exit rules."),
  reentry: z.object({
    rule: z.enum(["per-subject", "per-order", "per-person"]),
    afterDays: z
      .int("Use a whole number.")
      .min(1, "Use 1 to 3,650 days.")
      .max(3650, "Use 1 to 3,650 days.")
      .nullable(),
  }),
  goal: z
    .object({
      fact: heard,
      withinDays: z.int("Use a whole number.").min(1, "Use 1 to 365 days.").max(365, "Use 1 to 365 days."),
    })
    .nullable(),
  holdoutPercent: z.number("Use a number.").min(0, "Use 0 to 50 %.").max(50, "Use 0 to 50 %."),
}) satisfies z.ZodType<JourneyDefinition>;

export type CheckedDefinition =
  { status: "valid"; definition: JourneyDefinition } | { status: "invalid"; problems: DefinitionProblem[] };

/** Reads and checks what an editor sent or a database kept. */
export function checkDefinition(input: unknown): CheckedDefinition {
  const parsed = DefinitionSchema.safeParse(input);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => placedProblem(input, path, message));
    return { status: "invalid", problems };
  }
  const problems = wholeProblems(parsed.data);
  return problems.length > 0 ? { status: "invalid", problems } : { status: "valid", definition: parsed.data };
}
