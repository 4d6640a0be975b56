import type { AdminClient } from "#app/shops/admin-client";
import {
  LINE_FIELDS,
  lineFromNode,
  ORDER_FIELDS,
  orderFromNode,
  type FulfillmentNode,
  type LineNode,
  type OrderNode,
} from "./admin-order";
import { toMinor } from "./money";
import type { OrderSnapshot, RefundSnapshot } from "./order";

/** Reading single orders from the Admin API. Lists ask for ids and times only, so that a look costs few points. */

const CHANGED_ORDERS = `#graphql
  query ChangedOrders($query: String!, $after: String) {
    orders(first: 100, after: $after, query: $query, sortKey: UPDATED_AT) {
      nodes { id updatedAt }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

const ORDER = `#graphql
  query OrderToRepair($id: ID!, $after: String) {
    order(id: $id) {
      ...OrderFields
      customer {
        id
        firstName
        lastName
        locale
        updatedAt
        defaultEmailAddress { emailAddress }
        defaultAddress { countryCodeV2 }
      }
      lineItems(first: 100, after: $after) {
        nodes { ...LineFields }
        pageInfo { hasNextPage endCursor }
      }
      refunds {
        id
        createdAt
        totalRefundedSet { shopMoney { amount } }
        refundLineItems(first: 50) {
          nodes { id quantity lineItem { id } subtotalSet { shopMoney { amount } } }
        }
      }
    }
  }
  ${ORDER_FIELDS}
  ${LINE_FIELDS}
`;

type PageInfo = { hasNextPage: boolean; endCursor: string | null };
type Money = { shopMoney: { amount: string } };

type ChangedOrdersData = { orders: { nodes: { id: string; updatedAt: string }[]; pageInfo: PageInfo } };

type OrderToRepairNode = OrderNode & {
  customer: {
    id: string;
    firstName: string | null;
    lastName: string | null;
    locale: string;
    updatedAt: string;
    defaultEmailAddress: { emailAddress: string } | null;
    defaultAddress: { countryCodeV2: string | null } | null;
  } | null;
  lineItems: { nodes: LineNode[]; pageInfo: PageInfo };
  refunds: {
    id: string;
    createdAt: string | null;
    totalRefundedSet: Money;
    refundLineItems: {
      nodes: { id: string | null; quantity: number; lineItem: { id: string }; subtotalSet: Money }[];
    };
  }[];
};

/** Orders that changed in [since, until], oldest change first. */
export async function* changedOrders(
  admin: AdminClient,
  since: Date,
  until: Date,
): AsyncGenerator<{ gid: string; updatedAt: Date }> {
  const query = `updated_at:>='${since.toISOString()}' AND updated_at:<='${until.toISOString()}'`;
  for (let after: string | null = null; ;) {
    const { orders }: ChangedOrdersData = await admin.query(CHANGED_ORDERS, { query, after });
    for (const node of orders.nodes) yield { gid: node.id, updatedAt: new Date(node.updatedAt) };
    if (!orders.pageInfo.hasNextPage) return;
    after = orders.pageInfo.endCursor;
  }
}

/** One order as it stands now, with all its lines; null where Shopify does not know it (yet). */
export async function fetchOrder(
  admin: AdminClient,
  gid: string,
): Promise<{ order: OrderSnapshot; fulfillments: FulfillmentNode[] } | null> {
  const lines: LineNode[] = [];
  for (let after: string | null = null; ;) {
    const { order }: { order: OrderToRepairNode | null } = await admin.query(ORDER, { id: gid, after });
    if (!order) return null;
    lines.push(...order.lineItems.nodes);
    if (order.lineItems.pageInfo.hasNextPage) {
      after = order.lineItems.pageInfo.endCursor;
      continue;
    }
    const currency = order.currencyCode;
    const snapshot = orderFromNode(
      order,
      lines.map((line) => lineFromNode(line, currency)),
      order.refunds.map((refund) => refundFrom(refund, currency)),
    );
    return { order: { ...snapshot, customer: customerFrom(order) }, fulfillments: order.fulfillments };
  }
}

function customerFrom({ customer }: OrderToRepairNode): OrderSnapshot["customer"] {
  if (!customer) return null;
  return {
    gid: customer.id,
    email: customer.defaultEmailAddress?.emailAddress ?? null,
    firstName: customer.firstName,
    lastName: customer.lastName,
    locale: customer.locale,
    country: customer.defaultAddress?.countryCodeV2 ?? null,
    updatedAt: new Date(customer.updatedAt),
  };
}

function refundFrom(refund: OrderToRepairNode["refunds"][number], currency: string): RefundSnapshot {
  const minor = (set: Money) => toMinor(set.shopMoney.amount, currency);
  return {
    gid: refund.id,
    amountMinor: minor(refund.totalRefundedSet),
    currency,
    refundedAt: new Date(refund.createdAt ?? 0),
    lines: refund.refundLineItems.nodes.flatMap((line) =>
      line.id
        ? [
            {
              gid: line.id,
              lineItemGid: line.lineItem.id,
              quantity: line.quantity,
              subtotalMinor: minor(line.subtotalSet),
            },
          ]
        : [],
    ),
  };
}
