import { z } from "zod";
import { helpLink } from "#app/cases/case-link";
import { inShop } from "#app/db/in-shop.server";
import type { ShopId, Tx } from "#app/db/tx";
import { env } from "#app/env.server";
import type { Order } from "#app/generated/prisma/client";
import { balanceOf, memberOf, programOf } from "#app/loyalty/loyalty.server";
import { findForActor } from "#app/orders/orders.server";
import { isForShoppers, parcelStatusOf } from "#app/parcels/parcel-status";
import { expectedFor } from "#app/parcels/expected";
import { notePromise } from "#app/parcels/promises.server";
import { isAllDelivered, parcelsOfOrder, type ParcelWithScans } from "#app/parcels/parcels.server";
import type { OrderStatusResponse, ParcelView } from "../../extensions/shared/contract";
import { actorOf } from "./acting-person.server";
import { endpoint } from "./extension-api.server";
import { ActorSchema } from "./moment";
import { saidTo } from "./said.server";

const OrderStatusSchema = ActorSchema.omit({ surface: true }).extend({ withInbox: z.boolean().optional() });

/** POST /api/order-status: where the parcels are, the buyer's points, and on request what the shop has to say. */
export const orderStatus = endpoint(OrderStatusSchema, (caller, input): Promise<OrderStatusResponse> => {
  const shopId = caller.shop.id;
  return inShop(shopId, async (tx) => {
    const found = await findForActor(tx, shopId, actorOf(caller, input));
    if (found.status !== "found") return { status: "unknown-order" };
    const parcels = await parcelsOfOrder(tx, shopId, found.order.gid);
    for (const parcel of parcels) await notePromise(tx, shopId, parcel, "order-status", caller.now);
    const owner = { customerGid: caller.customerGid, orderGid: found.order.gid };
    return {
      status: "ok",
      orderState: orderState(found.order, parcels),
      parcels: parcels.map(parcelView),
      loyalty: await loyaltyView(tx, shopId, found.order),
      said: input.withInbox
        ? await saidTo(tx, caller.shop, owner, { locale: input.locale, now: caller.now })
        : null,
      helpUrl: helpLink(env().ENCRYPTION_KEY, caller.shop, found.order.gid),
    };
  });
});

type OrderState = Extract<OrderStatusResponse, { status: "ok" }>["orderState"];

function orderState(order: Order, parcels: ParcelWithScans[]): OrderState {
  if (order.cancelledAt) return "cancelled";
  if (order.totalMinor > 0 && order.refundedMinor >= order.totalMinor) return "refunded";
  if (parcels.length === 0) return "processing";
  return isAllDelivered(order, parcels) ? "delivered" : "shipped";
}

function parcelView(parcel: ParcelWithScans): ParcelView {
  const { name, status, carrier, trackingNumber, trackingUrl, deliveredAt } = parcel;
  const expected = expectedFor(parcel);
  return {
    name,
    status,
    carrier,
    trackingNumber,
    trackingUrl,
    expected: expected && { from: expected.from.toISOString(), until: expected.until.toISOString() },
    deliveredAt: deliveredAt?.toISOString() ?? null,
    scans: parcel.scans
      .filter(isForShoppers)
      .map(({ status, source, message, city, country, happenedAt }) => ({
        // One word for the many that carriers use: blocks have it in the shopper's language.
        status: parcelStatusOf(status) ?? status,
        message: source === "staff" ? null : message,
        place: [city, country].filter(Boolean).join(", ") || null,
        happenedAt: happenedAt.toISOString(),
      })),
  };
}

type LoyaltyView = Extract<OrderStatusResponse, { status: "ok" }>["loyalty"];

async function loyaltyView(tx: Tx, shopId: ShopId, order: Order): Promise<LoyaltyView> {
  const program = await programOf(tx, shopId);
  if (!program.enabled) return null;
  const member = await memberOf(tx, shopId, { ...order, orderGid: order.gid });
  const balance = member ? await balanceOf(tx, shopId, member.id) : { points: 0, pendingPoints: 0 };
  return { programName: program.name, member: member !== null, ...balance };
}
