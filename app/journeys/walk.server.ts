import { unitHash } from "#app/experiments/assignment";
import type { ShopId, Tx } from "#app/db/tx";
import type { Enrolment } from "#app/generated/prisma/client";
import type { OrderWithLines } from "#app/orders/orders.server";
import type { Calendar } from "#app/parcels/business-days";
import type { ActStep, BranchPath, BranchStep, WaitStep } from "./definition";
import { ACTS } from "./acts/acts.server";
import type { Act, ActOutcome, JourneyConfig } from "./acts/act";
import { allHold } from "./conditions";
import { WHOLE, type Counts } from "./counts.server";
import { valuesFor, type About, type Traveller } from "./values.server";
import type { JourneyPlan } from "./versions.server";
import { waitUntil } from "./wait-until";

/**
 * Moves one person along, from where they stand to the next wait or the end. Everything that a step does is a row in the
 * caller's transaction, and so is the new position: after a crash either all of it happened or none of it.
 */

export type Walk = {
  tx: Tx;
  shopId: ShopId;
  config: JourneyConfig;
  calendar: Calendar;
  plan: JourneyPlan;
  /** Whether the journey is switched on now. */
  isOn: boolean;
  counts: Counts;
  /** What it is about, where that has been read already. */
  order?: OrderWithLines | null;
  /** Locked or new; carries the person's state while they move. */
  enrolment: Enrolment;
};

/** From the start. @param from when it happened: the first wait counts from then */
export async function setOut(walk: Walk, from: Date): Promise<void> {
  walk.counts.add(walk.plan.journeyId, WHOLE, { entered: 1, waiting: 1 });
  await move(walk, walk.plan.route.first, from);
}

/** The wait is over: its time has come, or what it waited for has. */
export async function goOn(walk: Walk): Promise<void> {
  const { enrolment, plan, counts } = walk;
  const here = plan.route.steps.get(enrolment.position ?? "");
  counts.add(plan.journeyId, enrolment.position ?? "", { waiting: -1 });
  // Who asked to be forgotten while they waited.
  if (enrolment.personKey === "redacted") return leave(walk, "redacted");
  if (!here) return leave(walk, "step-gone");
  const isWait = here.step.type === "wait";
  await move(walk, isWait ? here.next : here.step.id, overSince(enrolment.dueAt, walk.config.now), {
    resumed: !isWait,
  });
}

/** A standstill of our own that is longer than this is not made up for by shorter waits. */
const MOST_LAG = 6 * 60 * 60 * 1000;

/** When a wait was over: by its time, however late we look; at once, where what it waited for has come. */
function overSince(dueAt: Date | null, now: Date): Date {
  const lag = dueAt ? now.getTime() - dueAt.getTime() : -1;
  return dueAt && lag >= 0 && lag <= MOST_LAG ? dueAt : now;
}

/** Ends it before its time. Takes the person from the wait they stand at, if they do. */
export async function leaveWait(walk: Walk, reason: string): Promise<void> {
  walk.counts.add(walk.plan.journeyId, walk.enrolment.position ?? "", { waiting: -1 });
  await leave(walk, reason);
}

async function move(walk: Walk, from: string | null, base: Date, { resumed = false } = {}): Promise<void> {
  const { plan, counts, enrolment } = walk;
  const { now } = walk.config;
  let at = from;
  let isResumed = resumed;
  let since = base;
  while (at !== null) {
    const { step, next }: { step: WaitStep | BranchStep | ActStep; next: string | null } =
      plan.route.steps.get(at)!;
    if (!isResumed) counts.add(plan.journeyId, step.id, { entered: 1 });
    if (step.type === "wait") {
      const dueAt = isOver(step, enrolment) ? now : waitUntil(step, since, walk.calendar);
      if (dueAt > now) return stand(walk, step.id, dueAt, step.mode === "until-fact" ? step.fact : null);
      since = overSince(dueAt, now);
      at = next;
    } else if (step.type === "branch") {
      const path = await choosePath(walk, step);
      const inside = path ? path.steps : step.otherwise;
      at = inside[0]?.id ?? next;
    } else {
      const reason = walk.isOn ? await exitOf(walk) : "switched-off";
      if (reason) return leave(walk, reason);
      const outcome = await act(walk, step, isResumed);
      if (outcome.status === "parked") return stand(walk, step.id, outcome.until, null);
      if (outcome.status === "leave") return leave(walk, outcome.reason);
      if (outcome.status === "done") {
        enrolment.passed.push(step.id);
        counts.add(plan.journeyId, step.id, { done: 1 });
      } else {
        counts.add(plan.journeyId, step.id, { refused: 1 });
        enrolment.reason = outcome.reason;
      }
      at = next;
    }
    isResumed = false;
  }
  counts.add(plan.journeyId, WHOLE, { waiting: -1, done: 1 });
  await end(walk, "finished", enrolment.reason);
}

