import { joinPerson, mayContact } from "#app/contact-policy/contact-policy.server";
import { personKeyOf } from "#app/customers/customers.server";
import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import type { JourneyStep } from "#app/generated/prisma/client";
import { balanceOf, memberOf, programOf } from "#app/loyalty/loyalty.server";
import { queueMessage, type MessageExtras } from "#app/messages/messages.server";
import { orderByGid, type OrderWithLines } from "#app/orders/orders.server";
import type { ExceptionKind } from "#app/parcels/exception";
import { exceptionById, noteTold, rulesOf, toldLately } from "#app/parcels/exceptions.server";
import { parcelById, parcelsOfOrder } from "#app/parcels/parcels.server";
import { surveyLink } from "#app/surveys/survey-link";
import { surveyForMail } from "#app/surveys/surveys.server";
import { EXCEPTION_JOURNEYS, JOURNEYS, kindsOf, type JourneyKey } from "./journey";

/**
 * Journeys: what happens after a fact, and when. Each step is a row with a time; a sweep finds those whose time has
 * come. A step looks at the order again before it acts, so that nobody is asked about a delivery that was cancelled
 * meanwhile. Journeys decide when; messages and contact policy decide whether.
 */

export type JourneyConfig = { appUrl: string; secret: string; now: Date };

/** A shopper who heard of a delay hears of the next one only after this time. */
const TOLD_FOR = 3 * 24 * 60 * 60 * 1000;

/** What a step is about. */
type StepPayload = { orderGid: string; parcelId?: string };

/** An order was placed: starts its journeys. Orders from history and test orders start none. */
export async function enterOrder(
  tx: Tx,
  shopId: ShopId,
  orderGid: string,
  config: JourneyConfig,
): Promise<void> {
  const order = await orderByGid(tx, shopId, orderGid);
  if (!order) return;
  if (order.customerGid) await joinPerson(tx, shopId, { from: `order:${orderGid}`, to: order.customerGid });
  if (!takesPart(order)) return;
  await plan(tx, shopId, "thank-you", { orderGid }, config.now, config);
}

/** A parcel was shipped, is ready for collection or was delivered: starts the journeys of that status. */
export async function enterParcel(
  tx: Tx,
  shopId: ShopId,
  { parcelId, status }: { parcelId: string; status: string },
  config: JourneyConfig,
): Promise<void> {
  const parcel = await parcelById(tx, shopId, parcelId);
  if (!parcel || parcel.cancelledAt) return;
  const order = await orderByGid(tx, shopId, parcel.orderGid);
  if (!order || !takesPart(order)) return;
  const payload = { orderGid: order.gid, parcelId };
  if (status === "delivered") {
    await plan(tx, shopId, "delivered", payload, parcel.deliveredAt ?? config.now, config);
  } else {
    await plan(tx, shopId, status === "ready_for_pickup" ? "pickup" : "shipped", payload, config.now, config);
  }
}

/** Something went wrong with a delivery: the shopper is told, once for each thing that went wrong. */
export async function enterException(
  tx: Tx,
  shopId: ShopId,
  exceptionId: string,
  config: JourneyConfig,
): Promise<void> {
  const exception = await exceptionById(tx, shopId, exceptionId);
  if (!exception || exception.closedAt) return;
  const kind = exception.kind as ExceptionKind;
  if (!(await rulesOf(tx, shopId)).tell[kind]) return;
  const { orderGid } = exception;
  const journey = EXCEPTION_JOURNEYS[kind];
  const since = new Date(config.now.getTime() - TOLD_FOR);
  if (await toldLately(tx, exception, kindsOf(journey), since)) return;
  const order = await orderByGid(tx, shopId, orderGid);
  if (!order || !takesPart(order)) return;
  const payload = { orderGid, parcelId: exception.parcelId ?? undefined };
  await plan(tx, shopId, journey, payload, config.now, config, `${journey}:${exceptionId}`);
  await noteTold(tx, shopId, exceptionId, config.now);
}

/** The order is cancelled: nothing that waits for it happens any more. */
export async function cancelOrder(tx: Tx, shopId: ShopId, orderGid: string, now: Date): Promise<void> {
  const parcels = await parcelsOfOrder(tx, shopId, orderGid);
  const keys = [orderGid, ...parcels.map(({ id }) => id)].flatMap((subject) =>
    (Object.keys(JOURNEYS) as JourneyKey[]).map((journey) => `${journey}:${subject}`),
  );
  await tx.journeyStep.updateMany({
    where: { shopId, dedupeKey: { in: keys }, state: "waiting" },
    data: { state: "cancelled", reason: "order-cancelled", doneAt: now },
  });
}

function takesPart(order: Pick<OrderWithLines, "test" | "imported">): boolean {
  return !order.test && !order.imported;
}

