import type { ShopId, Tx } from "#app/db/tx";
import { lockOrder } from "#app/orders/orders.server";
import type { AdminClient } from "#app/shops/admin-client";
import { settleParcel } from "./scans.server";

/** From which country parcels leave: working days and "abroad" are counted from there. Shopify names the location only. */

const LOCATION = `#graphql
  query Origin($id: ID!) {
    location(id: $id) {
      address {
        countryCode
      }
    }
  }
`;

/** ISO code; null where the location is gone or has no address. */
export async function readLocation(admin: AdminClient, locationGid: string): Promise<string | null> {
  type Answer = { location: { address: { countryCode: string | null } } | null };
  const { location } = await admin.query<Answer>(LOCATION, { id: locationGid });
  return location?.address.countryCode ?? null;
}

/** Keeps the location's country, and counts the parcel's days anew. */
export async function recordOrigin(
  tx: Tx,
  shopId: ShopId,
  { parcelId, locationGid, country }: { parcelId: string; locationGid: string; country: string },
  now: Date,
): Promise<void> {
  const location = { country, readAt: now };
  await tx.shopLocation.upsert({
    where: { shopId_gid: { shopId, gid: locationGid } },
    create: { shopId, gid: locationGid, ...location },
    update: location,
  });
  const where = { shopId_id: { shopId, id: parcelId } };
  const found = await tx.parcel.findUnique({ where });
  if (!found) return;
  await lockOrder(tx, shopId, found.orderGid);
  const { order, ...parcel } = await tx.parcel.update({
    where,
    data: { originCountry: country },
    include: { order: true },
  });
  await settleParcel(tx, order, parcel, now);
}
