import { isSignature, sign } from "#app/db/seal";

/** Names an offer that was shown to a shopper, so that a page without log-in can take or decline it. Signed, for one shop. */
const PURPOSE = "tracking-offer";

export type Placed = { shopId: number; decisionId: string; position: number };

export function offerToken(secret: string, { shopId, decisionId, position }: Placed): string {
  const body = `${decisionId}.${position}`;
  return `${body}.${sign(secret, PURPOSE, `${shopId}.${body}`)}`;
}

/** @returns null where it was not made by us for this shop */
export function readOfferToken(secret: string, shopId: number, token: string): Placed | null {
  const match = /^(([0-9a-f-]{36})\.([123]))\.([\w-]{22})$/.exec(token);
  if (!match || !isSignature(secret, PURPOSE, `${shopId}.${match[1]}`, match[4]!)) return null;
  return { shopId, decisionId: match[2]!, position: Number(match[3]) };
}
