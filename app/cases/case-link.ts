import { isSignature, sign } from "#app/db/seal";
import { trackingToken } from "#app/parcels/tracking-link";

/**
 * The shopper's way to us, on the shop's own domain: about an order by the same token as its tracking page, or back
 * into a case. Signed, so that it needs no log-in.
 */
const PURPOSE = "case-link";

type LinkedShop = { id: number; domain: string; proxyPath: string };

export function helpPath(proxyPath: string): string {
  return `${proxyPath}/help`;
}

export function helpLink(secret: string, shop: LinkedShop, orderGid: string): string {
  const token = trackingToken(secret, { shopId: shop.id, orderGid });
  return `https://${shop.domain}${helpPath(shop.proxyPath)}?t=${token}`;
}

export function caseLink(secret: string, shop: LinkedShop, caseId: string): string {
  return `https://${shop.domain}${helpPath(shop.proxyPath)}?c=${caseToken(secret, shop.id, caseId)}`;
}

export function caseToken(secret: string, shopId: number, caseId: string): string {
  const body = `${shopId}.${caseId}`;
  return `${body}.${sign(secret, PURPOSE, body)}`;
}

/** @returns the case, or null where the token was not made by us for this shop */
export function readCaseToken(secret: string, shopId: number, token: string): string | null {
  const match = /^((\d{1,9})\.([0-9a-f-]{36}))\.([\w-]{22})$/.exec(token);
  if (!match || Number(match[2]) !== shopId || !isSignature(secret, PURPOSE, match[1]!, match[4]!))
    return null;
  return match[3]!;
}
