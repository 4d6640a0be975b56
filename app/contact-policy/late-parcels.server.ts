import { personKeyOf } from "#app/customers/customers.server";
import type { ShopId, Tx } from "#app/db/tx";
import { exceptionById } from "#app/parcels/exceptions.server";
import { placeHold, releaseHold } from "./contact-policy.server";

/** A parcel that is never found must not silence the shop for good. */
const LONGEST_DAYS = 30;
const DAY = 24 * 60 * 60 * 1000;

/**
 * Nothing is sold to somebody whose order has gone wrong: marketing rests while the exception is open. A parcel that
 * waits to be fetched is no reason. Safe to repeat, in any order.
 */
export async function holdForException(
  tx: Tx,
  shopId: ShopId,
  exceptionId: string,
  now: Date,
): Promise<void> {
  const exception = await exceptionById(tx, shopId, exceptionId);
  if (!exception || exception.kind === "not-collected") return;
  const order = await tx.order.findUnique({ where: { shopId_gid: { shopId, gid: exception.orderGid } } });
  if (!order) return;
  const sourceKey = `exception:${exceptionId}`;
  await placeHold(tx, shopId, {
    personKey: personKeyOf({ customerGid: order.customerGid, orderGid: order.gid }),
    reason: "late-parcel",
    sourceKey,
    startsAt: exception.openedAt,
    endsAt: new Date(exception.openedAt.getTime() + LONGEST_DAYS * DAY),
  });
  if (exception.closedAt) await releaseHold(tx, shopId, { sourceKey, now });
}
