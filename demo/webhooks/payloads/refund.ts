// refunds/create.
import { STAFF_USER } from "../../oauth/issuer.ts";
import { gid } from "../../store/ids.ts";
import type { Order, Refund } from "../../store/types.ts";
import { linePayload } from "./line.ts";
import { decimal, moneySet } from "./values.ts";

export function refundPayload(order: Order, refund: Refund) {
  const { currency } = order;
  return {
    id: refund.id,
    admin_graphql_api_id: gid("Refund", refund.id),
    order_id: order.id,
    created_at: refund.createdAt,
    processed_at: refund.createdAt,
    note: refund.note,
    user_id: STAFF_USER.id,
    duties: [],
    total_duties_set: moneySet(0, currency),
    return: null,
    restock: refund.lines.some((line) => line.restock),
    order_adjustments: [],
    refund_shipping_lines: [],
    refund_line_items: refund.lines.map((line) => ({
      id: line.id,
      quantity: line.quantity,
      line_item_id: line.lineItemId,
      location_id: null,
      restock_type: line.restock ? "return" : "no_restock",
      subtotal: line.subtotal / 100, // numbers here, strings everywhere else: so it is at Shopify
      total_tax: line.tax / 100,
      subtotal_set: moneySet(line.subtotal, currency),
      total_tax_set: moneySet(line.tax, currency),
      line_item: linePayload(
        order,
        order.lines.find((item) => item.id === line.lineItemId)!,
      ),
    })),
    transactions: [
      {
        id: refund.transactionId,
        admin_graphql_api_id: gid("OrderTransaction", refund.transactionId),
        order_id: order.id,
        kind: "refund",
        gateway: order.gateway,
        status: "success",
        message: null,
        created_at: refund.createdAt,
        test: order.test,
        authorization: null,
        location_id: null,
        user_id: null,
        parent_id: order.transactionId,
        processed_at: refund.createdAt,
        device_id: null,
        error_code: null,
        source_name: order.sourceName,
        receipt: {},
        amount: decimal(refund.amount, currency),
        currency,
        payment_id: `${order.name}.${refund.id}`,
        total_unsettled_set: {
          presentment_money: { amount: decimal(0, currency), currency },
          shop_money: { amount: decimal(0, currency), currency },
        },
        manual_payment_gateway: order.gateway === "manual",
        amount_rounding: null,
        payments_refund_attributes: { status: "success", acquirer_reference_number: "" },
      },
    ],
  };
}
