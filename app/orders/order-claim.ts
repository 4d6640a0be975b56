import { createHash } from "node:crypto";

/**
 * Who acts for an order that has not reached us yet (the thank-you page is faster than the webhook). What they did is
 * kept under a claim: the order's id with a hash of something only its buyer knows. When the order arrives it can show
 * which claims are its own; the id alone proves nothing, because ids can be guessed.
 */
export type Claimant = {
  orderGid: string;
  customerGid?: string | null;
  checkoutToken?: string | null;
  confirmationNumber?: string | null;
};

/** A person who acts for an order, known as well as they can be at this moment. */
export type ActingPerson = {
  orderGid: string;
  /** Null while unknown. */
  customerGid: string | null;
  /** Set while the order has not arrived: the key under which their doings wait for it. */
  claim: string | null;
};

/** @returns the key under which this person's doings are kept until the order arrives; null where nothing is proof */
export function claimKey(claimant: Claimant): string | null {
  return claimKeys(claimant)[0] ?? null;
}

/** Every key under which the buyer of this order may have acted before it arrived. */
export function claimKeys({ orderGid, customerGid, checkoutToken, confirmationNumber }: Claimant): string[] {
  const proofs = [
    checkoutToken && `checkout:${checkoutToken}`,
    confirmationNumber && `confirmation:${confirmationNumber}`,
    customerGid && `customer:${customerGid}`,
  ];
  return proofs.filter((proof) => !!proof).map((proof) => `claim:${orderGid}:${hash(proof as string)}`);
}

function hash(proof: string): string {
  return createHash("sha256").update(proof).digest("base64url").slice(0, 22);
}
