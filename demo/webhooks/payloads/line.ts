// A line item as orders, fulfilments and refunds send it.
import { fulfillableQuantity, manualIndex } from "../../admin-api/resolvers/order-state.ts";
import { gid } from "../../store/ids.ts";
import type { LineItem, Minor, Order } from "../../store/types.ts";
import { decimal, moneySet } from "./values.ts";

export function linePayload(order: Order, line: LineItem, taxRate = 0) {
  const { currency } = order;
  const plain = line.variantTitle === "Default Title";
  return {
    id: line.id,
    admin_graphql_api_id: gid("LineItem", line.id),
    variant_id: line.variantId,
    title: line.title,
    quantity: line.quantity,
    sku: line.sku,
    variant_title: plain ? null : line.variantTitle,
    vendor: line.vendor,
    fulfillment_service: "manual",
    product_id: line.productId,
    requires_shipping: true,
    taxable: true,
    gift_card: false,
    name: plain ? line.title : `${line.title} - ${line.variantTitle}`,
    variant_inventory_management: "shopify",
    properties: [],
    product_exists: true,
    fulfillable_quantity: fulfillableQuantity(line),
    grams: line.grams,
    price: decimal(line.price, currency),
    total_discount: decimal(0, currency),
    fulfillment_status: fulfillableQuantity(line) === 0 && line.fulfilled > 0 ? "fulfilled" : null,
    price_set: moneySet(line.price, currency),
    total_discount_set: moneySet(0, currency),
    discount_allocations:
      line.discount === 0
        ? []
        : [
            {
              amount: decimal(line.discount, currency),
              amount_set: moneySet(line.discount, currency),
              discount_application_index: line.manualDiscount ? manualIndex(order, line) : 0,
            },
          ],
    duties: [],
    tax_lines: taxLines(line.tax, currency, taxRate),
  };
}

export function taxLines(amount: Minor, currency: string, rate: number) {
  if (amount === 0) return [];
  return [
    {
      title: "Sales tax",
      price: decimal(amount, currency),
      price_set: moneySet(amount, currency),
      rate,
      channel_liable: false,
    },
  ];
}
