import { z } from "zod";
import { toMinor } from "#app/orders/money";
import type { RefundSnapshot } from "#app/orders/order";
import { amount, gid, gidOf, id, text, time } from "./fields";

export const RefundSchema = z.object({
  id,
  admin_graphql_api_id: text,
  order_id: id,
  created_at: time,
  refund_line_items: z
    .array(z.object({ id, line_item_id: id, quantity: z.int(), subtotal: amount.default("0") }))
    .default([]),
  transactions: z.array(z.object({ kind: z.string(), status: text, amount, currency: text })).default([]),
});

/** What went back to the buyer: the refund's money movements that did not fail. */
export function refundFrom(payload: z.output<typeof RefundSchema>, shopCurrency: string): RefundSnapshot {
  const paidBack = payload.transactions.filter(
    ({ kind, status }) => kind === "refund" && status !== "failure" && status !== "error",
  );
  const currency = paidBack[0]?.currency ?? shopCurrency;
  return {
    gid: gidOf("Refund", payload),
    amountMinor: paidBack.reduce((sum, transaction) => sum + toMinor(transaction.amount, currency), 0),
    currency,
    refundedAt: payload.created_at,
    lines: payload.refund_line_items.map((line) => ({
      gid: gid("RefundLineItem", line.id),
      lineItemGid: gid("LineItem", line.line_item_id),
      quantity: line.quantity,
      subtotalMinor: toMinor(line.subtotal, currency),
    })),
  };
}
