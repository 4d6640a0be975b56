/** How many equal groups buyers fall into; the holdout is the first of them. */
export const BUCKETS = 10_000;

/**
 * A buyer's group, 0 to 9,999: the same for every visit, and the same when it is worked out from the order later.
 * FNV-1a with the final mixing of MurmurHash3, without which similar addresses would fall close together.
 */
export function bucketOf(salt: string, identity: string): number {
  const text = `${salt}:${identity}`;
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % BUCKETS;
}

/** The one thing about a buyer that both the payment step and the order know; null before anything was typed. */
export function identityOf(
  email: string | null | undefined,
  phone: string | null | undefined,
): string | null {
  return email?.trim().toLowerCase() || phone?.replace(/\D/g, "") || null;
}

export function isHeldOut(bucket: number, share: number): boolean {
  return bucket < share * BUCKETS;
}
