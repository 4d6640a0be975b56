import { z } from "zod";
import { currencyExponent, toMinor } from "#app/orders/money";
import type { RefundSnapshot } from "#app/orders/order";
import { amount, gid, gidOf, id, text, time, twoMoneys } from "./fields";

const twoOrNone = twoMoneys.nullish();

export const RefundSchema = z.object({
  id,
  admin_graphql_api_id: text,
  order_id: id,
  created_at: time,
  refund_line_items: z
    .array(
      z.object({
        id,
        line_item_id: id,
        quantity: z.int(),
        subtotal: amount.default("0"),
        subtotal_set: twoOrNone,
        total_tax_set: twoOrNone,
      }),
    )
    .default([]),
  order_adjustments: z.array(z.object({ amount_set: twoOrNone, tax_amount_set: twoOrNone })).default([]),
  transactions: z.array(z.object({ kind: z.string(), status: text, amount, currency: text })).default([]),
});

type RefundPayload = z.output<typeof RefundSchema>;
type TwoMoneys = z.output<typeof twoMoneys>;

/**
 * What went back to the buyer: the refund's money movements that did not fail. They are told in the money it was paid with; we keep the
 * shop's, by the rate at which the refund itself tells both (where it names no amounts: the order's, `orderTotal`).
 */
export function refundFrom(
  payload: RefundPayload,
  shopCurrency: string,
  orderTotal?: TwoMoneys | null,
): RefundSnapshot {
  const paidBack = payload.transactions.filter(
    ({ kind, status }) => kind === "refund" && status !== "failure" && status !== "error",
  );
  const inShopMoney = (decimal: string, currency: string | null) => {
    if (!currency || currency === shopCurrency) return toMinor(decimal, shopCurrency);
    const rate = rateOf([...amountsOf(payload), orderTotal], currency);
    return Math.round(Number(decimal) * rate * 10 ** currencyExponent(shopCurrency));
  };
  return {
    gid: gidOf("Refund", payload),
    amountMinor: paidBack.reduce((sum, { amount, currency }) => sum + inShopMoney(amount, currency), 0),
    currency: shopCurrency,
    refundedAt: payload.created_at,
    lines: payload.refund_line_items.map((line) => ({
      gid: gid("RefundLineItem", line.id),
      lineItemGid: gid("LineItem", line.line_item_id),
      quantity: line.quantity,
      subtotalMinor: toMinor(line.subtotal_set?.shop_money.amount ?? line.subtotal, shopCurrency),
    })),
  };
}

function amountsOf({ refund_line_items, order_adjustments }: RefundPayload) {
  return [
    ...refund_line_items.flatMap((line) => [line.subtotal_set, line.total_tax_set]),
    ...order_adjustments.flatMap((adjustment) => [adjustment.amount_set, adjustment.tax_amount_set]),
  ];
}

/** Shop money per unit of `currency`; 0 where nothing is told in both: the order's own telling will correct it. */
function rateOf(told: (TwoMoneys | null | undefined)[], currency: string): number {
  let shop = 0;
  let presented = 0;
  for (const amounts of told) {
    if (amounts?.presentment_money?.currency_code !== currency) continue;
    shop += Math.abs(Number(amounts.shop_money.amount));
    presented += Math.abs(Number(amounts.presentment_money.amount));
  }
  return presented > 0 ? shop / presented : 0;
}
