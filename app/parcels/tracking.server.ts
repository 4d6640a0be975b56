import type { ShopId, Tx } from "#app/db/tx";
import type { LineItem, Order } from "#app/generated/prisma/client";
import { notePromise } from "./promises.server";
import { parcelsOfOrder, type ParcelWithScans } from "./parcels.server";

/**
 * What the tracking page shows, and who may see it: whoever has the signed link, or knows both the order's number and
 * its e-mail address. Guessing is slowed down per visitor and per order; a wrong guess says nothing about what exists.
 */

export type TrackedOrder = {
  order: Pick<
    Order,
    "gid" | "name" | "placedAt" | "cancelledAt" | "fulfillmentStatus" | "locale" | "country"
  >;
  lines: (Pick<LineItem, "title" | "quantity" | "productGid"> & { imageUrl: string | null })[];
  parcels: ParcelWithScans[];
};

const MOST_LINES = 20;

/** Null for an order that we do not know. What it says about arrival is noted as a promise. */
export async function trackedOrder(
  tx: Tx,
  shopId: ShopId,
  orderGid: string,
  now: Date,
): Promise<TrackedOrder | null> {
  const order = await tx.order.findUnique({
    where: { shopId_gid: { shopId, gid: orderGid } },
    include: { lines: { orderBy: { gid: "asc" }, take: MOST_LINES } },
  });
  if (!order) return null;
  const parcels = await parcelsOfOrder(tx, shopId, orderGid);
  for (const parcel of parcels) await notePromise(tx, shopId, parcel, "tracking", now);
  const gids = order.lines.flatMap(({ productGid }) => productGid ?? []);
  const products = await tx.product.findMany({
    where: { shopId, gid: { in: gids } },
    select: { gid: true, imageUrl: true },
  });
  const images = new Map(products.map(({ gid, imageUrl }) => [gid, imageUrl]));
  const lines = order.lines.map(({ title, quantity, productGid }) => ({
    title,
    quantity,
    productGid,
    imageUrl: images.get(productGid ?? "") ?? null,
  }));
  return { order, lines, parcels };
}

const WINDOW = 15 * 60 * 1000;
/** Wrong guesses within the window. */
const MOST_PER_VISITOR = 10;
const MOST_PER_ORDER = 5;

export type Lookup = {
  /** As typed: "#1001", "1001". */
  number: string;
  email: string;
  /** Keyed hash of the visitor's address. */
  visitor: string;
};

export async function findOrder(
  tx: Tx,
  shopId: ShopId,
  { number, email, visitor }: Lookup,
  now: Date,
): Promise<{ status: "found"; orderGid: string } | { status: "unknown" } | { status: "too-many" }> {
  const digits = number.replace(/[^\p{L}\d]/gu, "").toLowerCase();
  const keys = [`visitor:${visitor}`, `order:${digits}`];
  const since = new Date(now.getTime() - WINDOW);
  await tx.trackingAttempt.deleteMany({ where: { shopId, key: { in: keys }, attemptedAt: { lte: since } } });
  const tried = await tx.trackingAttempt.groupBy({
    by: ["key"],
    where: { shopId, key: { in: keys } },
    _count: true,
  });
  const count = (key: string) => tried.find((one) => one.key === key)?._count ?? 0;
  if (count(keys[0]!) >= MOST_PER_VISITOR || count(keys[1]!) >= MOST_PER_ORDER) return { status: "too-many" };

  const [order] = digits
    ? await tx.$queryRaw<{ gid: string }[]>`
        SELECT gid FROM "Order"
        WHERE "shopId" = ${shopId} AND lower(email) = ${email.trim().toLowerCase()}
          AND lower(regexp_replace(name, '[^[:alnum:]]', '', 'g')) = ${digits}
        ORDER BY "placedAt" DESC LIMIT 1`
    : [];
  if (order) return { status: "found", orderGid: order.gid };
  await tx.trackingAttempt.createMany({ data: keys.map((key) => ({ shopId, key, attemptedAt: now })) });
  return { status: "unknown" };
}
