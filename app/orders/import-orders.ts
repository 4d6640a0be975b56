import type { PoolClient } from "pg";
import { upsertRows } from "#app/db/upsert-rows";
import {
  LINE_FIELDS,
  lineFromNode,
  ORDER_FIELDS,
  orderFromNode,
  type LineNode,
  type OrderNode,
} from "./admin-order";
import { toMinor } from "./money";
import { wasPaid } from "./order";

/**
 * Past orders of a bulk operation. They become rows marked `imported` and publish nothing. Orders from after the
 * installation are left to their webhooks, and to reconciliation where those are missing.
 */
export const ORDERS_QUERY = `#graphql
  query ImportOrders {
    orders {
      edges {
        node {
          ...OrderFields
          refunds { id createdAt totalRefundedSet { shopMoney { amount } } }
          lineItems { edges { node { ...LineFields } } }
        }
      }
    }
  }
  ${ORDER_FIELDS}
  ${LINE_FIELDS}
`;

export type ImportedOrderNode = OrderNode & {
  refunds: { id: string; createdAt: string; totalRefundedSet: { shopMoney: { amount: string } } }[];
};
export type ImportedLineNode = LineNode & { __parentId: string };

const IS_HISTORY = `EXISTS (SELECT 1 FROM "Order" o WHERE o."shopId" = $1 AND o.gid = r."orderGid" AND o.imported)`;

const ORDERS = {
  table: "Order",
  columns: {
    gid: "text",
    name: "text",
    customerGid: "text",
    email: "text",
    phone: "text",
    locale: "text",
    country: "text",
    currency: "text",
    presentmentCurrency: "text",
    subtotalMinor: "bigint",
    discountMinor: "bigint",
    shippingMinor: "bigint",
    taxMinor: "bigint",
    totalMinor: "bigint",
    refundedMinor: "bigint",
    financialStatus: "text",
    fulfillmentStatus: "text",
    gateway: "text",
    checkoutToken: "text",
    confirmationNumber: "text",
    statusUrl: "text",
    sourceName: "text",
    acceptsMarketing: "boolean",
    test: "boolean",
    imported: "boolean",
    placedAt: "timestamptz",
    paidAt: "timestamptz",
    cancelledAt: "timestamptz",
    shopifyUpdatedAt: "timestamptz",
  },
  key: ["gid"],
  onConflict: "keep" as const,
};

const LINES = {
  table: "LineItem",
  columns: {
    gid: "text",
    orderGid: "text",
    productGid: "text",
    variantGid: "text",
    title: "text",
    sku: "text",
    quantity: "int",
    refundedQuantity: "int",
    priceMinor: "bigint",
    discountMinor: "bigint",
  },
  key: ["gid"],
  onConflict: "keep" as const,
  where: IS_HISTORY,
};

const REFUNDS = {
  table: "Refund",
  columns: {
    gid: "text",
    orderGid: "text",
    amountMinor: "bigint",
    currency: "text",
    refundedAt: "timestamptz",
  },
  key: ["gid"],
  onConflict: "keep" as const,
  where: IS_HISTORY,
};

const CODES = {
  table: "OrderDiscountCode",
  columns: { orderGid: "text", code: "text", amountMinor: "bigint" },
  key: ["orderGid", "code"],
  onConflict: "keep" as const,
  where: IS_HISTORY,
};

/** @returns the orders that count as history, for the parcels that go with them */
export async function writeOrders(
  client: PoolClient,
  shopId: number,
  nodes: ImportedOrderNode[],
  installedAt: Date,
): Promise<ImportedOrderNode[]> {
  const history = nodes.filter((node) => new Date(node.processedAt) < installedAt);
  const redacted = await redactedAmong(client, shopId, history);
  await upsertRows(
    client,
    shopId,
    ORDERS,
    history.map((node) => orderRow(node, redacted)),
  );
  await upsertRows(client, shopId, REFUNDS, history.flatMap(refundRows));
  const codes = history.flatMap((node) =>
    [...new Set(node.discountCodes)].map((code) => ({ orderGid: node.id, code, amountMinor: 0 })),
  );
  await upsertRows(client, shopId, CODES, codes);
  return history;
}

