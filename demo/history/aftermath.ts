// What happened to a past order afterwards: shipped, scanned, delivered late or in time, returned, cancelled.
// Scans that lie after the anchor stay planned, so that the newest parcels are still on their way.
import { planParcel } from "../store/shipping.ts";
import { newId, type StoreState } from "../store/state.ts";
import type { Fulfillment, Order } from "../store/types.ts";
import type { Random } from "./random.ts";

const HOUR = 3_600_000;

export function addAftermath(state: StoreState, order: Order, random: Random, anchor: Date): void {
  if (random.chance(0.02)) return cancelPast(state, order, random, anchor);
  const placed = new Date(order.createdAt).getTime();
  const shippedAt = new Date(placed + random.between(6, 40) * HOUR);
  if (shippedAt > anchor) return;
  const parcel = shipPast(state, order, random, shippedAt, anchor);
  if (parcel.deliveredAt && random.chance(0.05)) {
    returnPast(state, order, random, new Date(parcel.deliveredAt), anchor);
  }
}

function shipPast(state: StoreState, order: Order, random: Random, at: Date, anchor: Date): Fulfillment {
  const carrier =
    order.shippingMethod === "Express"
      ? "swift"
      : random.weighted(["postway", "greenline", "letterbox"], (id) => (id === "postway" ? 6 : 2));
  const plan = planParcel(carrier, at, state.shop.countryCode, order.shippingAddress, random.next);
  const done = plan.scans.filter((scan) => new Date(scan.at) <= anchor);
  for (const line of order.lines) line.fulfilled = line.quantity;
  const fulfillment: Fulfillment = {
    id: newId(state),
    orderId: order.id,
    name: `${order.name}.1`,
    status: "SUCCESS",
    lines: order.lines.map((line) => ({ lineItemId: line.id, quantity: line.quantity })),
    carrier: plan.carrier,
    trackingNumber: plan.trackingNumber,
    trackingUrl: plan.trackingUrl,
    shipmentStatus: done.at(-1)?.status ?? null,
    estimatedDeliveryAt: plan.estimatedDeliveryAt,
    inTransitAt: done.find((scan) => scan.status === "IN_TRANSIT")?.at ?? null,
    deliveredAt: done.find((scan) => scan.status === "DELIVERED")?.at ?? null,
    events: done.map((scan) => ({
      id: newId(state),
      status: scan.status,
      message: scan.message,
      happenedAt: scan.at,
      estimatedDeliveryAt: plan.estimatedDeliveryAt,
      city: scan.city,
      countryCode: scan.city === null ? state.shop.countryCode : (order.shippingAddress?.countryCode ?? null),
    })),
    planned: plan.scans.slice(done.length),
    createdAt: at.toISOString(),
    updatedAt: done.at(-1)?.at ?? at.toISOString(),
  };
  order.fulfillments.push(fulfillment);
  order.updatedAt = fulfillment.updatedAt;
  return fulfillment;
}

function returnPast(state: StoreState, order: Order, random: Random, delivered: Date, anchor: Date): void {
  const at = new Date(delivered.getTime() + random.between(48, 400) * HOUR);
  if (at > anchor) return;
  const line = random.pick(order.lines);
  refundLines(state, order, [line], 0, at.toISOString(), "Return");
}

function cancelPast(state: StoreState, order: Order, random: Random, anchor: Date): void {
  const at = new Date(new Date(order.createdAt).getTime() + random.between(0.2, 5) * HOUR);
  if (at > anchor) return;
  order.cancelledAt = at.toISOString();
  order.closedAt = order.cancelledAt;
  order.cancelReason = random.chance(0.8) ? "CUSTOMER" : "INVENTORY";
  refundLines(state, order, order.lines, order.shippingPrice, order.cancelledAt, "Cancelled");
}

function refundLines(
  state: StoreState,
  order: Order,
  lines: Order["lines"],
  shipping: number,
  at: string,
  note: string,
): void {
  const refunded = lines.map((line) => ({
    id: newId(state),
    lineItemId: line.id,
    quantity: line.quantity,
    restock: true,
    subtotal: line.price * line.quantity - line.discount,
    tax: line.tax,
  }));
  for (const line of lines) line.removed = line.quantity;
  order.refunds.push({
    id: newId(state),
    transactionId: newId(state),
    orderId: order.id,
    note,
    lines: refunded,
    shipping,
    amount: refunded.reduce((total, line) => total + line.subtotal + line.tax, shipping),
    createdAt: at,
  });
  order.updatedAt = at;
}
