import type { ShopId, Tx } from "#app/db/tx";
import type { Customer } from "#app/generated/prisma/client";

/**
 * Customers: who bought, as Shopify tells it. A row follows the newest telling and never an older one. A customer who
 * was redacted stays redacted: late webhooks do not bring personal data back.
 */
export { addAttributes } from "./attributes.server";

/** A customer as one webhook or query tells it; `undefined` means "not told", null means "has none". */
export type CustomerSnapshot = {
  gid: string;
  email?: string | null;
  firstName?: string | null;
  lastName?: string | null;
  phone?: string | null;
  locale?: string | null;
  country?: string | null;
  currency?: string;
  /** When Shopify last changed the customer; absent where the telling does not say. */
  updatedAt?: Date;
};

/** What identifies a person in touches, holds and decisions: the customer where known, else their order. */
export function personKeyOf(person: { customerGid: string | null; orderGid: string }): string {
  return person.customerGid ?? `order:${person.orderGid}`;
}

export async function customerByGid(tx: Tx, shopId: ShopId, gid: string): Promise<Customer | null> {
  return tx.customer.findUnique({ where: { shopId_gid: { shopId, gid } } });
}

/** Writes what is told about a customer, unless something newer is already here. */
export async function saveCustomer(
  tx: Tx,
  shopId: ShopId,
  told: CustomerSnapshot,
  now: Date,
): Promise<{ status: "saved" | "stale" | "redacted" }> {
  const { gid, updatedAt, ...profile } = told;
  const row = { ...profile, ...(updatedAt ? { shopifyUpdatedAt: updatedAt } : {}) };
  const created = await tx.customer.createMany({
    data: [{ shopId, gid, createdAt: now, ...row }],
    skipDuplicates: true,
  });
  if (created.count > 0) return { status: "saved" };

  // A telling without a time only fills gaps: it may be older than what we know.
  const notNewer = updatedAt
    ? [{ shopifyUpdatedAt: null }, { shopifyUpdatedAt: { lte: updatedAt } }]
    : [{ shopifyUpdatedAt: null }];
  const updated = await tx.customer.updateMany({
    where: { shopId, gid, redactedAt: null, OR: notNewer },
    data: row,
  });
  if (updated.count > 0) return { status: "saved" };
  const redacted = await isRedacted(tx, shopId, gid);
  return { status: redacted ? "redacted" : "stale" };
}

export async function isRedacted(tx: Tx, shopId: ShopId, gid: string): Promise<boolean> {
  return (await tx.customer.count({ where: { shopId, gid, redactedAt: { not: null } } })) > 0;
}

/** Writes what Shopify says now about somebody's tags. Redacted customers get none. */
export async function saveTags(tx: Tx, shopId: ShopId, gid: string, tags: string[]): Promise<void> {
  await tx.customer.updateMany({ where: { shopId, gid, redactedAt: null }, data: { tags } });
}

export type TotalsChange = {
  /** +1 for a new order, -1 for a cancelled one. */
  orders?: number;
  /** Minor units of the shop's currency; negative for refunds. */
  spentMinor?: number;
  currency: string;
  /** When the order was placed; moves the first and last order's time. */
  orderedAt?: Date;
};

/** Adds to what a customer ordered and spent. Call it once per order, refund or cancellation. */
export async function addToTotals(tx: Tx, shopId: ShopId, gid: string, change: TotalsChange): Promise<void> {
  const { orders = 0, spentMinor = 0, currency, orderedAt = null } = change;
  await tx.$executeRaw`
    UPDATE "Customer" SET
      "ordersCount" = greatest("ordersCount" + ${orders}::int, 0),
      "spentMinor" = "spentMinor" + ${spentMinor}::bigint,
      currency = ${currency},
      "firstOrderAt" = least("firstOrderAt", ${orderedAt}::timestamptz),
      "lastOrderAt" = greatest("lastOrderAt", ${orderedAt}::timestamptz)
    WHERE "shopId" = ${shopId} AND gid = ${gid}`;
}

/** Shopify deleted the customer: their personal data goes, the number of orders stays for the shop's figures. */
export async function forgetCustomer(tx: Tx, shopId: ShopId, gid: string, now: Date): Promise<void> {
  await tx.customer.updateMany({
    where: { shopId, gid },
    data: {
      email: null,
      firstName: null,
      lastName: null,
      phone: null,
      locale: null,
      attributes: {},
      tags: [],
      redactedAt: now,
    },
  });
}
