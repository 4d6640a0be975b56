// Fulfilments and their parcels. Scans come from the carrier's plan or by hand from the control panel.
import { knownOrder, touchOrder } from "./orders.ts";
import { DEFAULT_CARRIER, furtherTracking, planParcel, SCAN_MESSAGES, type ParcelPlan } from "./shipping.ts";
import { newId, type StoreState } from "./state.ts";
import type { Store } from "./store.ts";
import type { Fulfillment, FulfillmentEvent, Order, PlannedScan, ShipmentStatus, Tracking } from "./types.ts";

const ENDED: ShipmentStatus[] = ["DELIVERED", "FAILURE"];

export function fulfil(
  state: StoreState,
  orderId: number,
  input: Parameters<Store["fulfil"]>[1] = {},
): Fulfillment {
  const order = knownOrder(state, orderId);
  if (order.cancelledAt) throw new Error(`Order ${order.name} was cancelled.`);
  const open = order.lines
    .map((line) => ({ line, left: line.quantity - line.fulfilled - line.removed }))
    .filter((entry) => entry.left > 0);
  const chosen = open.flatMap(({ line, left }) => {
    const wanted = input.lines ? input.lines.find((entry) => entry.lineItemId === line.id)?.quantity : left;
    return wanted ? [{ line, quantity: Math.min(wanted, left) }] : [];
  });
  if (chosen.length === 0) throw new Error(`Nothing is left to fulfil in order ${order.name}.`);
  for (const { line, quantity } of chosen) line.fulfilled += quantity;

  const now = state.clock.now();
  const plan = isSent(order) ? planFor(state, order, now, input.carrier) : NOT_SENT;
  const fulfillment: Fulfillment = {
    id: newId(state),
    orderId,
    name: `${order.name}.${order.fulfillments.length + 1}`,
    status: "SUCCESS",
    lines: chosen.map(({ line, quantity }) => ({ lineItemId: line.id, quantity })),
    carrier: plan.carrier,
    trackingNumber: plan.trackingNumber,
    trackingUrl: plan.trackingUrl,
    ...furtherBoxes(plan, input.boxes ?? 1),
    shipmentStatus: null,
    estimatedDeliveryAt: plan.estimatedDeliveryAt,
    inTransitAt: null,
    deliveredAt: null,
    events: [],
    planned: plan.scans,
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
  };
  order.fulfillments.push(fulfillment);
  state.orderOfFulfillment.set(fulfillment.id, order);
  if (plan.scans.length > 0) state.moving.add(order);
  state.emit({ topic: "fulfillments/create", order, fulfillment });
  const complete = order.lines.every((line) => line.fulfilled + line.removed >= line.quantity);
  state.emit({ topic: complete ? "orders/fulfilled" : "orders/partially_fulfilled", order });
  touchOrder(state, order);
  return fulfillment;
}

/** Neither fetched in the shop nor handed over at its till. */
function isSent(order: Order): boolean {
  return !order.pickup && order.shippingAddress !== null;
}

const NOT_SENT: ParcelPlan = {
  carrier: "",
  trackingNumber: "",
  trackingUrl: "",
  estimatedDeliveryAt: null,
  scans: [],
};

function planFor(state: StoreState, order: Order, now: Date, chosen: string | undefined): ParcelPlan {
  const carrier = chosen ?? (order.shippingMethod === "Express" ? "swift" : DEFAULT_CARRIER);
  return planParcel(carrier, now, state.shop.countryCode, order.shippingAddress, Math.random);
}

function furtherBoxes(plan: ParcelPlan, boxes: number): Pick<Fulfillment, "moreTracking"> {
  if (plan === NOT_SENT || boxes < 2) return {};
  const more = Array.from({ length: boxes - 1 }, () => furtherTracking(plan.carrier, Math.random));
  return { moreTracking: more };
}

