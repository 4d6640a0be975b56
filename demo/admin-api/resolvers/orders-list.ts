// Which orders a token may see, and how they are searched.
import type { Order } from "../../store/types.ts";
import type { AdminContext, Arguments } from "../context.ts";
import { searchItems, type SearchFields } from "../search.ts";
import { displayFinancialStatus, displayFulfillmentStatus } from "./order-state.ts";
import { sortItems } from "./sorting.ts";

const SIXTY_DAYS = 60 * 86_400_000;

/** Without read_all_orders an app sees the last 60 days; an order becomes readable a moment after the thank-you page. */
export function isReadable(order: Order, context: AdminContext): boolean {
  const now = context.clock.now();
  if (new Date(order.readableAt) > now) return false;
  if (context.scopes.has("read_all_orders")) return true;
  return new Date(order.createdAt).getTime() >= now.getTime() - SIXTY_DAYS;
}

const STATUS = (order: Order) => [
  "any",
  order.cancelledAt ? "cancelled" : order.closedAt ? "closed" : "open",
  ...(order.cancelledAt ? [] : ["not_closed"]),
];

const SEARCH: SearchFields<Order> = {
  default: (order) => [order.name, order.email],
  id: (order) => order.id,
  name: (order) => [order.name, order.name.replace("#", "")],
  email: (order) => order.email,
  customer_id: (order) => order.customerId,
  confirmation_number: (order) => order.confirmationNumber,
  checkout_token: (order) => order.checkoutToken,
  status: STATUS,
  financial_status: displayFinancialStatus,
  fulfillment_status: displayFulfillmentStatus,
  discount_code: (order) => order.discounts.map((discount) => discount.code),
  sku: (order) => order.lines.map((line) => line.sku),
  tag: (order) => order.tags,
  test: (order) => order.test,
  created_at: (order) => order.createdAt,
  processed_at: (order) => order.createdAt,
  updated_at: (order) => order.updatedAt,
};

export function readableOrders(orders: Order[], args: Arguments, context: AdminContext): Order[] {
  const readable = orders.filter((order) => isReadable(order, context));
  const found = searchItems(readable, args.query, SEARCH, "Order", context);
  return sortItems(found, args.sortKey ?? "PROCESSED_AT", "Order", context, {
    ID: (order) => order.id,
    CREATED_AT: (order) => order.createdAt,
    PROCESSED_AT: (order) => order.createdAt,
    UPDATED_AT: (order) => order.updatedAt,
    ORDER_NUMBER: (order) => order.number,
    TOTAL_PRICE: (order) => order.total,
    RELEVANCE: () => 0,
  });
}
