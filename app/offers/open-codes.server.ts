import type { ShopId, Tx } from "#app/db/tx";
import { SAME_VISIT } from "#app/decisions/attention.server";
import { Prisma } from "#app/generated/prisma/client";
import type { OpenCode } from "../../extensions/shared/contract";
import { cartLink } from "./cart-link";
import { discountedPrice } from "./offer";

/** More would bury the page. */
const MOST = 5;

export type CodeShop = { id: ShopId; domain: string; currency: string };

/** Whoever may see an order gets its codes; where there is none, the signed-in customer gets all of theirs. */
export type CodeOwner = { orderGid: string | null; customerGid: string | null };

/**
 * The codes that a shopper took and can still use, the one that ends first in front. A page on which one was taken is closed soon;
 * these are how it is found again. What was taken on the order status page itself a moment ago its offer there still says. Codes of
 * mails stand in the mail.
 */
export async function openCodes(
  tx: Tx,
  { id: shopId, domain, currency }: CodeShop,
  { orderGid, customerGid }: CodeOwner,
  now: Date,
): Promise<OpenCode[]> {
  type Row = Pick<OpenCode, "title" | "code"> & {
    expiresAt: Date;
    variantGid: string;
    priceMinor: number;
    discountPercent: number;
  };
  const sameVisit = new Date(now.getTime() - SAME_VISIT);
  const owned =
    orderGid === null
      ? Prisma.sql`p."personKey" = ${customerGid}`
      : Prisma.sql`d."orderGid" = ${orderGid}
          AND NOT (d.surface = 'order-status' AND d."decidedAt" > ${sameVisit})`;
  const rows = await tx.$queryRaw<Row[]>`
    SELECT concat_ws(', ', p.payload->>'title', p.payload->>'variantTitle') AS title, c.code, c."expiresAt",
      v.gid AS "variantGid", v."priceMinor"::float8, g."discountPercent"
    FROM "Decision" d
    JOIN "Placement" p ON p."shopId" = d."shopId" AND p."decisionId" = d.id AND p."acceptedAt" IS NOT NULL
    JOIN "OfferCode" c ON c."shopId" = p."shopId" AND c."decisionId" = p."decisionId" AND c.position = p.position
    JOIN "OfferDiscount" g ON g."shopId" = c."shopId" AND g.id = c."discountId"
    JOIN "Variant" v ON v."shopId" = c."shopId" AND v.gid = c."variantGid" AND v.available
    WHERE d."shopId" = ${shopId} AND ${owned} AND d.surface <> 'message' AND c.state = 'created' AND c."expiresAt" > ${now}
    ORDER BY c."expiresAt", c.id LIMIT ${MOST}`;
  return rows.map(({ title, code, expiresAt, variantGid, priceMinor, discountPercent }) => ({
    title,
    code,
    cartUrl: cartLink(domain, variantGid, code),
    expiresAt: expiresAt.toISOString(),
    discountedMinor: discountedPrice(priceMinor, discountPercent),
    currency,
  }));
}
