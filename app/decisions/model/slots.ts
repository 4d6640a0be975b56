/**
 * Where the weight of a feature lies, by its hash. Slots of the first half belong to traits and contexts, and may be
 * averaged over shops; those of the second to single candidates.
 */
export const SLOTS = 1 << 16;
/** First of the second half. */
export const OWN_SLOTS = SLOTS >>> 1;
export const BIAS_SLOT = 0;

export function sharedSlot(hash: number): number {
  return mixed(hash) & (OWN_SLOTS - 1);
}

export function ownSlot(hash: number): number {
  return OWN_SLOTS + sharedSlot(hash);
}

/** Of a candidate's feature together with one of the context. */
export function sharedPairSlot(hash: number, context: number): number {
  return mixed(Math.imul(hash, 0x9e3779b1) ^ context) & (OWN_SLOTS - 1);
}

export function ownPairSlot(hash: number, context: number): number {
  return OWN_SLOTS + sharedPairSlot(hash, context);
}

/** Finaliser of MurmurHash3 (A. Appleby, public domain): spreads every bit. */
function mixed(hash: number): number {
  let bits = hash | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
