// orderEditBegin, …AddVariant, …AddLineItemDiscount, …Commit. Shopify makes none of them idempotent, and neither do we.
import { gid, idOf } from "../../store/ids.ts";
import { editObstacle, outstandingOf } from "../../store/order-edits.ts";
import { lineTax } from "../../store/pricing.ts";
import type { Order } from "../../store/types.ts";
import { userError, type AdminContext, type Arguments } from "../context.ts";
import type { OrderEdit, StagedLine } from "../order-edits.ts";
import { isReadable } from "./orders-list.ts";
import { moneyBag } from "./values.ts";

const refuse = (field: string[], message: string) => ({
  userErrors: [userError("UserError", field, message)],
});

export function beginOrderEdit(_: unknown, args: Arguments, context: AdminContext) {
  const order = context.store.orderById(idOf("Order", args.id) ?? 0);
  const nothing = { calculatedOrder: null, orderEditSession: null };
  if (!order || !isReadable(order, context))
    return { ...nothing, ...refuse(["id"], "The order does not exist.") };
  const obstacle = editObstacle(order);
  if (obstacle) return { ...nothing, ...refuse(["id"], obstacle) };
  const edit = context.orderEdits.begin(context.store.newId(), order.id);
  return {
    calculatedOrder: calculatedOrder(edit, context),
    orderEditSession: { id: gid("OrderEditSession", edit.id) },
    userErrors: [],
  };
}

export function addVariantToEdit(_: unknown, args: Arguments, context: AdminContext) {
  const nothing = { calculatedLineItem: null, calculatedOrder: null, orderEditSession: null };
  const { edit, order } = openEdit(args, context);
  if (!edit || !order) return { ...nothing, ...refuse(["id"], "The calculated order does not exist.") };
  const variantId = idOf("ProductVariant", args.variantId) ?? 0;
  if (!context.store.variant(variantId)) {
    return { ...nothing, ...refuse(["variantId"], "The variant does not exist.") };
  }
  const known = order.lines.some((line) => line.variantId === variantId && line.quantity > line.removed);
  if (known && args.allowDuplicates !== true) {
    return { ...nothing, ...refuse(["variantId"], "The variant is already in the order.") };
  }
  const line: StagedLine = { id: context.store.newId(), variantId, quantity: Number(args.quantity) };
  edit.staged.push(line);
  return { ...changed(edit, line, context), orderEditSession: { id: gid("OrderEditSession", edit.id) } };
}

export function discountEditLine(_: unknown, args: Arguments, context: AdminContext) {
  const nothing = { calculatedLineItem: null, calculatedOrder: null, addedDiscountStagedChange: null };
  const { edit } = openEdit(args, context);
  const line = edit?.staged.find((staged) => staged.id === idOf("CalculatedLineItem", args.lineItemId));
  if (!edit || !line) return { ...nothing, ...refuse(["lineItemId"], "The line item does not exist.") };
  const { percentValue, description } = args.discount as { percentValue?: number; description?: string };
  if (!percentValue || percentValue > 100) {
    return { ...nothing, ...refuse(["discount"], "The demo store models percentages from 1 to 100.") };
  }
  line.discount = { percent: percentValue, title: description ?? "" };
  return { ...nothing, ...changed(edit, line, context) };
}

export function commitOrderEdit(_: unknown, args: Arguments, context: AdminContext) {
  const { edit, order } = openEdit(args, context);
  if (!edit || !order) return { order: null, ...refuse(["id"], "The calculated order does not exist.") };
  const obstacle = editObstacle(order);
  if (obstacle) return { order: null, ...refuse(["id"], obstacle) };
  edit.committed = true;
  for (const { id: _id, ...addition } of edit.staged) context.store.addToOrder(order.id, addition);
  return { order, successMessages: ["Order updated"], userErrors: [] };
}

function openEdit(args: Arguments, context: AdminContext): { edit?: OrderEdit; order?: Order } {
  const edit = context.orderEdits.find(idOf("CalculatedOrder", args.id) ?? 0);
  if (!edit || edit.committed) return {};
  return { edit, order: context.store.orderById(edit.orderId) };
}

function changed(edit: OrderEdit, line: StagedLine, context: AdminContext) {
  return {
    calculatedLineItem: calculatedLine(line, context),
    calculatedOrder: calculatedOrder(edit, context),
    userErrors: [],
  };
}

function priced({ variantId, quantity, discount }: StagedLine, { store }: AdminContext) {
  const { product, variant } = store.variant(variantId)!;
  const unit = variant.price - Math.round((variant.price * (discount?.percent ?? 0)) / 100);
  const total = unit * quantity;
  return { product, variant, unit, total, tax: lineTax({ total }, store.shop().taxRate) };
}

function calculatedLine(line: StagedLine, context: AdminContext) {
  const { product, variant, unit } = priced(line, context);
  const { currency } = context.store.shop();
  return {
    id: gid("CalculatedLineItem", line.id),
    title: product.title,
    variantTitle: variant.title,
    sku: variant.sku,
    quantity: line.quantity,
    hasStagedLineItemDiscount: line.discount !== undefined,
    originalUnitPriceSet: moneyBag(variant.price, currency),
    discountedUnitPriceSet: moneyBag(unit, currency),
  };
}

function calculatedOrder(edit: OrderEdit, context: AdminContext) {
  const order = context.store.orderById(edit.orderId)!;
  const added = edit.staged.map((line) => priced(line, context));
  const more = added.reduce((sum, { total, tax }) => sum + total + tax, 0);
  return {
    id: gid("CalculatedOrder", edit.id),
    committed: edit.committed,
    originalOrder: order,
    totalOutstandingSet: moneyBag(outstandingOf(order) + more, order.currency),
    totalPriceSet: moneyBag(order.total + more, order.currency),
  };
}
