import type { OfferPlacement } from "../../extensions/shared/contract";
import type { ShopId, Tx } from "#app/db/tx";
import { discountedPrice, isRunning, readOffer } from "./offer";
import { givenCode, reserveCode } from "./give-code.server";
import { cartLink } from "./cart-link";
import { hasRoom } from "./taken.server";

/** A chosen offer as a mail can hold it: the price, and a link to a cart where the discount is already applied. */
export type OfferInMail = { priceMinor: number; discountedMinor: number; url: string };

/** @returns "preparing" while its code is being made; null where it ended, sold out, became dearer or was taken too often */
export async function offerForMail(
  tx: Tx,
  shopId: ShopId,
  {
    decisionId,
    placement,
    shopDomain,
  }: { decisionId: string; placement: OfferPlacement; shopDomain: string },
  now: Date,
): Promise<OfferInMail | "preparing" | null> {
  const row = await tx.offer.findUnique({ where: { shopId_id: { shopId, id: placement.offerId } } });
  const variant = await tx.variant.findUnique({
    where: { shopId_gid: { shopId, gid: placement.variantId } },
  });
  const offer = row && readOffer(row);
  if (!offer || !variant?.available || !isRunning(offer, now)) return null;
  const { priceMinor } = variant;
  const discountPercent = placement.discountPercent;
  const discountedMinor = discountedPrice(priceMinor, discountPercent);
  if (discountedMinor > placement.discountedMinor || priceMinor < offer.minimumMinor) return null;
  if (discountPercent === 0)
    return { priceMinor, discountedMinor, url: cartLink(shopDomain, variant.gid, null) };
  const key = { decisionId, position: placement.position };
  if (!(await givenCode(tx, shopId, key)) && !(await hasRoom(tx, shopId, offer, now))) return null;
  const code = await reserveCode(tx, shopId, {
    placement: key,
    offer: { ...offer, discountPercent },
    variant,
    now,
  });
  return code
    ? { priceMinor, discountedMinor, url: cartLink(shopDomain, variant.gid, code.code) }
    : "preparing";
}
