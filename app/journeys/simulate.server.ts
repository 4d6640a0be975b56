import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import type { Enrolment } from "#app/generated/prisma/client";
import { actKey, type JourneyConfig } from "./acts/act";
import { recipientOf } from "./acts/recipient.server";
import { allHold } from "./conditions";
import { Counts, WHOLE, type CountChange } from "./counts.server";
import type { BranchStep, ExitRule, JourneyDefinition, Step } from "./definition";
import { calendarOf } from "./enrol.server";
import { momentOf, type Moment, type Telling } from "./moments.server";
import { routeOf } from "./route";
import type { TriggerFact } from "./triggers";
import { valuesFor } from "./values.server";
import { goOn, setOut, shareOf, type Walk } from "./walk.server";

/**
 * "What would Ada get, and when?" The real engine walks a real order through a definition, with the clock running ahead
 * from wait to wait, and then everything is undone: what it says is what would happen, as things are now.
 */

export type SimulatedStep = {
  step: Step;
  /** When it would be reached; of a message, when it would be sent. */
  at: Date;
  outcome: "passed" | "done" | "refused";
  /** Why it would not be done, or what else there is to know. */
  reason: string | null;
  /** Where a message would go: channel and address. */
  to: { channel: string; address: string } | null;
  /** The path that a branch would take; "" for those left over. */
  path: string | null;
};

export type Simulation = {
  /** The shopper's name, or what there is instead. */
  person: string;
  /** Why they would not enter; null where they would. */
  kept: "no-such-moment" | "from-history" | "filters" | "held-out" | null;
  steps: SimulatedStep[];
  endsAt: Date;
  /** Why they would leave before the end: an exit rule, or a reason of the engine. */
  left: { reason: string; exit: ExitRule | null } | null;
};

export type SimulatedJourney = { journeyId: string; definition: JourneyDefinition };

/** A journey that never ends must not keep the merchant waiting. */
const MOST_WAITS = 200;

