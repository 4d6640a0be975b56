import type { CaseType } from "#app/cases/case";
import type { Condition } from "./conditions";
import type { HeardFact, TriggerFact } from "./triggers";

/**
 * What a journey is, as data: a merchant builds it in the admin, the engine walks it, the simulation foretells it. The
 * shape is versioned; `definition-schema.ts` checks it. Adding a kind of act: a type here, a file under acts/.
 */
export type JourneyDefinition = {
  version: 1;
  trigger: { fact: TriggerFact; filters: Condition[] };
  /** A tree: a branch holds lists of further steps and goes on after itself. */
  steps: Step[];
  /** Looked at when a fact comes and again before each act. */
  exits: ExitRule[];
  reentry: Reentry;
  goal: Goal | null;
  /** People who, by a stable hash, get nothing of this journey, so that its effect can be measured: 0 to 50. */
  holdoutPercent: number;
};

export type ExitRule =
  { id: string; type: "fact"; fact: HeardFact } | { id: string; type: "condition"; when: Condition[] };

/**
 * How often one may go through. Per subject: once for each thing that the trigger is about (a parcel, an order, a
 * product to reorder); per order and per person: once for each of those. `afterDays` allows it again after so many
 * days. Who left before anything was done may always enter again; nobody is in the same journey twice at once.
 */
export type Reentry = { rule: "per-subject" | "per-order" | "per-person"; afterDays: number | null };

/** Counted where it happens within so many days after somebody entered, also for those held out. */
export type Goal = { fact: HeardFact; withinDays: number };

/** Channels in the order in which they are tried: the first that reaches the person is taken. */
export const SEND_CHANNELS = ["email", "sms", "whatsapp", "push", "inbox"] as const;
export type SendChannel = (typeof SEND_CHANNELS)[number];

export type WaitStep = { id: string; type: "wait" } & (
  | { mode: "duration"; minutes: number }
  | { mode: "until-fact"; fact: HeardFact; timeoutMinutes: number }
  /** The next time that the shop's clock shows this time, e.g. "09:00". */
  | { mode: "local-time"; time: string; businessDaysOnly: boolean }
  /** Goes on at once within these hours of a working day. */
  | { mode: "business-hours"; from: string; to: string }
);

/** Each path's conditions are tried in their order (all of them must hold); shares of people are drawn by a stable hash. */
export type BranchPath = { id: string; name: string; when: Condition[] | { share: number }; steps: Step[] };
export type BranchStep = { id: string; type: "branch"; paths: BranchPath[]; otherwise: Step[] };

export type SendStep = { id: string; type: "send"; template: string; channels: SendChannel[] };
export type SurveyStep = { id: string; type: "survey"; surveyId: string };
/** Asks for a review, once nothing is wrong any more. */
export type ReviewAskStep = { id: string; type: "review-ask"; channels: SendChannel[] };
/** A case for the staff; the note says why. */
export type OpenCaseStep = { id: string; type: "open-case"; caseType: CaseType; note: string };
export type PointsStep = { id: string; type: "points"; points: number; reason: string };
/** A single-use code of so many percent off, for the templates that come after it. */
export type CodeStep = { id: string; type: "code"; percent: number; validDays: number };
export type TagStep = { id: string; type: "tag"; tag: string };
export type MetafieldStep = { id: string; type: "metafield"; namespace: string; key: string; value: string };
export type WebhookStep = { id: string; type: "webhook"; url: string };
export type PhoneTaskStep = { id: string; type: "phone-task"; note: string };

export type ActStep =
  | SendStep
  | SurveyStep
  | ReviewAskStep
  | PointsStep
  | CodeStep
  | OpenCaseStep
  | TagStep
  | MetafieldStep
  | WebhookStep
  | PhoneTaskStep;
export type Step = WaitStep | BranchStep | ActStep;
export type StepType = Step["type"];

/** What the kinds of step are called, in the order in which an editor offers them. */
export const STEP_LABELS: Record<StepType, string> = {
  send: "Send a message",
  wait: "Wait",
  branch: "Branch",
  survey: "Ask a survey",
  "review-ask": "Ask for a review",
  points: "Give points",
  code: "Give a code",
  "open-case": "Open a case",
  tag: "Tag the customer",
  metafield: "Set a customer field",
  webhook: "Call a webhook",
  "phone-task": "Ask staff to call",
};

export const WAIT_LABELS: Record<WaitStep["mode"], string> = {
  duration: "For some time",
  "until-fact": "Until something happens",
  "local-time": "Until a time of day",
  "business-hours": "For business hours",
};

export const REENTRY_LABELS: Record<Reentry["rule"], string> = {
  "per-subject": "Once for each thing it is about",
  "per-order": "Once per order",
  "per-person": "Once per person",
};

/** A step with where it stands: "3" or "3, Signed, 1", as a merchant would say it. */
export type PlacedStep = { step: Step; place: string };

/** Every step, in reading order. */
export function allSteps(steps: readonly Step[], before = ""): PlacedStep[] {
  return steps.flatMap((step, index) => {
    const place = `${before}${index + 1}`;
    if (step.type !== "branch") return [{ step, place }];
    return [
      { step, place },
      ...step.paths.flatMap((path) => allSteps(path.steps, `${place}, ${path.name}, `)),
      ...allSteps(step.otherwise, `${place}, otherwise, `),
    ];
  });
}
