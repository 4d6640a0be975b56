// Orders that are fetched in the shop. Shopify tells of them twice: when the goods are ready (a fulfillment order), and
// when they were fetched (a fulfilment without tracking).
import { knownOrder, touchOrder } from "./orders.ts";
import type { StoreState } from "./state.ts";
import type { Order } from "./types.ts";

export function makeReady(state: StoreState, orderId: number): Order {
  const order = knownOrder(state, orderId);
  const { pickup } = order;
  if (!pickup) throw new Error(`Order ${order.name} is not fetched in the shop.`);
  if (pickup.readyAt) throw new Error(`Order ${order.name} is ready already.`);
  if (order.cancelledAt || order.fulfillments.length > 0) throw new Error(`Order ${order.name} is done.`);
  pickup.readyAt = state.clock.iso();
  state.emit({ topic: "fulfillment_orders/line_items_prepared_for_pickup", order, pickup });
  touchOrder(state, order);
  return order;
}

export function orderOfPickup(state: StoreState, fulfillmentOrderId: number): Order | undefined {
  return state.orders.all().find(({ pickup }) => pickup?.fulfillmentOrderId === fulfillmentOrderId);
}
