// What a basket costs: discounts, shipping, taxes. Pure; every amount in minor units.
import type { Discount } from "./discount.ts";
import type { AppliedDiscount, CheckoutTotals, Iso, Minor, PricedLine, ShippingRate } from "./types.ts";

export type PricingInput = {
  currency: string;
  taxRate: number;
  lines: Omit<PricedLine, "discount" | "total">[];
  codes: string[];
  discountByCode: (code: string) => Discount | undefined;
  customerId: number | null;
  rates: ShippingRate[];
  rateId: string;
  now: Iso;
};

export function priceLines(input: PricingInput): CheckoutTotals {
  const lines: PricedLine[] = input.lines.map((line) => ({
    ...line,
    discount: 0,
    total: line.price * line.quantity,
  }));
  const subtotal = sum(lines.map((line) => line.total));
  const applied: AppliedDiscount[] = [];
  const used: Discount[] = [];
  const refusedCodes: CheckoutTotals["refusedCodes"] = [];

  for (const code of input.codes) {
    const discount = input.discountByCode(code);
    const reason = refusal(discount, code, lines, used, input);
    if (!discount || reason) {
      refusedCodes.push({ code, reason: reason ?? "This code does not exist." });
      continue;
    }
    applied.push(applyToLines(discount, code, lines));
    used.push(discount);
  }

  const shippingRate = input.rates.find((rate) => rate.id === input.rateId) ?? input.rates[0]!;
  const tax = sum(lines.map((line) => lineTax(line, input.taxRate)));
  const totalDiscounts = sum(lines.map((line) => line.discount));
  const shipping = lines.length === 0 ? 0 : shippingRate.price;
  return {
    currency: input.currency,
    lines,
    subtotal,
    totalDiscounts,
    discounts: applied,
    refusedCodes,
    shipping,
    shippingRate,
    tax,
    total: subtotal - totalDiscounts + shipping + tax,
  };
}

export function lineTax(line: { total: Minor }, taxRate: number): Minor {
  return Math.round(line.total * taxRate);
}

/** Why a code does not count for this basket, in words for the buyer; undefined when it does. */
function refusal(
  discount: Discount | undefined,
  code: string,
  lines: PricedLine[],
  used: Discount[],
  input: PricingInput,
): string | undefined {
  if (!discount) return "This code does not exist.";
  if (discount.startsAt > input.now) return "This code is not valid yet.";
  if (discount.endsAt && discount.endsAt <= input.now) return "This code has expired.";
  const redeemed = discount.codes.find((entry) => sameCode(entry.code, code));
  if (discount.usageLimit !== null && (redeemed?.used ?? 0) >= discount.usageLimit) {
    return "This code has been used already.";
  }
  if (discount.oncePerCustomer && input.customerId !== null && discount.usedBy.includes(input.customerId)) {
    return "You have used this code already.";
  }
  if (discount.customerIds.length > 0 && !discount.customerIds.includes(input.customerId ?? 0)) {
    return "This code is for another customer.";
  }
  const eligible = eligibleLines(discount, lines);
  if (eligible.length === 0) return "This code is not valid for the items in your basket.";
  const worth = sum(eligible.map((line) => line.price * line.quantity));
  if (discount.minimumSubtotal !== null && worth < discount.minimumSubtotal) {
    return "The basket does not reach the minimum amount for this code.";
  }
  const pieces = sum(eligible.map((line) => line.quantity));
  if (discount.minimumQuantity !== null && pieces < discount.minimumQuantity) {
    return "The basket does not reach the minimum number of items for this code.";
  }
  if (used.some((other) => !combine(discount, other))) {
    return "This code cannot be combined with another one.";
  }
  return undefined;
}

export function sameCode(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

/** A discount on certain goods is a product discount, one on everything an order discount. */
export function discountClass(discount: Discount): "ORDER" | "PRODUCT" {
  return discount.productIds.length + discount.variantIds.length > 0 ? "PRODUCT" : "ORDER";
}

function combine(a: Discount, b: Discount): boolean {
  if (a === b) return false;
  const allows = (one: Discount, other: Discount) =>
    discountClass(other) === "ORDER" ? one.combinesWith.orderDiscounts : one.combinesWith.productDiscounts;
  return allows(a, b) && allows(b, a);
}

function eligibleLines(discount: Discount, lines: PricedLine[]): PricedLine[] {
  if (discountClass(discount) === "ORDER") return lines;
  return lines.filter(
    (line) => discount.productIds.includes(line.product.id) || discount.variantIds.includes(line.variant.id),
  );
}

/** Takes the discount off the lines and returns what it came to. */
function applyToLines(discount: Discount, code: string, lines: PricedLine[]): AppliedDiscount {
  const eligible = eligibleLines(discount, lines);
  const amounts = reductions(discount, eligible);
  eligible.forEach((line, index) => {
    line.discount += amounts[index]!;
    line.total -= amounts[index]!;
  });
  const { value } = discount;
  return {
    code,
    discountId: discount.id,
    title: discount.title,
    amount: sum(amounts),
    type: value.kind === "percentage" ? "percentage" : "fixed_amount",
    value: value.kind === "percentage" ? value.percent : value.amount,
  };
}

function reductions({ value }: Discount, lines: PricedLine[]): Minor[] {
  if (value.kind === "percentage") {
    return lines.map((line) => Math.round((line.total * value.percent) / 100));
  }
  if (value.eachItem) return lines.map((line) => Math.min(line.total, value.amount * line.quantity));
  return spread(Math.min(value.amount, sum(lines.map((line) => line.total))), lines);
}

/** Splits an amount over the lines by their worth; the last line takes the rounding. */
function spread(amount: Minor, lines: PricedLine[]): Minor[] {
  let restAmount = amount;
  let restWorth = sum(lines.map((line) => line.total));
  return lines.map((line) => {
    const share = restWorth === 0 ? 0 : Math.round((restAmount * line.total) / restWorth);
    restAmount -= share;
    restWorth -= line.total;
    return share;
  });
}

export function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
