import type { ShopId, Tx } from "#app/db/tx";
import type { LedgerEntry, LoyaltyMember, Order } from "#app/generated/prisma/client";
import type { ActingPerson } from "#app/orders/order-claim";
import { lockOrder, orderByGid, type OrderWithLines } from "#app/orders/orders.server";
import { publish } from "#app/queue/queue.server";
import { appendEntry, balanceOf, lockMember, type Balance } from "./ledger.server";
import { addMember, joinMembers, memberOf } from "./members.server";
import { pointsEarned } from "./points";
import { programOf } from "./program.server";

/**
 * Loyalty: people join with their consent, orders bring points that wait for the end of the return window, refunds and
 * cancellations take them back. An order's points always follow from the order's present state, so it does not matter
 * in which order, or how often, we hear of payments, refunds and cancellations.
 */
export { givePoints, type PointsGift } from "./give-points.server";
export { approveDue, balanceOf, type Balance } from "./ledger.server";
export {
  loyaltyCandidates,
  PROGRAM_CANDIDATE,
  promisedPoints,
  type LoyaltyMoment,
} from "./loyalty-candidates.server";
export { memberOf } from "./members.server";
export {
  accountOf,
  listMembers,
  loyaltyResults,
  type LoyaltyResults,
  ledgerOf,
  type MemberAccount,
  type MemberRow,
} from "./results.server";
export { programOf, saveProgram } from "./program.server";

const DAY = 24 * 60 * 60 * 1000;

export type JoinResult =
  ({ status: "joined" } & Balance) | ({ status: "already-member" } & Balance) | { status: "closed" };

/**
 * Takes a person in. Joining again changes nothing.
 * @param input.consentText the words the person saw and agreed to; kept as proof
 */
export async function joinLoyalty(
  tx: Tx,
  shopId: ShopId,
  input: { person: ActingPerson; joinedVia: string; consentText: string },
  now: Date,
): Promise<JoinResult> {
  const program = await programOf(tx, shopId);
  if (!program.enabled) return { status: "closed" };
  const { member, joined } = await addMember(tx, shopId, input, now);
  if (joined && program.joinBonus > 0) {
    const bonus = {
      memberId: member.id,
      kind: "join",
      points: program.joinBonus,
      sourceKey: `join:${member.id}`,
    } as const;
    await appendEntry(tx, shopId, { ...bonus, state: "approved", availableAt: now }, now);
  }
  if (joined) {
    const { orderGid } = input.person;
    await publish(tx, "loyalty.joined", { shopId, orderGid });
    // At once as well, so that the answer already counts an order that is here and paid.
    await awardOrder(tx, shopId, orderGid, now);
  }
  const balance = await balanceOf(tx, shopId, member.id);
  return { status: joined ? "joined" : "already-member", ...balance };
}

/** An order has arrived: who joined on its thank-you page becomes its customer, and gets its points if it is paid. */
export async function joinOrder(tx: Tx, shopId: ShopId, orderGid: string, now: Date): Promise<void> {
  await lockOrder(tx, shopId, orderGid);
  const order = await orderByGid(tx, shopId, orderGid);
  if (!order) return;
  await joinMembers(tx, shopId, order, now);
  await award(tx, shopId, order, now);
  // Answers that came before it was known whose order it is.
  const answered = await tx.surveyResponse.findMany({
    where: { shopId, orderGid, respondentKey: `order:${orderGid}`, complete: true },
    select: { id: true },
  });
  for (const { id } of answered) await awardSurvey(tx, shopId, id, now);
}

/** Gives a paid order's points to its member, if it has one and the programme is on. Safe to repeat. */
export async function awardOrder(tx: Tx, shopId: ShopId, orderGid: string, now: Date): Promise<void> {
  // Memberships join under the same lock: whichever comes second sees the other.
  await lockOrder(tx, shopId, orderGid);
  const order = await orderByGid(tx, shopId, orderGid);
  if (order) await award(tx, shopId, order, now);
}

