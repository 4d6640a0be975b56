import type { SharedApi } from "./moment";
import { toMinor } from "./money";

type Signal<T> = { readonly value: T };
type ChangeResult = { type: "success" } | { type: "error"; message: string };

/** What the steps of the checkout can do and no other page. */
export type CheckoutApi = SharedApi & {
  instructions: Signal<{
    lines: { canAddCartLine: boolean; canRemoveCartLine: boolean };
    discounts: { canUpdateDiscountCodes: boolean };
  }>;
  discountCodes: Signal<{ code: string }[]>;
  applyCartLinesChange: (
    change:
      | { type: "addCartLine"; merchandiseId: string; quantity: number }
      | { type: "removeCartLine"; id: string; quantity: number },
  ) => Promise<ChangeResult>;
  applyDiscountCodeChange: (change: {
    type: "addDiscountCode" | "removeDiscountCode";
    code: string;
  }) => Promise<ChangeResult>;
};

export type CartAddition = {
  variantId: string;
  code: string | null;
  /** What the shopper was shown, minor units: never is more charged. */
  mostMinor: number;
};

/** The cart of the checkout at hand. The first three read signals: called while rendering, the block follows them. */
export type Cart = {
  productIds: () => string[];
  /** False in draft orders and accelerated checkouts, for instance. */
  canAdd: () => boolean;
  /** Our code would count: it may be applied, and no other code stands in its way. */
  canDiscount: () => boolean;
  /** Adds one piece at the price shown, or leaves the cart as it was. */
  add: (addition: CartAddition) => Promise<{ status: "added"; chargedMinor: number } | { status: "refused" }>;
};

export function cartOf(api: CheckoutApi): Cart {
  const lineOf = (variantId: string) =>
    api.lines.value.find(({ merchandise }) => merchandise.id === variantId);

  async function takeBack(variantId: string, code: string | null): Promise<void> {
    if (code) await api.applyDiscountCodeChange({ type: "removeDiscountCode", code });
    const line = lineOf(variantId);
    if (line) await api.applyCartLinesChange({ type: "removeCartLine", id: line.id, quantity: 1 });
  }

  return {
    productIds: () => api.lines.value.map(({ merchandise }) => merchandise.product.id),
    canAdd: () => api.instructions.value.lines.canAddCartLine,
    canDiscount: () =>
      api.instructions.value.discounts.canUpdateDiscountCodes && api.discountCodes.value.length === 0,
    async add({ variantId, code, mostMinor }) {
      const change = { type: "addCartLine", merchandiseId: variantId, quantity: 1 } as const;
      if ((await api.applyCartLinesChange(change)).type === "error") return { status: "refused" };
      if (code) {
        const applied = await api.applyDiscountCodeChange({ type: "addDiscountCode", code });
        if (applied.type === "error") {
          await takeBack(variantId, null);
          return { status: "refused" };
        }
      }
      const cost = lineOf(variantId)?.cost.totalAmount;
      const chargedMinor = cost ? toMinor(cost.amount, cost.currencyCode) : mostMinor;
      if (chargedMinor <= mostMinor) return { status: "added", chargedMinor };
      await takeBack(variantId, code);
      return { status: "refused" };
    },
  };
}
