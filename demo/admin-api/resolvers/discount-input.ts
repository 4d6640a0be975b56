// discountCodeBasicCreate: Shopify's input turned into a discount of the store, with Shopify's user errors.
import { idOf } from "../../store/ids.ts";
import type { Discount } from "../../store/discount.ts";
import { unmodelled, userError, type AdminContext, type Arguments, type UserError } from "../context.ts";
import { isCodeTaken } from "./discounts.ts";
import { toMinor } from "./values.ts";

type ItemsInput = {
  all?: boolean;
  collections?: unknown;
  products?: { productsToAdd?: string[]; productVariantsToAdd?: string[] };
};

type BasicInput = {
  title?: string;
  code?: string;
  startsAt?: string;
  endsAt?: string | null;
  usageLimit?: number | null;
  appliesOncePerCustomer?: boolean;
  combinesWith?: Partial<Discount["combinesWith"]>;
  context?: { all?: string; customers?: { add?: string[] }; customerSegments?: unknown; markets?: unknown };
  customerSelection?: { all?: boolean; customers?: { add?: string[] }; customerSegments?: unknown };
  customerGets?: {
    items?: ItemsInput;
    value?: {
      percentage?: number;
      discountAmount?: { amount?: string; appliesOnEachItem?: boolean };
      discountOnQuantity?: unknown;
    };
  };
  minimumRequirement?: {
    subtotal?: { greaterThanOrEqualToSubtotal?: string };
    quantity?: { greaterThanOrEqualToQuantity?: string };
  };
};

export function createBasicDiscount(_: unknown, args: Arguments, context: AdminContext) {
  const input = args.basicCodeDiscount as BasicInput;
  refuseUnmodelled(input, context);
  const problems = checkInput(input, context);
  if (problems.length > 0) return { codeDiscountNode: null, userErrors: problems };
  return { codeDiscountNode: context.store.saveDiscount(discountFrom(input, context)), userErrors: [] };
}

function refuseUnmodelled(input: BasicInput, context: AdminContext): void {
  const name = "discountCodeBasicCreate with";
  if (input.customerGets?.items?.collections) throw unmodelled(context, `${name} collections`);
  if (input.customerGets?.value?.discountOnQuantity) throw unmodelled(context, `${name} discountOnQuantity`);
  const audience = input.context ?? input.customerSelection;
  if (audience?.customerSegments) throw unmodelled(context, `${name} customerSegments`);
  if (input.context?.markets) throw unmodelled(context, `${name} markets`);
}

function checkInput(input: BasicInput, context: AdminContext): UserError[] {
  const problems: UserError[] = [];
  const refuse = (field: string[], message: string, code: string) =>
    problems.push(userError("DiscountUserError", ["basicCodeDiscount", ...field], message, code));

  const code = input.code?.trim() ?? "";
  if (code === "") refuse(["code"], "Code can't be blank", "BLANK");
  else if (isCodeTaken(context, code)) {
    refuse(["code"], "Code must be unique. Please try a different code.", "TAKEN");
  }
  if (!input.title?.trim()) refuse(["title"], "Title can't be blank", "BLANK");
  if (!input.startsAt) refuse(["startsAt"], "Starts at can't be blank", "BLANK");
  if (input.startsAt && input.endsAt && new Date(input.endsAt) <= new Date(input.startsAt)) {
    refuse(["endsAt"], "Ends at needs to be after starts_at", "END_DATE_BEFORE_START_DATE");
  }
  const value = input.customerGets?.value;
  if (value?.percentage === undefined && value?.discountAmount === undefined) {
    refuse(["customerGets", "value"], "Value can't be blank", "BLANK");
  }
  if (value?.percentage !== undefined && (value.percentage <= 0 || value.percentage > 1)) {
    refuse(
      ["customerGets", "value", "percentage"],
      "Value must be between 0.0 and 1.0",
      "VALUE_OUTSIDE_RANGE",
    );
  }
  if (!input.context && !input.customerSelection) {
    refuse(["context"], "Context can't be blank", "BLANK");
  }
  const items = input.customerGets?.items;
  const chosen = [
    ...(items?.products?.productsToAdd ?? []),
    ...(items?.products?.productVariantsToAdd ?? []),
  ];
  if (!items?.all && chosen.length === 0) {
    refuse(["customerGets", "items"], "Items in 'customer get' cannot be blank", "BLANK");
  }
  const { subtotal, quantity } = input.minimumRequirement ?? {};
  if (subtotal && quantity) {
    refuse(
      ["minimumRequirement"],
      "Minimum subtotal and quantity cannot both be present",
      "MINIMUM_SUBTOTAL_AND_QUANTITY_RANGE_BOTH_PRESENT",
    );
  }
  if (input.usageLimit !== undefined && input.usageLimit !== null && input.usageLimit < 1) {
    refuse(["usageLimit"], "Usage limit must be greater than 0", "GREATER_THAN");
  }
  return problems;
}

function discountFrom(input: BasicInput, context: AdminContext): Discount {
  const { store } = context;
  const { currency } = store.shop();
  const { items, value } = input.customerGets ?? {};
  const now = context.clock.iso();
  const minimum = input.minimumRequirement;
  const minimumQuantity = minimum?.quantity?.greaterThanOrEqualToQuantity;
  return {
    id: store.newId(),
    title: input.title!,
    value:
      value?.percentage === undefined
        ? {
            kind: "fixed",
            amount: toMinor(value?.discountAmount?.amount ?? 0, currency) ?? 0,
            eachItem: value?.discountAmount?.appliesOnEachItem ?? false,
          }
        : { kind: "percentage", percent: Math.round(value.percentage * 1e6) / 1e4 },
    productIds: ids("Product", items?.products?.productsToAdd),
    variantIds: ids("ProductVariant", items?.products?.productVariantsToAdd),
    customerIds: ids("Customer", (input.context ?? input.customerSelection)?.customers?.add),
    minimumSubtotal: minimum?.subtotal
      ? (toMinor(minimum.subtotal.greaterThanOrEqualToSubtotal ?? 0, currency) ?? null)
      : null,
    minimumQuantity: minimumQuantity === undefined ? null : Number(minimumQuantity),
    usageLimit: input.usageLimit ?? null,
    oncePerCustomer: input.appliesOncePerCustomer ?? false,
    combinesWith: {
      orderDiscounts: input.combinesWith?.orderDiscounts ?? false,
      productDiscounts: input.combinesWith?.productDiscounts ?? false,
      shippingDiscounts: input.combinesWith?.shippingDiscounts ?? false,
    },
    startsAt: new Date(input.startsAt!).toISOString(),
    endsAt: input.endsAt ? new Date(input.endsAt).toISOString() : null,
    codes: [{ id: store.newId(), code: input.code!.trim(), used: 0 }],
    usedBy: [],
    createdAt: now,
    updatedAt: now,
  };
}

function ids(type: string, gids: string[] = []): number[] {
  return gids.flatMap((value) => idOf(type, value) ?? []);
}
