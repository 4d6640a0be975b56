import { isSignature, sign } from "#app/db/seal";

/** Secret addresses of a shop, for those who cannot sign: whoever knows one may tell us something about this shop only. */
export type ShopTokenPurpose = "returned-mail" | "twilio-answers";

export function shopToken(secret: string, purpose: ShopTokenPurpose, shopId: number): string {
  return `${shopId}.${sign(secret, purpose, String(shopId))}`;
}

export function readShopToken(secret: string, purpose: ShopTokenPurpose, token: string): number | null {
  const match = /^(\d{1,9})\.([\w-]{22})$/.exec(token);
  return match && isSignature(secret, purpose, match[1]!, match[2]!) ? Number(match[1]) : null;
}
