import { joinPerson } from "#app/contact-policy/contact-policy.server";
import type { ShopId, Tx } from "#app/db/tx";
import { waitForTurn } from "#app/db/wait-for-turn";
import type { Enrolment } from "#app/generated/prisma/client";
import { memberOf } from "#app/loyalty/loyalty.server";
import type { JourneyConfig } from "./acts/act";
import { windClocks } from "./clocks.server";
import { Counts, HELD_OUT, WHOLE } from "./counts.server";
import { calendarOf, enrolIn, type Scope } from "./enrol.server";
import { ensureReadyJourneys } from "./library.server";
import { momentOf, type Moment, type Telling } from "./moments.server";
import { HEARD, type HeardFact } from "./triggers";
import { planOf, plansOf, switchedOn, type JourneyPlan } from "./versions.server";
import { exitOf, goOn, leaveWait, type Walk } from "./walk.server";

/**
 * A fact has come. First those on the way hear it: it may end their wait, their journey, or be their goal. Then it starts
 * journeys. All tellings about one person are heard one after another. Safe to repeat. Most facts concern nobody: after
 * one look they are done.
 */
export async function hear(tx: Tx, shopId: ShopId, telling: Telling, config: JourneyConfig): Promise<void> {
  const { now } = config;
  const moment = await momentOf(tx, shopId, telling, now);
  if (!moment) return;
  await ensureReadyJourneys(tx, shopId, now);
  await lockPerson(tx, shopId, moment.personKey);
  const concerned = await lookFor(tx, shopId, moment, now);
  if (moment.fact === "order.placed") await welcomeOrder(tx, shopId, moment, concerned.isKnownByOrder, now);
  const starts = moment.starts ? await plansOf(tx, shopId, concerned.starts) : [];
  if (starts.length === 0 && !concerned.hasTravellers) return;
  const counts = new Counts();
  const { order } = moment;
  const scope = { tx, shopId, config, calendar: await calendarOf(tx, shopId), counts, order };
  if (concerned.hasTravellers) await tellTravellers(scope, moment, moment.fact as HeardFact);
  const startedBy = (fact: string) => starts.filter(({ definition }) => definition.trigger.fact === fact);
  await enrolIn(scope, startedBy(moment.fact), moment);
  const joined = await membershipMoment(scope, moment, startedBy(JOINED));
  if (joined) await enrolIn(scope, startedBy(JOINED), joined);
  await counts.write(tx, shopId);
}

const JOINED = "loyalty.joined";

type Concerned = {
  /** Journeys that are on and begin with this fact, or with joining where an order may tell of that; oldest first. */
  starts: { id: string; version: number }[];
  /** Whether somebody on the way, or who may still reach a goal, is this person or about this order. */
  hasTravellers: boolean;
  /** Whether anything is kept under the order instead of its buyer. */
  isKnownByOrder: boolean;
};

async function lookFor(
  tx: Tx,
  shopId: ShopId,
  { fact, personKey, orderGid }: Moment,
  now: Date,
): Promise<Concerned> {
  const facts = fact === "order.placed" ? [fact, JOINED] : [fact];
  const isHeard = fact in HEARD;
  const asOrder = fact === "order.placed" ? `order:${orderGid}` : null;
  const [concerned] = await tx.$queryRaw<[Concerned]>`
    SELECT
      (SELECT coalesce(json_agg(json_build_object('id', j.id, 'version', j.version) ORDER BY j."createdAt", j.id), '[]')
        FROM "Journey" j
        WHERE j."shopId" = ${shopId} AND j.enabled AND j."archivedAt" IS NULL
          AND j.trigger = ANY (${facts}::text[])) AS starts,
      ${isHeard} AND EXISTS (SELECT FROM "Enrolment"
        WHERE "shopId" = ${shopId} AND ("personKey" = ${personKey} OR "orderGid" = ${orderGid})
          AND (state = 'waiting' OR ("goalAt" IS NULL AND "goalUntil" >= ${now}))) AS "hasTravellers",
      EXISTS (SELECT FROM "Touch" WHERE "shopId" = ${shopId} AND "personKey" = ${asOrder})
        OR EXISTS (SELECT FROM "Hold" WHERE "shopId" = ${shopId} AND "personKey" = ${asOrder})
        OR EXISTS (SELECT FROM "Enrolment" WHERE "shopId" = ${shopId} AND "personKey" = ${asOrder}) AS "isKnownByOrder"`;
  return concerned;
}

async function lockPerson(tx: Tx, shopId: ShopId, personKey: string): Promise<void> {
  await waitForTurn(tx, `journeys ${shopId} ${personKey}`);
}

