import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import type { Enrolment } from "#app/generated/prisma/client";
import type { OrderWithLines } from "#app/orders/orders.server";
import type { Calendar } from "#app/parcels/business-days";
import { rulesOf } from "#app/parcels/exceptions.server";
import type { JourneyConfig } from "./acts/act";
import { allHold } from "./conditions";
import { HELD_OUT, type Counts } from "./counts.server";
import type { Reentry } from "./definition";
import type { Moment } from "./moments.server";
import { valuesFor } from "./values.server";
import type { JourneyPlan } from "./versions.server";
import { setOut, shareOf } from "./walk.server";

/** Who enters a journey, and who is held out of it. */

const DAY = 24 * 60 * 60 * 1000;

export type Scope = {
  tx: Tx;
  shopId: ShopId;
  config: JourneyConfig;
  calendar: Calendar;
  counts: Counts;
  /** What it is about, where that has been read already. */
  order?: OrderWithLines | null;
};

/** The shop's days and hours. */
export async function calendarOf(tx: Tx, shopId: ShopId): Promise<Calendar> {
  const { country, timezone } = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
  const { closedDays } = await rulesOf(tx, shopId);
  return { country, timezone, closedDays };
}

/** Starts these journeys, which this moment starts. The caller holds the person's lock. */
export async function enrolIn(scope: Scope, plans: readonly JourneyPlan[], moment: Moment): Promise<void> {
  for (const plan of plans) await enrol(scope, plan, moment);
}

async function enrol(scope: Scope, plan: JourneyPlan, moment: Moment): Promise<void> {
  const { tx, shopId, config, counts, order } = scope;
  const { trigger, reentry, goal, holdoutPercent } = plan.definition;
  const reader = { tx, shopId, secret: config.secret, now: config.now, order };
  const values = await valuesFor(trigger.filters, { ...moment, heard: [] }, reader);
  if (!allHold(trigger.filters, values)) return;
  const subject = subjectOf(reentry, moment);
  if (await isBarred(scope, plan, { personKey: moment.personKey, subject })) return;

  const isHeldOut = shareOf(plan.journeyId, "holdout", moment.personKey) * 100 < holdoutPercent;
  const { now } = config;
  const enrolment: Enrolment = {
    shopId,
    id: newId(now),
    journeyId: plan.journeyId,
    version: plan.version,
    personKey: moment.personKey,
    customerGid: moment.customerGid,
    orderGid: moment.orderGid,
    parcelId: moment.parcelId,
    about: moment.about,
    subject,
    occurrence: moment.occurrence,
    state: isHeldOut ? "held_out" : "waiting",
    position: null,
    dueAt: null,
    awaits: null,
    heard: [],
    passed: [],
    attempts: 0,
    reason: null,
    enteredAt: now,
    endedAt: isHeldOut ? now : null,
    goalUntil: goal && new Date(now.getTime() + goal.withinDays * DAY),
    goalAt: null,
  };
  const created = await tx.enrolment.createMany({
    data: [{ ...enrolment, about: moment.about }],
    skipDuplicates: true,
  });
  if (created.count === 0) return;
  if (isHeldOut) counts.add(plan.journeyId, HELD_OUT, { entered: 1 });
  else await setOut({ ...scope, plan, enrolment, isOn: true }, moment.at);
}

function subjectOf({ rule }: Reentry, { personKey, orderGid, subject }: Moment): string {
  if (rule === "per-person") return personKey;
  return rule === "per-order" ? (orderGid ?? subject) : subject;
}

/** Whether the re-entry rule keeps somebody out: they are on the way, or were here too recently. */
async function isBarred(
  { tx, shopId, config }: Scope,
  { journeyId, definition }: JourneyPlan,
  { personKey, subject }: { personKey: string; subject: string },
): Promise<boolean> {
  const before = await tx.enrolment.findMany({
    where: { shopId, personKey, journeyId, subject },
    select: { state: true, passed: true, enteredAt: true },
  });
  const { afterDays } = definition.reentry;
  return before.some(({ state, passed, enteredAt }) => {
    if (state === "waiting") return true;
    // Who left before anything was done has not been through.
    if ((state === "left" || state === "failed") && passed.length === 0) return false;
    return afterDays === null || enteredAt.getTime() > config.now.getTime() - afterDays * DAY;
  });
}
