import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import type { Order, Parcel } from "#app/generated/prisma/client";
import { lockOrder } from "#app/orders/orders.server";
import type { AdminClient } from "#app/shops/admin-client";
import { trackingKeyOf } from "./carrier-scan";
import type { Tracking } from "./pieces";
import { settleParcel, tell } from "./scans.server";

/**
 * What is not sent: goods handed over in the shop at once, and goods that wait there to be fetched. Shopify tells of the
 * latter twice: when they are ready (a fulfillment order, nothing is fulfilled yet), and when they were fetched (a
 * fulfillment without tracking). Both are the same parcel here.
 */

type Fulfilled = { gid: string; orderGid: string; trackings: Tracking[]; shippedAt: Date };

function isTracked({ trackings }: Fulfilled): boolean {
  return trackings.some(({ number }) => trackingKeyOf(number));
}

/** Bought at the till and taken along: fulfilled with the order, without tracking. */
export function isHandedOver(order: Pick<Order, "sourceName" | "placedAt">, told: Fulfilled): boolean {
  const QUARTER_OF_AN_HOUR = 15 * 60 * 1000;
  const isAtOnce = told.shippedAt.getTime() - order.placedAt.getTime() < QUARTER_OF_AN_HOUR;
  return order.sourceName === "pos" && !isTracked(told) && isAtOnce;
}

const FULFILLMENT_ORDER = "gid://shopify/FulfillmentOrder/";

/** The order's pickup that this fulfillment hands over; null where none waits. */
export async function waitingPickup(tx: Tx, shopId: ShopId, told: Fulfilled): Promise<Parcel | null> {
  if (isTracked(told)) return null;
  return tx.parcel.findFirst({
    where: {
      shopId,
      orderGid: told.orderGid,
      way: "pickup",
      fulfillmentGid: { startsWith: FULFILLMENT_ORDER },
    },
    orderBy: { shippedAt: "asc" },
  });
}

/** Ready to be fetched; told once. @returns "not-yet" where the order has not been told */
export async function recordPickup(
  tx: Tx,
  shopId: ShopId,
  pickup: { fulfillmentOrderGid: string; orderGid: string; name: string; readyAt: Date },
  now: Date,
): Promise<{ status: "recorded" | "already-recorded" | "not-yet" }> {
  const { fulfillmentOrderGid: fulfillmentGid, orderGid, name, readyAt } = pickup;
  await lockOrder(tx, shopId, orderGid);
  const order = await tx.order.findUnique({ where: { shopId_gid: { shopId, gid: orderGid } } });
  if (!order) return { status: "not-yet" };
  // Fetched already: its fulfillment came first.
  const unsent = {
    shopId,
    orderGid,
    trackingKey: null,
    cancelledAt: null,
    OR: [{ way: "pickup" }, { status: "announced" as const }],
  };
  const existing = await tx.parcel.findFirst({ where: unsent, orderBy: { shippedAt: "asc" } });
  if (existing?.way === "pickup") return { status: "already-recorded" };
  const parcel = existing
    ? await tx.parcel.update({
        where: { shopId_id: { shopId, id: existing.id } },
        data: { way: "pickup", toldStatus: "delivered", toldDeliveredAt: existing.shippedAt },
      })
    : await tx.parcel.create({
        data: {
          shopId,
          id: newId(now),
          orderGid,
          fulfillmentGid,
          way: "pickup",
          name,
          status: "ready_for_pickup",
          toldStatus: "ready_for_pickup",
          shippedAt: readyAt,
        },
      });
  if (!existing) await tell(tx, order, parcel, "parcel.ready-for-pickup");
  await settleParcel(tx, order, parcel, now);
  return { status: "recorded" };
}

const PICKUP = `#graphql
  query Pickup($id: ID!) {
    fulfillmentOrder(id: $id) {
      orderId
      orderName
      deliveryMethod {
        methodType
      }
    }
  }
`;

/** Whose order is ready; null for what is not fetched but sent, or no longer there. */
export async function readPickup(
  admin: AdminClient,
  fulfillmentOrderGid: string,
): Promise<{ orderGid: string; name: string } | null> {
  type Answer = {
    fulfillmentOrder: {
      orderId: string;
      orderName: string;
      deliveryMethod: { methodType: string } | null;
    } | null;
  };
  const { fulfillmentOrder } = await admin.query<Answer>(PICKUP, { id: fulfillmentOrderGid });
  if (fulfillmentOrder?.deliveryMethod?.methodType !== "PICK_UP") return null;
  return { orderGid: fulfillmentOrder.orderId, name: fulfillmentOrder.orderName };
}
