import { customerByGid, personKeyOf } from "#app/customers/customers.server";
import type { ShopId, Tx } from "#app/db/tx";
import { memberOf } from "#app/loyalty/loyalty.server";
import { orderByGid, type OrderWithLines } from "#app/orders/orders.server";
import { exceptionById } from "#app/parcels/exceptions.server";
import { parcelById } from "#app/parcels/parcels.server";
import type { Traveller } from "./values.server";

/** From a fact with its ids to whom and what it is about. */

/** A fact as the queue carries it; which ids it has depends on the fact. */
export type Telling = {
  fact: string;
  orderGid?: string;
  refundGid?: string;
  parcelId?: string;
  exceptionId?: string;
  responseId?: string;
  caseId?: string;
  memberId?: string;
  customerGid?: string;
  variantGid?: string;
  /** Of a customer who has not ordered for so many days. */
  days?: number;
};

export type Moment = Omit<Traveller, "heard"> & {
  fact: string;
  /** Told twice, it is one. */
  occurrence: string;
  /** What "once per …" is counted by. */
  subject: string;
  /** When it happened (UTC); waits at the start of a journey count from here. */
  at: Date;
  /** The order it is about, as it was read. */
  order?: OrderWithLines;
  /** Whether it may start journeys: nothing from before the installation and no test order does. */
  starts: boolean;
};

/** @returns null where what it is about is gone, or not there yet */
export async function momentOf(tx: Tx, shopId: ShopId, telling: Telling, now: Date): Promise<Moment | null> {
  const { fact } = telling;
  if (telling.exceptionId) return exceptionMoment(tx, shopId, fact, telling.exceptionId, now);
  if (telling.parcelId) return parcelMoment(tx, shopId, fact, telling.parcelId, now);
  if (telling.responseId) return responseMoment(tx, shopId, fact, telling.responseId, now);
  if (telling.caseId) return caseMoment(tx, shopId, fact, telling.caseId, now);
  if (telling.memberId) return memberMoment(tx, shopId, fact, telling.memberId, now);
  if (telling.customerGid)
    return customerMoment(tx, shopId, { ...telling, customerGid: telling.customerGid }, now);
  const order = telling.orderGid ? await orderByGid(tx, shopId, telling.orderGid) : null;
  if (!order) return null;
  if (fact === "loyalty.joined") {
    const member = await memberOf(tx, shopId, { ...order, orderGid: order.gid });
    return member && { ...about(order, fact, now), subject: member.id, occurrence: `${fact}:${member.id}` };
  }
  if (!telling.refundGid) return about(order, fact, now);
  const { refundGid } = telling;
  return {
    ...about(order, fact, now),
    subject: refundGid,
    occurrence: `${fact}:${refundGid}`,
    about: { refundGid },
  };
}

/** What is about an order, and what it takes to start journeys. */
function about(order: OrderWithLines, fact: string, now: Date): Moment {
  const { gid: orderGid, customerGid } = order;
  return {
    fact,
    personKey: personKeyOf({ customerGid, orderGid }),
    customerGid,
    orderGid,
    order,
    parcelId: null,
    about: {},
    occurrence: `${fact}:${orderGid}`,
    subject: orderGid,
    at: now,
    starts: !order.test && !order.imported,
  };
}

async function parcelMoment(
  tx: Tx,
  shopId: ShopId,
  fact: string,
  parcelId: string,
  now: Date,
): Promise<Moment | null> {
  const parcel = await parcelById(tx, shopId, parcelId);
  const order = parcel && !parcel.cancelledAt ? await orderByGid(tx, shopId, parcel.orderGid) : null;
  if (!parcel || !order) return null;
  const at = (fact === "parcel.delivered" && parcel.deliveredAt) || now;
  return { ...about(order, fact, now), parcelId, subject: parcelId, occurrence: `${fact}:${parcelId}`, at };
}

async function exceptionMoment(
  tx: Tx,
  shopId: ShopId,
  fact: string,
  exceptionId: string,
  now: Date,
): Promise<Moment | null> {
  const exception = await exceptionById(tx, shopId, exceptionId);
  const order = exception && (await orderByGid(tx, shopId, exception.orderGid));
  if (!order) return null;
  return {
    ...about(order, fact, now),
    parcelId: exception.parcelId,
    about: { exceptionId },
    subject: exception.subject,
    occurrence: `${fact}:${exceptionId}`,
  };
}

async function responseMoment(
  tx: Tx,
  shopId: ShopId,
  fact: string,
  responseId: string,
  now: Date,
): Promise<Moment | null> {
  const response = await tx.surveyResponse.findUnique({ where: { shopId_id: { shopId, id: responseId } } });
  if (!response) return null;
  const order = response.orderGid ? await orderByGid(tx, shopId, response.orderGid) : null;
  const { customerGid } = response;
  if (!order && !customerGid) return null;
  const person = order ? about(order, fact, now) : ofCustomer(customerGid!, fact, now);
  return { ...person, about: { responseId }, subject: responseId, occurrence: `${fact}:${responseId}` };
}

async function caseMoment(
  tx: Tx,
  shopId: ShopId,
  fact: string,
  caseId: string,
  now: Date,
): Promise<Moment | null> {
  const found = await tx.case.findUnique({ where: { shopId_id: { shopId, id: caseId } } });
  if (!found || found.personKey === "redacted") return null;
  const order = found.orderGid ? await orderByGid(tx, shopId, found.orderGid) : null;
  const { customerGid } = found;
  if (!order && !customerGid) return null;
  const person = order ? about(order, fact, now) : ofCustomer(customerGid!, fact, now);
  // Opened again and solved again, it is another time.
  const occurrence = `${fact}:${caseId}:${found.heldSince.toISOString()}`;
  return { ...person, about: { caseId }, subject: caseId, occurrence };
}

async function memberMoment(
  tx: Tx,
  shopId: ShopId,
  fact: string,
  memberId: string,
  now: Date,
): Promise<Moment | null> {
  const member = await tx.loyaltyMember.findUnique({ where: { shopId_id: { shopId, id: memberId } } });
  if (!member?.customerGid || member.leftAt) return null;
  const newest = await tx.ledgerEntry.findFirst({
    where: { shopId, memberId, kind: "order", state: "approved" },
    orderBy: [{ approvedAt: "desc" }, { id: "desc" }],
    select: { id: true },
  });
  const occurrence = `${fact}:${memberId}:${newest?.id ?? ""}`;
  return { ...ofCustomer(member.customerGid, fact, now), subject: memberId, occurrence };
}

async function customerMoment(
  tx: Tx,
  shopId: ShopId,
  { fact, customerGid, orderGid, variantGid, days }: Telling & { customerGid: string },
  now: Date,
): Promise<Moment | null> {
  const customer = await customerByGid(tx, shopId, customerGid);
  if (!customer || customer.redactedAt) return null;
  const person = ofCustomer(customerGid, fact, now);
  if (variantGid) {
    const occurrence = `${fact}:${orderGid}:${variantGid}`;
    return { ...person, orderGid: orderGid ?? null, about: { variantGid }, subject: variantGid, occurrence };
  }
  const since =
    days === undefined ? String(now.getUTCFullYear()) : `${customer.lastOrderAt?.toISOString()}:${days}`;
  return { ...person, occurrence: `${fact}:${customerGid}:${since}` };
}

function ofCustomer(customerGid: string, fact: string, now: Date): Moment {
  return {
    fact,
    personKey: customerGid,
    customerGid,
    orderGid: null,
    parcelId: null,
    about: {},
    occurrence: `${fact}:${customerGid}`,
    subject: customerGid,
    at: now,
    starts: true,
  };
}
