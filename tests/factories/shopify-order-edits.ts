import { AdminApiError, type AdminClient } from "#app/shops/admin-client";

type Line = { variantGid: string; price: number; percent: number };

/** One order at Shopify as far as edits use it: steps are kept apart until the commit, and nothing is idempotent. */
export function shopifyOrder({ price, currency = "EUR" }: { price: number; currency?: string }) {
  const added: Line[] = [];
  const calls: string[] = [];
  /** What the buyer reads beside each discount. */
  const titles: string[] = [];
  const state = { open: true, available: true, price };
  let staged: Line | null = null;
  let breakAfter: string | null = null;
  const money = (amount: number) => ({
    shopMoney: { amount: amount.toFixed(2), currencyCode: currency },
  });
  const total = (line: Line) => Math.round(line.price * (100 - line.percent)) / 100;

  const operations = {
    OrderToEdit: () => ({
      order: {
        name: "#1001",
        cancelledAt: state.open ? null : "2026-11-22T12:00:00Z",
        closed: false,
        currencyCode: currency,
        displayFulfillmentStatus: "UNFULFILLED",
        lineItems: { nodes: added.map((line) => ({ currentQuantity: 1, variant: { id: line.variantGid } })) },
        totalOutstandingSet: money(added.reduce((sum, line) => sum + total(line), 0)),
        paymentCollectionDetails: { additionalPaymentCollectionUrl: "https://pay.example/1001" },
      },
      productVariant: { availableForSale: state.available, price: state.price.toFixed(2) },
    }),
    BeginOfferEdit: () => ({
      orderEditBegin: { calculatedOrder: { id: "gid://shopify/CalculatedOrder/1" }, userErrors: [] },
    }),
    AddOfferedVariant({ variantId }: { variantId: string }) {
      staged = { variantGid: variantId, price: state.price, percent: 0 };
      const calculatedLineItem = {
        id: "gid://shopify/CalculatedLineItem/1",
        originalUnitPriceSet: money(state.price),
      };
      return { orderEditAddVariant: { calculatedLineItem, userErrors: [] } };
    },
    AddOfferDiscount({ discount }: { discount: { percentValue: number; description: string } }) {
      staged!.percent = discount.percentValue;
      titles.push(discount.description);
      const calculatedLineItem = { discountedUnitPriceSet: money(total(staged!)) };
      return { orderEditAddLineItemDiscount: { calculatedLineItem, userErrors: [] } };
    },
    CommitOfferEdit() {
      added.push(staged!);
      return { orderEditCommit: { order: { id: "gid://shopify/Order/1" }, userErrors: [] } };
    },
  };

  const admin: AdminClient = {
    async query<Data>(document: string, variables: Record<string, unknown> = {}): Promise<Data> {
      const name = /(?:query|mutation) (\w+)/.exec(document)![1]!;
      calls.push(name);
      const operation = operations[name as keyof typeof operations] as (variables: object) => unknown;
      const answer = operation(variables);
      if (breakAfter === name) {
        breakAfter = null;
        throw new AdminApiError("unreachable", "the connection broke");
      }
      return answer as Data;
    },
  };
  return {
    admin,
    added,
    calls,
    titles,
    state,
    /** The next call of this operation is carried out, but its answer is lost. */
    loseAnswerOf: (operation: string) => (breakAfter = operation),
  };
}