/** The order tells who bought: what was counted under the order becomes theirs, and the calendar starts anew. */
async function welcomeOrder(
  tx: Tx,
  shopId: ShopId,
  { customerGid, orderGid, order }: Moment,
  isKnownByOrder: boolean,
  now: Date,
): Promise<void> {
  if (!customerGid || !order) return;
  if (isKnownByOrder) {
    const from = `order:${orderGid}`;
    await joinPerson(tx, shopId, { from, to: customerGid });
    await tx.enrolment.updateMany({
      where: { shopId, personKey: from },
      data: { personKey: customerGid, customerGid },
    });
  }
  await windClocks(tx, shopId, order, now);
}

const DAY = 24 * 60 * 60 * 1000;

/** Who joined the programme on the thank-you page, before we knew the order. */
async function membershipMoment(
  { tx, shopId, config }: Scope,
  moment: Moment,
  plans: readonly JourneyPlan[],
): Promise<Moment | null> {
  const { order } = moment;
  if (moment.fact !== "order.placed" || plans.length === 0 || !order) return null;
  const member = await memberOf(tx, shopId, { ...order, orderGid: order.gid });
  if (!member || config.now.getTime() - member.joinedAt.getTime() > DAY) return null;
  return { ...moment, fact: JOINED, subject: member.id, occurrence: `${JOINED}:${member.id}` };
}

async function tellTravellers(scope: Scope, moment: Moment, fact: HeardFact): Promise<void> {
  const { tx, shopId, config } = scope;
  const { personKey, orderGid } = moment;
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "Enrolment"
    WHERE "shopId" = ${shopId} AND ("personKey" = ${personKey} OR "orderGid" = ${orderGid})
      AND (state = 'waiting' OR ("goalAt" IS NULL AND "goalUntil" >= ${config.now}))
    ORDER BY id FOR UPDATE`;
  if (rows.length === 0) return;
  const enrolments = await tx.enrolment.findMany({
    where: { shopId, id: { in: rows.map(({ id }) => id) } },
    orderBy: { id: "asc" },
  });
  const on = await switchedOn(
    tx,
    shopId,
    enrolments.map(({ journeyId }) => journeyId),
  );
  for (const enrolment of enrolments) {
    const isOn = on.get(enrolment.journeyId) ?? false;
    const plan = await planOf(tx, shopId, enrolment.journeyId, enrolment.version);
    if (plan && concerns(enrolment, moment, fact)) await tellOne({ ...scope, plan, enrolment, isOn }, fact);
  }
}

/** Whether this telling is about what the enrolment is about. */
function concerns(enrolment: Enrolment, moment: Moment, fact: HeardFact): boolean {
  if (enrolment.occurrence === moment.occurrence) return false;
  const sameOrder = enrolment.orderGid !== null && enrolment.orderGid === moment.orderGid;
  if (fact === "order.placed") return !sameOrder && enrolment.personKey === moment.personKey;
  if (HEARD[fact].about === "person") return sameOrder || enrolment.personKey === moment.personKey;
  return sameOrder && (!enrolment.parcelId || !moment.parcelId || enrolment.parcelId === moment.parcelId);
}

async function tellOne(walk: Walk, fact: HeardFact): Promise<void> {
  const { enrolment, plan, tx } = walk;
  const isNamed = plan.route.facts.has(fact);
  if (isNamed) await noteGoal(walk, fact);
  if (enrolment.state !== "waiting") return;
  if (isNamed && !enrolment.heard.includes(fact)) {
    enrolment.heard.push(fact);
    const { shopId, id, heard } = enrolment;
    await tx.enrolment.update({ where: { shopId_id: { shopId, id } }, data: { heard } });
  }
  const exit = isNamed || plan.route.hasConditionalExits ? await exitOf(walk) : null;
  if (exit) await leaveWait(walk, exit);
  else if (enrolment.awaits === fact) await goOn(walk);
}

/** The goal is counted for the journey and for every step that was done before it; for those held out, apart. */
async function noteGoal({ tx, enrolment, plan, counts, config }: Walk, fact: HeardFact): Promise<void> {
  const { goal } = plan.definition;
  if (goal?.fact !== fact || enrolment.goalAt || !enrolment.goalUntil || enrolment.goalUntil < config.now)
    return;
  enrolment.goalAt = config.now;
  const { shopId, id } = enrolment;
  await tx.enrolment.update({ where: { shopId_id: { shopId, id } }, data: { goalAt: config.now } });
  const who = enrolment.state === "held_out" ? HELD_OUT : WHOLE;
  counts.add(plan.journeyId, who, { goals: 1 });
  for (const step of enrolment.passed) counts.add(plan.journeyId, step, { goals: 1 });
}