export async function writeLines(
  client: PoolClient,
  shopId: number,
  nodes: ImportedLineNode[],
  currency: string,
): Promise<void> {
  const rows = nodes.map((node) => ({
    ...lineFromNode(node, currency),
    orderGid: node.__parentId,
    refundedQuantity: Math.max(0, node.quantity - node.currentQuantity),
  }));
  await upsertRows(client, shopId, LINES, rows);
}

/** When all orders are here: first and last orders, and totals where ours reach further than Shopify's. */
export async function finishOrders(client: PoolClient, shopId: number): Promise<void> {
  await client.query(
    `UPDATE "Customer" c SET
       "firstOrderAt" = least(c."firstOrderAt", own.first),
       "lastOrderAt" = greatest(c."lastOrderAt", own.last),
       "ordersCount" = greatest(c."ordersCount", own.orders),
       "spentMinor" = greatest(c."spentMinor", own.spent)
     FROM (
       SELECT "customerGid" AS gid, min("placedAt") AS first, max("placedAt") AS last,
              count(*) FILTER (WHERE "cancelledAt" IS NULL AND NOT test)::int AS orders,
              coalesce(sum("totalMinor" - "refundedMinor") FILTER (WHERE "cancelledAt" IS NULL AND NOT test), 0) AS spent
       FROM "Order" WHERE "shopId" = $1 AND "customerGid" IS NOT NULL GROUP BY 1
     ) own
     WHERE c."shopId" = $1 AND c.gid = own.gid`,
    [shopId],
  );
  await client.query(
    `UPDATE "Order" o SET "isFirst" = (ranked.place = 1 AND ranked.known >= c."ordersCount")
     FROM (
       SELECT gid, "customerGid", row_number() OVER (PARTITION BY "customerGid" ORDER BY "placedAt", gid) AS place,
              count(*) OVER (PARTITION BY "customerGid") AS known
       FROM "Order" WHERE "shopId" = $1 AND "customerGid" IS NOT NULL
     ) ranked
     JOIN "Customer" c ON c."shopId" = $1 AND c.gid = ranked."customerGid"
     WHERE o."shopId" = $1 AND o.gid = ranked.gid`,
    [shopId],
  );
}

function orderRow(node: ImportedOrderNode, redacted: Set<string>) {
  const {
    customer,
    lines: _l,
    discountCodes: _d,
    refunds: _r,
    updatedAt,
    ...columns
  } = orderFromNode(node, [], []);
  const refundedMinor = refundRows(node).reduce((sum, refund) => sum + refund.amountMinor, 0);
  const hidden = customer && redacted.has(customer.gid);
  return {
    ...columns,
    ...(hidden
      ? { email: null, phone: null, statusUrl: null, checkoutToken: null, confirmationNumber: null }
      : {}),
    locale: columns.locale ?? "en",
    customerGid: customer?.gid ?? null,
    refundedMinor,
    imported: true,
    paidAt: wasPaid(columns) ? columns.placedAt : null,
    shopifyUpdatedAt: updatedAt,
  };
}

function refundRows(node: ImportedOrderNode) {
  return node.refunds.map((refund) => ({
    gid: refund.id,
    orderGid: node.id,
    amountMinor: toMinor(refund.totalRefundedSet.shopMoney.amount, node.currencyCode),
    currency: node.currencyCode,
    refundedAt: refund.createdAt,
  }));
}

async function redactedAmong(
  client: PoolClient,
  shopId: number,
  nodes: ImportedOrderNode[],
): Promise<Set<string>> {
  const gids = nodes.flatMap((node) => (node.customer ? [node.customer.id] : []));
  const { rows } = await client.query<{ gid: string }>(
    `SELECT gid FROM "Customer" WHERE "shopId" = $1 AND gid = ANY ($2) AND "redactedAt" IS NOT NULL`,
    [shopId, gids],
  );
  return new Set(rows.map((row) => row.gid));
}
