import { isSignature, sign } from "#app/db/seal";

/**
 * The link to an order's tracking page on the shop's own domain. Signed, so that it needs no log-in; it carries the
 * order's number only.
 */
const PURPOSE = "tracking-link";

type Tracked = { shopId: number; orderGid: string };

type LinkedShop = {
  id: number;
  /** e.g. "demo.myshopify.com" */
  domain: string;
  /** Where on that domain we are. */
  proxyPath: string;
};

export function trackingLink(secret: string, shop: LinkedShop, orderGid: string): string {
  const token = trackingToken(secret, { shopId: shop.id, orderGid });
  return `https://${shop.domain}${trackingPath(shop.proxyPath)}?t=${token}`;
}

/** The tracking page below where the shop's domain passes on to us. */
export function trackingPath(proxyPath: string): string {
  return `${proxyPath}/track`;
}

export function trackingToken(secret: string, { shopId, orderGid }: Tracked): string {
  const body = `${shopId}.${orderGid.split("/").at(-1)}`;
  return `${body}.${sign(secret, PURPOSE, body)}`;
}

/** @returns the order, or null where the token was not made by us for this shop */
export function readTrackingToken(secret: string, shopId: number, token: string): string | null {
  const match = /^((\d{1,9})\.(\d{1,20}))\.([\w-]{22})$/.exec(token);
  if (!match || Number(match[2]) !== shopId || !isSignature(secret, PURPOSE, match[1]!, match[4]!))
    return null;
  return `gid://shopify/Order/${match[3]}`;
}
