// Discount codes: basic discounts with one or many redeem codes.
import { gid, idOf } from "../../store/ids.ts";
import { discountClass, sameCode } from "../../store/pricing.ts";
import type { Discount, RedeemCode } from "../../store/discount.ts";
import type { CodeImport } from "../code-imports.ts";
import { as, userError, type AdminContext, type Arguments, type Fields } from "../context.ts";
import { withProduct } from "./products.ts";
import { count, moneyV2 } from "./values.ts";

export const discountNodeType: Fields<Discount> = {
  id: (discount) => gid("DiscountCodeNode", discount.id),
  codeDiscount: (discount) => as("DiscountCodeBasic", discount),
};

export const discountBasicType: Fields<Discount> = {
  title: (discount) => discount.title,
  status: (discount, _, context) => statusOf(discount, context),
  startsAt: (discount) => discount.startsAt,
  endsAt: (discount) => discount.endsAt,
  createdAt: (discount) => discount.createdAt,
  updatedAt: (discount) => discount.updatedAt,
  usageLimit: (discount) => discount.usageLimit,
  asyncUsageCount: (discount) => usageOf(discount),
  appliesOncePerCustomer: (discount) => discount.oncePerCustomer,
  combinesWith: (discount) => discount.combinesWith,
  discountClass: (discount) => discountClass(discount),
  discountClasses: (discount) => [discountClass(discount)],
  codes: (discount) => discount.codes,
  codesCount: (discount) => count(discount.codes.length),
  summary: (discount) => summaryOf(discount),
  shortSummary: (discount) => summaryOf(discount),
  tags: () => [],
  recurringCycleLimit: () => null,
  hasTimelineComment: () => false,
  context: (discount) =>
    discount.customerIds.length === 0
      ? as("DiscountBuyerSelectionAll", { all: "ALL" })
      : as("DiscountCustomers", discount),
  customerGets: (discount) => discount,
  minimumRequirement: (discount, _, context) => minimumOf(discount, context),
};

function statusOf(discount: Discount, context: AdminContext): string {
  const now = context.clock.iso();
  if (discount.startsAt > now) return "SCHEDULED";
  return discount.endsAt !== null && discount.endsAt <= now ? "EXPIRED" : "ACTIVE";
}

function usageOf(discount: Discount): number {
  return discount.codes.reduce((total, code) => total + code.used, 0);
}

function summaryOf({ value }: Discount): string {
  return value.kind === "percentage" ? `${value.percent}% off` : "A fixed amount off";
}

function minimumOf(discount: Discount, context: AdminContext) {
  if (discount.minimumSubtotal !== null) {
    const money = moneyV2(discount.minimumSubtotal, context.store.shop().currency);
    return as("DiscountMinimumSubtotal", { greaterThanOrEqualToSubtotal: money });
  }
  if (discount.minimumQuantity === null) return null;
  return as("DiscountMinimumQuantity", {
    greaterThanOrEqualToQuantity: String(discount.minimumQuantity),
  });
}

export const discountCustomersType: Fields<Discount> = {
  customers: (discount, _, context) => discount.customerIds.flatMap((id) => context.store.customer(id) ?? []),
};

export const customerGetsType: Fields<Discount> = {
  appliesOnOneTimePurchase: () => true,
  appliesOnSubscription: () => false,
  items: (discount) =>
    discountClass(discount) === "ORDER"
      ? as("AllDiscountItems", { allItems: true })
      : as("DiscountProducts", discount),
  value: ({ value }, _, context) =>
    value.kind === "percentage"
      ? as("DiscountPercentage", { percentage: value.percent / 100 })
      : as("DiscountAmount", {
          amount: moneyV2(value.amount, context.store.shop().currency),
          appliesOnEachItem: value.eachItem,
        }),
};

export const discountProductsType: Fields<Discount> = {
  products: (discount, _, context) => discount.productIds.flatMap((id) => context.store.product(id) ?? []),
  productVariants: (discount, _, context) =>
    discount.variantIds.flatMap((id) => {
      const known = context.store.variant(id);
      return known ? [withProduct(known.product, known.variant)] : [];
    }),
};

export const redeemCodeType: Fields<RedeemCode> = {
  id: (code) => gid("DiscountRedeemCode", code.id),
  code: (code) => code.code,
  asyncUsageCount: (code) => code.used,
};

export const codeImportType: Fields<CodeImport> = {
  id: (entry) => gid("DiscountRedeemCodeBulkCreation", entry.id),
  done: (entry) => entry.done,
  createdAt: (entry) => entry.createdAt,
  codesCount: (entry) => entry.codes.length,
  importedCount: (entry) => entry.codes.filter((code) => code.redeemCodeId !== null).length,
  failedCount: (entry) => entry.codes.filter((code) => code.error !== null).length,
  discountCode: (entry, _, context) => context.store.discount(entry.discountId) ?? null,
  codes: (entry) =>
    entry.codes.map((code) => ({
      code: code.code,
      discountRedeemCode:
        code.redeemCodeId === null ? null : { id: code.redeemCodeId, code: code.code, used: 0 },
      errors: code.error === null ? [] : [userError("DiscountUserError", ["codes"], code.error, "TAKEN")],
    })),
};

export function findDiscountByCode(_: unknown, args: Arguments, context: AdminContext): Discount | null {
  return context.store.discountByCode(String(args.code)) ?? null;
}

export function addRedeemCodes(_: unknown, args: Arguments, context: AdminContext) {
  const discount = context.store.discount(idOf("DiscountCodeNode", args.discountId) ?? 0);
  const refuse = (field: string[], message: string, code: string) => ({
    bulkCreation: null,
    userErrors: [userError("DiscountUserError", field, message, code)],
  });
  if (!discount) return refuse(["discountId"], "Code discount does not exist.", "INVALID");
  const codes = (args.codes as { code: string }[]).map((entry) => entry.code.trim());
  if (codes.length > 250) return refuse(["codes"], "At most 250 codes can be added at once.", "EXCEEDED_MAX");
  if (codes.some((code) => code === "")) return refuse(["codes"], "Code can't be blank", "BLANK");
  return { bulkCreation: context.codeImports.start(context.store, discount, codes), userErrors: [] };
}

export function deactivateDiscount(_: unknown, args: Arguments, context: AdminContext) {
  return endDiscount(args, context, (discount, now) => ({ ...discount, endsAt: now }));
}

/** `discountCodeActivate`: from now on, without an end. */
export function activateDiscount(_: unknown, args: Arguments, context: AdminContext) {
  return endDiscount(args, context, (discount, now) => ({
    ...discount,
    startsAt: discount.startsAt > now ? now : discount.startsAt,
    endsAt: null,
  }));
}

function endDiscount(
  args: Arguments,
  context: AdminContext,
  change: (discount: Discount, now: string) => Discount,
) {
  const discount = context.store.discount(idOf("DiscountCodeNode", args.id) ?? 0);
  if (!discount) {
    const problem = userError("DiscountUserError", ["id"], "Discount does not exist", "INVALID");
    return { codeDiscountNode: null, userErrors: [problem] };
  }
  const now = context.clock.iso();
  Object.assign(discount, change(discount, now), { updatedAt: now });
  return { codeDiscountNode: context.store.saveDiscount(discount), userErrors: [] };
}

export function isCodeTaken(context: AdminContext, code: string, except?: Discount): boolean {
  return context.store
    .discounts()
    .some((discount) => discount !== except && discount.codes.some((entry) => sameCode(entry.code, code)));
}
