import type { ShopId, Tx } from "#app/db/tx";
import type { Order, Parcel, Scan } from "#app/generated/prisma/client";

/** Parcels as others read them: where the goods are. */

export type ParcelWithScans = Parcel & { scans: Scan[] };

/** Whether everything has arrived: what was shipped is there, and nothing is left to ship. */
export function isAllDelivered(
  { fulfillmentStatus }: Pick<Order, "fulfillmentStatus">,
  parcels: Pick<Parcel, "status">[],
): boolean {
  const arrived = parcels.length > 0 && parcels.every(({ status }) => status === "delivered");
  return arrived && fulfillmentStatus !== "partial";
}

/** The parcels of an order, oldest first, each with its scans, newest first. Cancelled ones and scans taken back are left out. */
export async function parcelsOfOrder(tx: Tx, shopId: ShopId, orderGid: string): Promise<ParcelWithScans[]> {
  return tx.parcel.findMany({
    where: { shopId, orderGid, cancelledAt: null },
    include: { scans: { where: { withdrawnAt: null }, orderBy: { happenedAt: "desc" } } },
    orderBy: [{ shippedAt: "asc" }, { fulfillmentGid: "asc" }, { piece: "asc" }],
  });
}

/** As a shipping mail names them: the number of the parcel, and of those that left with it and are no further. */
export async function numbersLeaving(tx: Tx, shopId: ShopId, parcel: Parcel): Promise<string | null> {
  const { fulfillmentGid, trackingNumber, status } = parcel;
  if (status !== "announced" || parcel.piece > 0) return trackingNumber;
  const pieces = await tx.parcel.findMany({
    where: { shopId, fulfillmentGid, cancelledAt: null, status },
    orderBy: { piece: "asc" },
    select: { trackingNumber: true },
  });
  return pieces.flatMap((piece) => piece.trackingNumber ?? []).join(", ") || null;
}

export async function parcelById(tx: Tx, shopId: ShopId, id: string): Promise<ParcelWithScans | null> {
  return tx.parcel.findUnique({
    where: { shopId_id: { shopId, id } },
    include: { scans: { where: { withdrawnAt: null }, orderBy: { happenedAt: "desc" } } },
  });
}