/** Writes the journey's step once; one that is due already runs in the same transaction. */
async function plan(
  tx: Tx,
  shopId: ShopId,
  journey: JourneyKey,
  payload: StepPayload,
  from: Date,
  config: JourneyConfig,
  dedupeKey = `${journey}:${payload.parcelId ?? payload.orderGid}`,
): Promise<void> {
  const { step, afterMinutes } = JOURNEYS[journey];
  const id = newId(config.now);
  const dueAt = new Date(from.getTime() + afterMinutes * 60_000);
  const created = await tx.journeyStep.createMany({
    data: [{ shopId, id, journey, step, dedupeKey, payload, dueAt, createdAt: config.now }],
    skipDuplicates: true,
  });
  if (created.count > 0 && dueAt <= config.now) await runStep(tx, shopId, id, config);
}

/** Does a waiting step whose time has come, once, whoever asks. */
export async function runStep(tx: Tx, shopId: ShopId, id: string, config: JourneyConfig): Promise<void> {
  const { now, secret } = config;
  const taken = await tx.journeyStep.updateMany({
    where: { shopId, id, state: "waiting", dueAt: { lte: now } },
    data: { state: "done", doneAt: now },
  });
  if (taken.count === 0) return;
  const step = await tx.journeyStep.findUniqueOrThrow({ where: { shopId_id: { shopId, id } } });
  const { orderGid, parcelId } = step.payload as StepPayload;
  const journey = step.journey as JourneyKey;
  const order = await orderByGid(tx, shopId, orderGid);
  const against = order ? await reasonAgainst(tx, shopId, journey, order) : "order-gone";
  if (!order || against) {
    await tx.journeyStep.update({
      where: { shopId_id: { shopId, id } },
      data: { state: "cancelled", reason: against },
    });
    return;
  }
  const queued = await queueMessage(
    tx,
    shopId,
    {
      dedupeKey: JOURNEYS[journey].oncePerOrder ? `${journey}:${orderGid}` : step.dedupeKey,
      templateKey: JOURNEYS[journey].template,
      orderGid,
      customerGid: order.customerGid,
      parcelId: parcelId ?? null,
      recipient: order.email,
      locale: order.locale,
      extras: await extrasFor(tx, shopId, journey, order, config),
    },
    { secret, now },
  );
  if (queued.status === "suppressed") await noteReason(tx, step, queued.reason);
}

async function noteReason(tx: Tx, { shopId, id }: JourneyStep, reason: string): Promise<void> {
  await tx.journeyStep.update({ where: { shopId_id: { shopId, id } }, data: { reason } });
}

/** Why, as the order is now, the shopper is not written to; null where nothing speaks against it. */
async function reasonAgainst(
  tx: Tx,
  shopId: ShopId,
  journey: JourneyKey,
  order: OrderWithLines,
): Promise<string | null> {
  if (order.cancelledAt) return "order-cancelled";
  if (order.totalMinor > 0 && order.refundedMinor >= order.totalMinor) return "order-refunded";
  if (journey !== "delivered") return null;
  // Asked when the last parcel is there: its own step comes later.
  const parcels = await parcelsOfOrder(tx, shopId, order.gid);
  return parcels.some((parcel) => parcel.status !== "delivered") ? "other-parcels-on-their-way" : null;
}

async function extrasFor(
  tx: Tx,
  shopId: ShopId,
  journey: JourneyKey,
  order: OrderWithLines,
  config: JourneyConfig,
): Promise<MessageExtras> {
  const extras: MessageExtras = {};
  const points = await pointsOf(tx, shopId, order);
  if (points) extras.points = points;
  const nps = JOURNEYS[journey].asksNps ? await npsLinks(tx, shopId, order, config) : null;
  if (nps) extras.nps = nps;
  return extras;
}

async function pointsOf(
  tx: Tx,
  shopId: ShopId,
  order: OrderWithLines,
): Promise<MessageExtras["points"] | null> {
  const program = await programOf(tx, shopId);
  if (!program.enabled) return null;
  const { customerGid, checkoutToken, confirmationNumber } = order;
  const member = await memberOf(tx, shopId, {
    orderGid: order.gid,
    customerGid,
    checkoutToken,
    confirmationNumber,
  });
  if (!member) return null;
  const { points, pendingPoints } = await balanceOf(tx, shopId, member.id);
  return { program: program.name, available: points, pending: pendingPoints };
}

/** A link per score to the shop's NPS survey, where it is live and this person may be asked. */
async function npsLinks(
  tx: Tx,
  shopId: ShopId,
  order: OrderWithLines,
  { appUrl, secret, now }: JourneyConfig,
): Promise<string[] | null> {
  const { gid: orderGid, customerGid, locale } = order;
  const personKey = personKeyOf({ customerGid, orderGid });
  const question = {
    personKey,
    address: null,
    channel: "email",
    purpose: "transactional",
    messageType: "nps",
  } as const;
  const verdict = await mayContact(tx, shopId, { ...question, now, timezone: "UTC" }, { secret });
  if (!verdict.allowed) return null;
  const survey = await surveyForMail(tx, shopId, { orderGid, customerGid, locale, now });
  if (survey?.questions[0]?.type !== "nps") return null;
  const invitation = { appUrl, secret, shopId, surveyId: survey.surveyId, orderGid, personKey };
  return Array.from({ length: 11 }, (_, score) =>
    surveyLink({ ...invitation, locale: survey.locale, score }),
  );
}