async function award(tx: Tx, shopId: ShopId, order: OrderWithLines, now: Date): Promise<void> {
  const program = await programOf(tx, shopId);
  if (!program.enabled) return;
  const member = await lockedMemberOf(tx, shopId, order);
  if (!member) return;
  const points = pointsEarned(order, program.pointsPerUnit);
  if (points === 0) return;
  const awarded = {
    memberId: member.id,
    kind: "order",
    points,
    state: "pending",
    availableAt: new Date(order.placedAt.getTime() + program.pendingDays * DAY),
    orderGid: order.gid,
    pointsPerUnit: program.pointsPerUnit,
    sourceKey: `order:${order.gid}`,
  } as const;
  await appendEntry(tx, shopId, awarded, now);
}

/**
 * Brings an order's points in line with the order after a refund, a cancellation, or the payment of what was added to it:
 * pending points of a cancelled order become void, everything else is a new entry in the state of the first one.
 */
export async function settleOrder(tx: Tx, shopId: ShopId, orderGid: string, now: Date): Promise<void> {
  await lockOrder(tx, shopId, orderGid);
  const order = await orderByGid(tx, shopId, orderGid);
  const awarded = await awardOf(tx, shopId, orderGid);
  if (!order || !awarded) return;
  await lockMember(tx, shopId, awarded.memberId);
  const entries = await tx.ledgerEntry.findMany({
    where: { shopId, orderGid, kind: { in: ["order", "refund"] }, state: { not: "void" } },
  });
  const first = entries.find(({ id }) => id === awarded.id);
  if (!first) return;
  if (order.cancelledAt && first.state === "pending") {
    await tx.ledgerEntry.updateMany({
      where: { shopId, orderGid, kind: { in: ["order", "refund"] }, state: "pending" },
      data: { state: "void" },
    });
    return;
  }
  const given = entries.reduce((sum, entry) => sum + entry.points, 0);
  const due = pointsEarned(order, first.pointsPerUnit ?? 0);
  // What was added to the order counts once it is paid.
  const isOwed = order.financialStatus === "partially_paid";
  if (due === given || (due > given && isOwed)) return;
  const { memberId, state, availableAt, pointsPerUnit } = first;
  const change = {
    memberId,
    kind: due > given ? "order" : "refund",
    points: due - given,
    state,
    availableAt,
    orderGid,
    pointsPerUnit: pointsPerUnit ?? undefined,
    sourceKey: order.cancelledAt ? `cancel:${orderGid}` : `settled:${orderGid}:${entries.length}`,
  } as const;
  await appendEntry(tx, shopId, change, now);
}

async function awardOf(tx: Tx, shopId: ShopId, orderGid: string): Promise<LedgerEntry | null> {
  return tx.ledgerEntry.findUnique({
    where: { shopId_sourceKey: { shopId, sourceKey: `order:${orderGid}` } },
  });
}

async function lockedMemberOf(tx: Tx, shopId: ShopId, order: Order): Promise<LoyaltyMember | null> {
  const { gid: orderGid, customerGid } = order;
  const member = await memberOf(tx, shopId, { orderGid, customerGid });
  return member && lockMember(tx, shopId, member.id);
}

/** Points for a finished survey, where the programme gives any; approved at once. Safe to repeat. */
export async function awardSurvey(tx: Tx, shopId: ShopId, responseId: string, now: Date): Promise<void> {
  const program = await programOf(tx, shopId);
  if (!program.enabled || program.surveyPoints === 0) return;
  const response = await tx.surveyResponse.findUnique({ where: { shopId_id: { shopId, id: responseId } } });
  if (!response?.orderGid) return;
  const { orderGid, customerGid } = response;
  // As for the order's own points: whichever of membership and answer comes second sees the other.
  await lockOrder(tx, shopId, orderGid);
  const member = await memberOf(tx, shopId, { orderGid, customerGid });
  if (!member) return;
  const sourceKey = `survey:${response.surveyId}:${orderGid}`;
  const entry = { memberId: member.id, kind: "survey", points: program.surveyPoints, sourceKey } as const;
  await appendEntry(tx, shopId, { ...entry, state: "approved", availableAt: now }, now);
}