/** @returns null for an order that this shop does not have. Nothing of it stays in the database. */
export async function simulate(
  tx: Tx,
  shopId: ShopId,
  journey: SimulatedJourney,
  { orderGid }: { orderGid: string },
  config: JourneyConfig,
): Promise<Simulation | null> {
  const asOrder = await momentOf(tx, shopId, { fact: "order.placed", orderGid }, config.now);
  if (!asOrder) return null;
  const { trigger } = journey.definition;
  const real = await momentOf(tx, shopId, await tellingOf(tx, shopId, trigger.fact, asOrder), config.now);
  const moment = real ?? asOrder;
  const to = await recipientOf(tx, shopId, moment);
  const { firstName, lastName } = to.customer ?? {};
  const name = [firstName, lastName].filter(Boolean).join(" ");
  await tx.$executeRaw`SAVEPOINT simulation`;
  try {
    const kept = await keptOut(tx, shopId, journey, real, config);
    const walked = await walkThrough(tx, shopId, journey, moment, config);
    return { person: name || to.email || "this shopper", kept, ...walked };
  } finally {
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT simulation`;
  }
}

/** The latest thing of the order that could have started the journey. */
async function tellingOf(
  tx: Tx,
  shopId: ShopId,
  fact: TriggerFact,
  { orderGid, customerGid }: Moment,
): Promise<Telling> {
  const ofOrder = { shopId, orderGid: orderGid! };
  const telling: Telling = { fact, orderGid: orderGid! };
  const [topic] = fact.split(".");
  if (topic === "parcel") {
    const parcel = await tx.parcel.findFirst({ where: ofOrder, orderBy: { id: "desc" } });
    return { fact, parcelId: parcel?.id };
  }
  if (topic === "delivery") {
    const exception = await tx.deliveryException.findFirst({ where: ofOrder, orderBy: { openedAt: "desc" } });
    return { fact, exceptionId: exception?.id };
  }
  if (topic === "case") {
    const found = await tx.case.findFirst({ where: ofOrder, orderBy: { openedAt: "desc" } });
    return { fact, caseId: found?.id };
  }
  if (topic === "survey") {
    const response = await tx.surveyResponse.findFirst({ where: ofOrder, orderBy: { id: "desc" } });
    return { fact, responseId: response?.id };
  }
  if (fact === "loyalty.points-approved") {
    const member = customerGid ? await tx.loyaltyMember.findFirst({ where: { shopId, customerGid } }) : null;
    return { fact, memberId: member?.id };
  }
  if (topic === "customer") return { fact, customerGid: customerGid ?? undefined };
  if (topic === "replenishment") {
    const line = await tx.lineItem.findFirst({ where: { ...ofOrder, variantGid: { not: null } } });
    return { ...telling, customerGid: customerGid ?? undefined, variantGid: line?.variantGid ?? undefined };
  }
  return telling;
}

async function keptOut(
  tx: Tx,
  shopId: ShopId,
  { journeyId, definition }: SimulatedJourney,
  moment: Moment | null,
  { secret, now }: JourneyConfig,
): Promise<Simulation["kept"]> {
  if (!moment) return "no-such-moment";
  if (!moment.starts) return "from-history";
  const { filters } = definition.trigger;
  const values = await valuesFor(filters, { ...moment, heard: [] }, { tx, shopId, secret, now });
  if (!allHold(filters, values)) return "filters";
  const place = shareOf(journeyId, "holdout", moment.personKey) * 100;
  return place < definition.holdoutPercent ? "held-out" : null;
}

async function walkThrough(
  tx: Tx,
  shopId: ShopId,
  { journeyId, definition }: SimulatedJourney,
  moment: Moment,
  config: JourneyConfig,
): Promise<Pick<Simulation, "steps" | "endsAt" | "left">> {
  const plan = { journeyId, version: 0, definition, route: routeOf(definition) };
  const enrolment = anEnrolment(shopId, journeyId, moment, config.now);
  await tx.enrolment.create({ data: { ...enrolment, about: moment.about } });
  const trace = new Trace(enrolment, plan.route.steps);
  const calendar = await calendarOf(tx, shopId);
  const walkAt = (now: Date): Walk => {
    trace.now = now;
    return { tx, shopId, config: { ...config, now }, calendar, plan, counts: trace, enrolment, isOn: true };
  };
  await setOut(walkAt(config.now), config.now);
  for (let waits = 0; enrolment.state === "waiting" && enrolment.dueAt && waits < MOST_WAITS; waits++) {
    const due = enrolment.dueAt;
    const isMade = (await makeCode(tx, enrolment)) || (await settle(tx, enrolment, trace));
    await goOn(walkAt(isMade ? trace.now : due));
  }
  trace.settle();
  const steps = trace.steps.map((one, index) => ({
    ...one,
    path: pathOf(one.step, trace.steps[index + 1]?.step),
  }));
  for (const one of steps) await addMessage(tx, enrolment, one);
  const endsAt = trace.now;
  if (enrolment.state !== "left") return { steps, endsAt, left: null };
  const reason = enrolment.reason ?? "";
  const exit = definition.exits.find(({ id }) => id === reason) ?? null;
  return { steps, endsAt, left: { reason, exit } };
}

/** Shopify would make the code within seconds. @returns whether one was waited for */
async function makeCode(tx: Tx, { shopId, id, position }: Enrolment): Promise<boolean> {
  const { count } = await tx.journeyIntent.updateMany({
    where: { shopId, enrolmentId: id, stepId: position ?? "", kind: "code", state: "pending" },
    data: { state: "done" },
  });
  return count > 0;
}

/** Nobody knows when a case will be solved: whoever waits for it goes on as if it were now. @returns whether one was waited for */
async function settle(tx: Tx, { shopId, personKey, position }: Enrolment, trace: Trace): Promise<boolean> {
  const last = trace.steps.at(-1);
  if (last?.step.type !== "review-ask" || last.step.id !== position) return false;
  last.reason = "assumed-settled";
  await tx.hold.updateMany({ where: { shopId, personKey }, data: { endsAt: trace.now } });
  return true;
}

/** The message that a step queued, or the reason why it did not. */
async function addMessage(tx: Tx, enrolment: Enrolment, one: SimulatedStep): Promise<void> {
  const dedupeKey = actKey(enrolment, one.step.id);
  const message = await tx.message.findFirst({ where: { shopId: enrolment.shopId, dedupeKey } });
  if (!message) return;
  const { channel, recipient, reason, dueAt } = message;
  if (reason) one.reason = reason;
  else one.to = { channel, address: recipient ?? "" };
  if (dueAt > one.at) {
    one.at = dueAt;
    one.reason ??= "quiet-hours";
  }
}

/** Which of a branch's paths was taken, told by where the next step stands. */
function pathOf(branch: Step, next: Step | undefined): string | null {
  if (branch.type !== "branch" || !next) return null;
  const { paths, otherwise }: BranchStep = branch;
  const path = paths.find(({ steps }) => steps[0]?.id === next.id);
  return path?.name ?? (otherwise[0]?.id === next.id ? "" : null);
}

/** Listens to what the engine counts, and so knows every step that was come to and what came of it. */
class Trace extends Counts {
  now = new Date(0);
  readonly steps: SimulatedStep[] = [];
  private readonly enrolment: Enrolment;
  private readonly route: Walk["plan"]["route"]["steps"];

  constructor(enrolment: Enrolment, route: Walk["plan"]["route"]["steps"]) {
    super();
    this.enrolment = enrolment;
    this.route = route;
  }

  override add(_journeyId: string, stepId: string, change: CountChange): void {
    this.settle();
    const step = stepId === WHOLE ? undefined : this.route.get(stepId)?.step;
    if (!step) return;
    if (change.entered) {
      const reason = step.type === "wait" && step.mode === "until-fact" ? "assumed-not" : null;
      this.steps.push({ step, at: this.now, outcome: "passed", reason, to: null, path: null });
    }
    const last = this.steps.at(-1);
    if (last && change.done) last.outcome = "done";
    if (last && change.refused) last.outcome = "refused";
  }

  /** The engine notes the reason right after it has counted. */
  settle(): void {
    const last = this.steps.at(-1);
    if (last?.outcome === "refused") last.reason ??= this.enrolment.reason;
  }
}

function anEnrolment(shopId: ShopId, journeyId: string, moment: Moment, now: Date): Enrolment {
  const id = newId(now);
  const { personKey, customerGid, orderGid, parcelId, about } = moment;
  return {
    ...{ shopId, id, journeyId, version: 0, personKey, customerGid, orderGid, parcelId, about },
    subject: `simulation:${id}`,
    occurrence: `simulation:${id}`,
    state: "waiting",
    position: null,
    dueAt: null,
    awaits: null,
    heard: [],
    passed: [],
    attempts: 0,
    reason: null,
    enteredAt: now,
    endedAt: null,
    goalUntil: null,
    goalAt: null,
  };
}
