import type { ShopId, Tx } from "#app/db/tx";
import type { Parcel, ParcelStatus } from "#app/generated/prisma/client";
import { trackingKeyOf } from "./carrier-scan";

/** Parcels as staff look for them: by order number, by tracking number, or the newest. */

export type FoundParcel = Pick<
  Parcel,
  | "id"
  | "orderGid"
  | "carrier"
  | "trackingNumber"
  | "status"
  | "way"
  | "handover"
  | "shippedAt"
  | "lastScanAt"
> & { orderName: string };

const SHOWN = 50;

export async function findParcels(
  tx: Tx,
  shopId: ShopId,
  { query, status }: { query: string; status: ParcelStatus | null },
): Promise<{ parcels: FoundParcel[]; more: boolean }> {
  const key = trackingKeyOf(query);
  const name = query.trim();
  const rows = await tx.parcel.findMany({
    where: {
      shopId,
      cancelledAt: null,
      ...(status ? { status } : {}),
      ...(key ? { OR: [{ trackingKey: key }, { order: { name: { in: [name, `#${key}`] } } }] } : {}),
    },
    include: { order: { select: { name: true } } },
    orderBy: [{ shippedAt: "desc" }, { id: "desc" }],
    take: SHOWN + 1,
  });
  return {
    more: rows.length > SHOWN,
    parcels: rows.slice(0, SHOWN).map(({ order, ...parcel }) => ({ ...parcel, orderName: order.name })),
  };
}

/** One parcel as staff see it, with what is wrong with it now; null where the shop has none of this id. */
export async function parcelForStaff(tx: Tx, shopId: ShopId, id: string) {
  const parcel = await tx.parcel.findUnique({
    where: { shopId_id: { shopId, id } },
    include: {
      order: { select: { name: true, country: true } },
      scans: { orderBy: [{ happenedAt: "desc" }, { id: "desc" }] },
    },
  });
  if (!parcel) return null;
  const exceptions = await tx.deliveryException.findMany({
    where: { shopId, subject: id, closedAt: null },
    orderBy: { openedAt: "asc" },
  });
  const promises = await tx.deliveryPromise.findMany({
    where: { shopId, parcelId: id },
    orderBy: { saidAt: "asc" },
  });
  return { parcel, exceptions, promises };
}
