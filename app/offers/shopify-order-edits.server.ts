import { toDecimal, toMinor } from "#app/orders/money";
import type { AdminClient } from "#app/shops/admin-client";

/** Order edits in Shopify: what the order and the product are now, the steps of an edit, and its commit. */

const READ_ORDER = `#graphql
  query OrderToEdit($orderId: ID!, $variantId: ID!) {
    order(id: $orderId) {
      name
      cancelledAt
      closed
      currencyCode
      displayFulfillmentStatus
      lineItems(first: 250) { nodes { currentQuantity variant { id } } }
      totalOutstandingSet { shopMoney { amount currencyCode } }
      paymentCollectionDetails { additionalPaymentCollectionUrl }
    }
    productVariant(id: $variantId) { availableForSale price }
  }`;

const BEGIN = `#graphql
  mutation BeginOfferEdit($orderId: ID!) {
    orderEditBegin(id: $orderId) { calculatedOrder { id } userErrors { message } }
  }`;

const ADD_VARIANT = `#graphql
  mutation AddOfferedVariant($editId: ID!, $variantId: ID!) {
    orderEditAddVariant(id: $editId, variantId: $variantId, quantity: 1, allowDuplicates: false) {
      calculatedLineItem { id originalUnitPriceSet { shopMoney { amount currencyCode } } }
      userErrors { message }
    }
  }`;

const ADD_DISCOUNT = `#graphql
  mutation AddOfferDiscount($editId: ID!, $lineId: ID!, $discount: OrderEditAppliedDiscountInput!) {
    orderEditAddLineItemDiscount(id: $editId, lineItemId: $lineId, discount: $discount) {
      calculatedLineItem { discountedUnitPriceSet { shopMoney { amount currencyCode } } }
      userErrors { message }
    }
  }`;

const COMMIT = `#graphql
  mutation CommitOfferEdit($editId: ID!, $note: String!) {
    orderEditCommit(id: $editId, notifyCustomer: false, staffNote: $note) {
      order { id }
      userErrors { message }
    }
  }`;

type Money = { shopMoney: { amount: string; currencyCode: string } };
type UserErrors = { userErrors: { message: string }[] };

export type OrderNow = {
  name: string;
  /** Neither cancelled nor closed, and nothing is on its way. */
  open: boolean;
  currency: string;
  /** Variants that the order has at this moment. */
  variantGids: string[];
  /** What the buyer still owes, minor units, and where they pay it. */
  balanceMinor: number;
  payUrl: string | null;
  variant: { available: boolean; priceMinor: number } | null;
};

/** @returns null where Shopify knows no such order */
export async function readOrderNow(
  admin: AdminClient,
  orderId: string,
  variantId: string,
): Promise<OrderNow | null> {
  const { order, productVariant } = await admin.query<{
    order: {
      name: string;
      cancelledAt: string | null;
      closed: boolean;
      currencyCode: string;
      displayFulfillmentStatus: string;
      lineItems: { nodes: { currentQuantity: number; variant: { id: string } | null }[] };
      totalOutstandingSet: Money;
      paymentCollectionDetails: { additionalPaymentCollectionUrl: string | null };
    } | null;
    productVariant: { availableForSale: boolean; price: string } | null;
  }>(READ_ORDER, { orderId, variantId });
  if (!order) return null;
  const lines = order.lineItems.nodes.filter((line) => line.currentQuantity > 0);
  return {
    name: order.name,
    open: !order.cancelledAt && !order.closed && order.displayFulfillmentStatus === "UNFULFILLED",
    currency: order.currencyCode,
    variantGids: lines.flatMap((line) => line.variant?.id ?? []),
    balanceMinor: minorOf(order.totalOutstandingSet),
    payUrl: order.paymentCollectionDetails.additionalPaymentCollectionUrl,
    variant: productVariant && {
      available: productVariant.availableForSale,
      priceMinor: toMinor(productVariant.price, order.currencyCode),
    },
  };
}

export type Addition = {
  orderGid: string;
  variantGid: string;
  /** 0 for none. */
  discountPercent: number;
  /** Shown with the line on the buyer's order. */
  description: string;
  /** Most that one piece may come to after discount, minor units. */
  mostMinor: number;
  staffNote: string;
};

/**
 * Adds one piece and commits, in four calls. Nothing has happened before the commit; a refusal of any step leaves the
 * order as it was. Throws where Shopify can't be reached: then it is unknown whether the commit went through.
 */
export async function commitAddition(
  admin: AdminClient,
  addition: Addition,
): Promise<{ status: "added" } | { status: "refused"; problem: string }> {
  const begun = await admin.query<{
    orderEditBegin: UserErrors & { calculatedOrder: { id: string } | null };
  }>(BEGIN, { orderId: addition.orderGid });
  const editId = begun.orderEditBegin.calculatedOrder?.id;
  if (!editId) return refused(begun.orderEditBegin);

  const added = await admin.query<{
    orderEditAddVariant: UserErrors & {
      calculatedLineItem: { id: string; originalUnitPriceSet: Money } | null;
    };
  }>(ADD_VARIANT, { editId, variantId: addition.variantGid });
  const line = added.orderEditAddVariant.calculatedLineItem;
  if (!line) return refused(added.orderEditAddVariant);

  let price = line.originalUnitPriceSet;
  if (addition.discountPercent > 0) {
    const discount = { percentValue: addition.discountPercent, description: addition.description };
    const reduced = await admin.query<{
      orderEditAddLineItemDiscount: UserErrors & {
        calculatedLineItem: { discountedUnitPriceSet: Money } | null;
      };
    }>(ADD_DISCOUNT, { editId, lineId: line.id, discount });
    const reducedLine = reduced.orderEditAddLineItemDiscount.calculatedLineItem;
    if (!reducedLine) return refused(reduced.orderEditAddLineItemDiscount);
    price = reducedLine.discountedUnitPriceSet;
  }
  if (minorOf(price) > addition.mostMinor) {
    const { amount, currencyCode } = price.shopMoney;
    const most = toDecimal(addition.mostMinor, currencyCode);
    return { status: "refused", problem: `It would cost ${amount}, the shopper was shown ${most}.` };
  }

  const committed = await admin.query<{ orderEditCommit: UserErrors & { order: { id: string } | null } }>(
    COMMIT,
    { editId, note: addition.staffNote },
  );
  return committed.orderEditCommit.order ? { status: "added" } : refused(committed.orderEditCommit);
}

function minorOf({ shopMoney }: Money): number {
  return toMinor(shopMoney.amount, shopMoney.currencyCode);
}

function refused({ userErrors }: UserErrors): { status: "refused"; problem: string } {
  return { status: "refused", problem: userErrors.map(({ message }) => message).join(" ") || "refused" };
}
