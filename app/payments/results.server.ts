import type { ShopId, Tx } from "#app/db/tx";
import type { PaymentRanking } from "#app/generated/prisma/client";
import { effectOf, type BucketOrders, type Effect } from "./effect";

/** What the ranking did since buyers are split as they are now. Cancelled and test orders count as if never placed. */
export async function paymentEffect(
  tx: Tx,
  shopId: ShopId,
  { startedAt, holdoutPercent }: Pick<PaymentRanking, "startedAt" | "holdoutPercent">,
): Promise<Effect | null> {
  if (!startedAt || holdoutPercent === 0) return null;
  const rows = await tx.$queryRaw<BucketOrders[]>`
    SELECT p.bucket, p."heldOut", count(*)::int AS orders,
           count(*) FILTER (WHERE p.method = p."firstChoice")::int AS first,
           sum(o."totalMinor" - o."refundedMinor")::float8 AS "netMinor"
    FROM "PaymentOrder" p JOIN "Order" o ON o."shopId" = p."shopId" AND o.gid = p."orderGid"
    WHERE p."shopId" = ${shopId} AND p."placedAt" >= ${startedAt} AND o."cancelledAt" IS NULL AND NOT o.test
    GROUP BY 1, 2`;
  return effectOf(rows, holdoutPercent / 100);
}
