// What was paid for an order, and when.
import { gid } from "../../store/ids.ts";
import { outstandingOf } from "../../store/order-edits.ts";
import type { Order } from "../../store/types.ts";
import { moneyBag } from "./values.ts";

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

/** What was paid with the order itself. */
export function paidAtOnce(order: Order): number {
  return order.total - outstandingOf(order) - sum((order.payments ?? []).map(({ amount }) => amount));
}

export function transactionsOf(order: Order) {
  const transaction = (id: number, kind: string, amount: number, at: string) => ({
    id: gid("OrderTransaction", id),
    kind,
    status: "SUCCESS",
    gateway: order.gateway,
    formattedGateway: order.gateway.replaceAll("_", " "),
    test: order.test,
    amountSet: moneyBag(amount, order.currency),
    createdAt: at,
    processedAt: at,
    errorCode: null,
  });
  return [
    transaction(order.transactionId, "SALE", paidAtOnce(order), order.createdAt),
    ...(order.payments ?? []).map(({ id, amount, createdAt }) => transaction(id, "SALE", amount, createdAt)),
    ...order.refunds.map((refund) =>
      transaction(refund.transactionId, "REFUND", refund.amount, refund.createdAt),
    ),
  ];
}
