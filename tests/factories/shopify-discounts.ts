import { AdminApiError, type AdminClient } from "#app/shops/admin-client";

export type StoredDiscount = {
  gid: string;
  productGids: string[];
  percentage: number;
  usageLimit: number;
  endsAt: string;
  codes: string[];
};

type Input = {
  code: string;
  endsAt: string;
  usageLimit: number;
  customerGets: { items: { products: { productsToAdd: string[] } }; value: { percentage: number } };
};

/** Shopify's discounts as far as offers use them: codes are unique, and bulk additions are done a moment later. */
export function shopifyDiscounts({
  asksUntilDone = (_bulk: number): number => 2,
  before = async (_call: string, _number: number) => {},
} = {}) {
  const discounts: StoredDiscount[] = [];
  const bulks = new Map<string, { asks: number; codes: { code: string; errors: { message: string }[] }[] }>();
  const calls: string[] = [];
  let breakAfter: string | null = null;
  let refusal: string | null = null;
  const withCode = (code: string) => discounts.find((discount) => discount.codes.includes(code));

  const operations = {
    CreateOfferDiscount({ discount }: { discount: Input }) {
      const problem = refusal ?? (withCode(discount.code) ? "Code must be unique." : null);
      const code = refusal ? "INVALID" : "TAKEN";
      if (problem) {
        return {
          discountCodeBasicCreate: { codeDiscountNode: null, userErrors: [{ message: problem, code }] },
        };
      }
      const gid = `gid://shopify/DiscountCodeNode/${discounts.length + 1}`;
      const { productsToAdd: productGids } = discount.customerGets.items.products;
      const { percentage } = discount.customerGets.value;
      const { endsAt, usageLimit } = discount;
      discounts.push({ gid, productGids, percentage, usageLimit, endsAt, codes: [discount.code] });
      return { discountCodeBasicCreate: { codeDiscountNode: { id: gid }, userErrors: [] } };
    },
    FindOfferDiscount({ code }: { code: string }) {
      const found = withCode(code);
      return { codeDiscountNodeByCode: found ? { id: found.gid } : null };
    },
    AddOfferCodes({ discountId, codes }: { discountId: string; codes: { code: string }[] }) {
      const discount = discounts.find(({ gid }) => gid === discountId)!;
      const id = `gid://shopify/DiscountRedeemCodeBulkCreation/${bulks.size + 1}`;
      const outcome = codes.map(({ code }) => {
        if (withCode(code)) return { code, errors: [{ message: "Code must be unique." }] };
        discount.codes.push(code);
        return { code, errors: [] };
      });
      bulks.set(id, { asks: asksUntilDone(bulks.size), codes: outcome });
      return { discountRedeemCodeBulkAdd: { bulkCreation: { id }, userErrors: [] } };
    },
    AddedOfferCodes({ id }: { id: string }) {
      const bulk = bulks.get(id)!;
      return { discountRedeemCodeBulkCreation: { done: --bulk.asks <= 0, codes: { nodes: bulk.codes } } };
    },
  };

  const admin: AdminClient = {
    async query<Data>(document: string, variables: Record<string, unknown> = {}): Promise<Data> {
      const name = /(?:query|mutation) (\w+)/.exec(document)![1]!;
      calls.push(name);
      await before(name, calls.filter((call) => call === name).length);
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
    discounts,
    calls,
    /** The next call of this operation is carried out, but its answer is lost. */
    loseAnswerOf: (operation: string) => (breakAfter = operation),
    refuseWith: (problem: string) => (refusal = problem),
  };
}
