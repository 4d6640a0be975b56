// Fulfilments, tracking and refunds.
import { gid } from "../../store/ids.ts";
import type {
  Fulfillment,
  FulfillmentEvent,
  LineItem,
  Order,
  Pickup,
  Refund,
  RefundLine,
} from "../../store/types.ts";
import type { Fields } from "../context.ts";
import { trackingsOf } from "../../store/parcels.ts";
import { displayStatus } from "./order-state.ts";
import { lineSource } from "./orders.ts";
import { decimal, moneyBag } from "./values.ts";

type FulfillmentSource = Fulfillment & { order: Order };

export const fulfillmentType: Fields<FulfillmentSource> = {
  id: (fulfillment) => gid("Fulfillment", fulfillment.id),
  legacyResourceId: (fulfillment) => String(fulfillment.id),
  name: (fulfillment) => fulfillment.name,
  status: (fulfillment) => fulfillment.status,
  displayStatus: (fulfillment) => displayStatus(fulfillment),
  createdAt: (fulfillment) => fulfillment.createdAt,
  updatedAt: (fulfillment) => fulfillment.updatedAt,
  estimatedDeliveryAt: (fulfillment) => fulfillment.estimatedDeliveryAt,
  inTransitAt: (fulfillment) => fulfillment.inTransitAt,
  deliveredAt: (fulfillment) => fulfillment.deliveredAt,
  requiresShipping: () => true,
  totalQuantity: (fulfillment) => fulfillment.lines.reduce((total, line) => total + line.quantity, 0),
  trackingInfo: (fulfillment, args) =>
    trackingsOf(fulfillment)
      .slice(0, Number(args.first ?? Infinity))
      .map(({ number, url }) => ({ company: fulfillment.carrier, number, url })),
  order: (fulfillment) => fulfillment.order,
  events: (fulfillment) => fulfillment.events,
  fulfillmentLineItems: (fulfillment) =>
    fulfillment.lines.map((line) => ({ ...line, fulfillment, id: line.lineItemId })),
};

/** Only of what is fetched in the shop: the demo store plans nothing else. */
export const fulfillmentOrderType: Fields<Order & { pickup: Pickup }> = {
  id: ({ pickup }) => gid("FulfillmentOrder", pickup.fulfillmentOrderId),
  orderId: (order) => gid("Order", order.id),
  orderName: (order) => order.name,
  order: (order) => order,
  createdAt: (order) => order.createdAt,
  updatedAt: (order) => order.updatedAt,
  status: (order) => (order.cancelledAt ? "CANCELLED" : order.fulfillments.length > 0 ? "CLOSED" : "OPEN"),
  deliveryMethod: (order) => order,
};

export const deliveryMethodType: Fields<Order & { pickup: Pickup }> = {
  id: ({ pickup }) => gid("DeliveryMethod", pickup.fulfillmentOrderId),
  methodType: () => "PICK_UP",
  presentedName: (order) => order.shippingMethod,
};

export const fulfillmentEventType: Fields<FulfillmentEvent> = {
  id: (event) => gid("FulfillmentEvent", event.id),
  status: (event) => event.status,
  message: (event) => event.message,
  happenedAt: (event) => event.happenedAt,
  createdAt: (event) => event.happenedAt,
  estimatedDeliveryAt: (event) => event.estimatedDeliveryAt,
  city: (event) => event.city,
  country: (event) => event.countryCode,
  province: () => null,
  zip: () => null,
  address1: () => null,
  latitude: () => null,
  longitude: () => null,
};

type FulfillmentLineSource = { lineItemId: number; quantity: number; fulfillment: FulfillmentSource };

const lineOf = ({ fulfillment, lineItemId }: FulfillmentLineSource) =>
  fulfillment.order.lines.find((line) => line.id === lineItemId)!;

export const fulfillmentLineItemType: Fields<FulfillmentLineSource> = {
  id: (entry) => gid("FulfillmentLineItem", entry.lineItemId),
  quantity: (entry) => entry.quantity,
  lineItem: (entry) => lineSource(entry.fulfillment.order, lineOf(entry)),
  originalTotalSet: (entry) =>
    moneyBag(lineOf(entry).price * entry.quantity, entry.fulfillment.order.currency),
};

type RefundSource = Refund & { order: Order };

export const refundType: Fields<RefundSource> = {
  id: (refund) => gid("Refund", refund.id),
  legacyResourceId: (refund) => String(refund.id),
  note: (refund) => refund.note,
  createdAt: (refund) => refund.createdAt,
  processedAt: (refund) => refund.createdAt,
  updatedAt: (refund) => refund.createdAt,
  order: (refund) => refund.order,
  totalRefundedSet: (refund) => moneyBag(refund.amount, refund.order.currency),
  return: () => null,
  refundLineItems: (refund) => refund.lines.map((line) => ({ ...line, refund })),
  refundShippingLines: (refund) =>
    refund.shipping === 0
      ? []
      : [
          {
            id: gid("RefundShippingLine", refund.id),
            subtotalAmountSet: moneyBag(refund.shipping, refund.order.currency),
            taxAmountSet: moneyBag(0, refund.order.currency),
          },
        ],
  transactions: (refund) => [
    {
      id: gid("OrderTransaction", refund.transactionId),
      kind: "REFUND",
      status: "SUCCESS",
      gateway: refund.order.gateway,
      amountSet: moneyBag(refund.amount, refund.order.currency),
      processedAt: refund.createdAt,
      createdAt: refund.createdAt,
    },
  ],
};

type RefundLineSource = RefundLine & { refund: RefundSource };

const refundedLine = ({ refund, lineItemId }: RefundLineSource): LineItem =>
  refund.order.lines.find((line) => line.id === lineItemId)!;

export const refundLineItemType: Fields<RefundLineSource> = {
  id: (entry) => gid("RefundLineItem", entry.id),
  quantity: (entry) => entry.quantity,
  restocked: (entry) => entry.restock,
  restockType: (entry) => (entry.restock ? "RETURN" : "NO_RESTOCK"),
  lineItem: (entry) => lineSource(entry.refund.order, refundedLine(entry)),
  price: (entry) => decimal(refundedLine(entry).price, entry.refund.order.currency),
  priceSet: (entry) => moneyBag(refundedLine(entry).price, entry.refund.order.currency),
  subtotalSet: (entry) => moneyBag(entry.subtotal, entry.refund.order.currency),
  totalTaxSet: (entry) => moneyBag(entry.tax, entry.refund.order.currency),
};
