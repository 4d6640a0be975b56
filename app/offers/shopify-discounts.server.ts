import { toDecimal } from "#app/orders/money";
import type { AdminClient } from "#app/shops/admin-client";

/** Discounts in Shopify: the four calls behind an offer's codes. */

const CREATE_DISCOUNT = `#graphql
  mutation CreateOfferDiscount($discount: DiscountCodeBasicInput!) {
    discountCodeBasicCreate(basicCodeDiscount: $discount) {
      codeDiscountNode { id }
      userErrors { field message code }
    }
  }`;

const FIND_DISCOUNT = `#graphql
  query FindOfferDiscount($code: String!) {
    codeDiscountNodeByCode(code: $code) { id }
  }`;

const ADD_CODES = `#graphql
  mutation AddOfferCodes($discountId: ID!, $codes: [DiscountRedeemCodeInput!]!) {
    discountRedeemCodeBulkAdd(discountId: $discountId, codes: $codes) {
      bulkCreation { id }
      userErrors { message }
    }
  }`;

const ADDED_CODES = `#graphql
  query AddedOfferCodes($id: ID!) {
    discountRedeemCodeBulkCreation(id: $id) {
      done
      codes(first: 250) { nodes { code errors { message } } }
    }
  }`;

export type NewDiscount = {
  title: string;
  /** The first of its codes. */
  code: string;
  /** Null: all products. */
  productGid: string | null;
  /** 1 to 90. */
  percent: number;
  /** Least worth of the product in the basket, minor units; 0 for none. */
  minimumMinor: number;
  currency: string;
  startsAt: Date;
  endsAt: Date;
};

/** One product, one percentage, each code once, not on top of other product or order discounts. */
export async function createDiscount(
  admin: AdminClient,
  discount: NewDiscount,
): Promise<{ status: "created"; gid: string } | { status: "refused"; problem: string }> {
  const answer = await admin.query<{
    discountCodeBasicCreate: {
      codeDiscountNode: { id: string } | null;
      userErrors: { message: string; code: string | null }[];
    };
  }>(CREATE_DISCOUNT, { discount: inputOf(discount) });
  const { codeDiscountNode, userErrors } = answer.discountCodeBasicCreate;
  if (codeDiscountNode) return { status: "created", gid: codeDiscountNode.id };
  // A code that is taken can only be ours: another worker asked at the same time.
  const taken = userErrors.some(({ code }) => code === "TAKEN");
  const known = taken ? await findDiscountByCode(admin, discount.code) : null;
  if (known) return { status: "created", gid: known };
  return { status: "refused", problem: userErrors.map(({ message }) => message).join(" ") };
}

function inputOf({
  title,
  code,
  productGid,
  percent,
  minimumMinor,
  currency,
  startsAt,
  endsAt,
}: NewDiscount) {
  const minimum = toDecimal(minimumMinor, currency);
  return {
    title,
    code,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    context: { all: "ALL" },
    customerGets: {
      items: productGid ? { products: { productsToAdd: [productGid] } } : { all: true },
      value: { percentage: percent / 100 },
    },
    ...(minimumMinor > 0
      ? { minimumRequirement: { subtotal: { greaterThanOrEqualToSubtotal: minimum } } }
      : {}),
    combinesWith: { orderDiscounts: false, productDiscounts: false, shippingDiscounts: true },
    usageLimit: 1,
  };
}

/** The gid of the discount that has this code, or null. */
export async function findDiscountByCode(admin: AdminClient, code: string): Promise<string | null> {
  const answer = await admin.query<{ codeDiscountNodeByCode: { id: string } | null }>(FIND_DISCOUNT, {
    code,
  });
  return answer.codeDiscountNodeByCode?.id ?? null;
}

export type AddedCodes = {
  created: string[];
  refused: { code: string; problem: string }[];
  /** False where Shopify was still at work when we stopped asking. */
  done: boolean;
};

const ASK_AGAIN_MS = 300;
const ASK_TIMES = 12;

/** Adds single-use codes to a discount and waits a few seconds for Shopify to make them. At most 250. */
export async function addCodes(
  admin: AdminClient,
  discountGid: string,
  codes: string[],
): Promise<AddedCodes> {
  const answer = await admin.query<{
    discountRedeemCodeBulkAdd: { bulkCreation: { id: string } | null; userErrors: { message: string }[] };
  }>(ADD_CODES, { discountId: discountGid, codes: codes.map((code) => ({ code })) });
  const { bulkCreation, userErrors } = answer.discountRedeemCodeBulkAdd;
  if (!bulkCreation) {
    const problem = userErrors.map(({ message }) => message).join(" ") || "refused";
    return { created: [], refused: codes.map((code) => ({ code, problem })), done: true };
  }
  for (let time = 1; time <= ASK_TIMES; time++) {
    const state = await admin.query<{
      discountRedeemCodeBulkCreation: {
        done: boolean;
        codes: { nodes: { code: string; errors: { message: string }[] }[] };
      } | null;
    }>(ADDED_CODES, { id: bulkCreation.id });
    const bulk = state.discountRedeemCodeBulkCreation;
    if (bulk?.done) return outcomeOf(bulk.codes.nodes);
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
  return { created: [], refused: [], done: false };
}

function outcomeOf(nodes: { code: string; errors: { message: string }[] }[]): AddedCodes {
  const failed = nodes.filter(({ errors }) => errors.length > 0);
  return {
    created: nodes.filter(({ errors }) => errors.length === 0).map(({ code }) => code),
    refused: failed.map(({ code, errors }) => ({
      code,
      problem: errors.map(({ message }) => message).join(" "),
    })),
    done: true,
  };
}