function isOver(step: WaitStep, { heard }: Enrolment): boolean {
  return step.mode === "until-fact" && heard.includes(step.fact);
}

async function act(walk: Walk, step: ActStep, resumed: boolean): Promise<ActOutcome> {
  const { tx, shopId, config, enrolment } = walk;
  const perform = ACTS[step.type] as Act<ActStep>;
  return perform(step, { tx, shopId, config, enrolment, resumed });
}

async function choosePath(walk: Walk, step: BranchStep): Promise<BranchPath | null> {
  const asked = step.paths.flatMap(({ when }) => (Array.isArray(when) ? when : []));
  const values = await valuesFor(asked, travellerOf(walk.enrolment), readerOf(walk));
  let place = shareOf(walk.plan.journeyId, step.id, walk.enrolment.personKey) * 100;
  for (const path of step.paths) {
    if (Array.isArray(path.when)) {
      if (allHold(path.when, values)) return path;
    } else {
      place -= path.when.share;
      if (place < 0) return path;
    }
  }
  return null;
}

/** Where a person stands between 0 and 1 at this branch or holdout: always the same, in every process. */
export function shareOf(journeyId: string, stepId: string, personKey: string): number {
  return unitHash(`${journeyId}\0${stepId}\0${personKey}`);
}

/** The first exit rule that speaks for leaving now, by its id. */
export async function exitOf(walk: Walk): Promise<string | null> {
  const { exits } = walk.plan.definition;
  const asked = exits.flatMap((exit) => (exit.type === "condition" ? exit.when : []));
  const values = await valuesFor(asked, travellerOf(walk.enrolment), readerOf(walk));
  for (const exit of exits) {
    const speaks =
      exit.type === "fact" ? walk.enrolment.heard.includes(exit.fact) : allHold(exit.when, values);
    if (speaks) return exit.id;
  }
  return null;
}

function travellerOf(enrolment: Enrolment): Traveller {
  return { ...enrolment, about: enrolment.about as About };
}

function readerOf({ tx, shopId, order, config: { secret, now } }: Walk) {
  return { tx, shopId, secret, now, order };
}

async function stand(walk: Walk, position: string, dueAt: Date, awaits: string | null): Promise<void> {
  walk.counts.add(walk.plan.journeyId, position, { waiting: 1 });
  Object.assign(walk.enrolment, { position, dueAt, awaits, attempts: 0 });
  await keep(walk);
}

async function leave(walk: Walk, reason: string): Promise<void> {
  walk.counts.add(walk.plan.journeyId, WHOLE, { waiting: -1, refused: 1 });
  await end(walk, "left", reason);
}

async function end(walk: Walk, state: "finished" | "left", reason: string | null): Promise<void> {
  const over = { state, reason, endedAt: walk.config.now, position: null, dueAt: null, awaits: null };
  Object.assign(walk.enrolment, over);
  await keep(walk);
}

async function keep({ tx, enrolment }: Walk): Promise<void> {
  const { shopId, id, state, position, dueAt, awaits, heard, passed, attempts, reason, endedAt, goalAt } =
    enrolment;
  await tx.enrolment.update({
    where: { shopId_id: { shopId, id } },
    data: { state, position, dueAt, awaits, heard, passed, attempts, reason, endedAt, goalAt },
  });
}