/** Every number that the fulfilment has, the first box's first. */
export function trackingsOf({ trackingNumber, trackingUrl, moreTracking = [] }: Fulfillment): Tracking[] {
  return trackingNumber ? [{ number: trackingNumber, url: trackingUrl }, ...moreTracking] : [];
}

export function findFulfillment(
  state: StoreState,
  id: number,
): { order: Order; fulfillment: Fulfillment } | undefined {
  const order = state.orderOfFulfillment.get(id);
  const fulfillment = order?.fulfillments.find((entry) => entry.id === id);
  return order && fulfillment ? { order, fulfillment } : undefined;
}

/** Makes the scans that are due, oldest first over all parcels. */
export function moveParcels(state: StoreState, now: Date): number {
  const due = [...state.moving]
    .flatMap((order) =>
      order.fulfillments.flatMap((fulfillment) =>
        fulfillment.planned
          .filter((scan) => new Date(scan.at) <= now)
          .map((scan) => ({ order, fulfillment, scan })),
      ),
    )
    .toSorted((a, b) => a.scan.at.localeCompare(b.scan.at));
  for (const { order, fulfillment, scan } of due) {
    fulfillment.planned = fulfillment.planned.filter((planned) => planned !== scan);
    recordScan(state, order, fulfillment, scan);
  }
  return due.length;
}

export function moveToNextScan(state: StoreState, fulfillmentId: number): FulfillmentEvent | undefined {
  const known = knownFulfillment(state, fulfillmentId);
  const scan = known.fulfillment.planned.shift();
  if (!scan) return undefined;
  return recordScan(state, known.order, known.fulfillment, { ...scan, at: state.clock.iso() });
}

/** The carrier makes no more scans: the parcel stands still. */
export function stopParcel(state: StoreState, fulfillmentId: number): Fulfillment {
  const { order, fulfillment } = knownFulfillment(state, fulfillmentId);
  fulfillment.planned = [];
  state.orders.put(order);
  state.changed();
  return fulfillment;
}

export function setParcelStatus(
  state: StoreState,
  fulfillmentId: number,
  status: ShipmentStatus,
  message?: string,
): FulfillmentEvent {
  const { order, fulfillment } = knownFulfillment(state, fulfillmentId);
  if (ENDED.includes(status)) fulfillment.planned = [];
  return recordScan(state, order, fulfillment, {
    status,
    at: state.clock.iso(),
    message: message ?? SCAN_MESSAGES[status],
    city: order.shippingAddress?.city ?? null,
  });
}

function knownFulfillment(state: StoreState, id: number): { order: Order; fulfillment: Fulfillment } {
  const known = findFulfillment(state, id);
  if (!known) throw new Error(`There is no fulfillment ${id}.`);
  return known;
}

function recordScan(
  state: StoreState,
  order: Order,
  fulfillment: Fulfillment,
  scan: PlannedScan,
): FulfillmentEvent {
  const event: FulfillmentEvent = {
    id: newId(state),
    status: scan.status,
    message: scan.message,
    happenedAt: scan.at,
    estimatedDeliveryAt: fulfillment.estimatedDeliveryAt,
    city: scan.city,
    countryCode: scan.city === null ? state.shop.countryCode : (order.shippingAddress?.countryCode ?? null),
  };
  fulfillment.events.push(event);
  fulfillment.shipmentStatus = scan.status;
  if (scan.status === "IN_TRANSIT") fulfillment.inTransitAt ??= scan.at;
  if (scan.status === "DELIVERED") fulfillment.deliveredAt = scan.at;
  fulfillment.updatedAt = state.clock.iso();
  if (order.fulfillments.every((entry) => entry.planned.length === 0)) state.moving.delete(order);
  state.emit({ topic: "fulfillment_events/create", order, fulfillment, event });
  state.emit({ topic: "fulfillments/update", order, fulfillment });
  state.orders.put(order);
  state.changed();
  return event;
}
