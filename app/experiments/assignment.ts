/**
 * Which variant a person gets: by a hash of the experiment's salt and the person, so always the same one, on every
 * surface and in every process, without anything to look up.
 */
export type Share = {
  key: string;
  /** Relative to the other variants' shares. */
  share: number;
};

/** @returns the key of the person's variant */
export function assignVariant(salt: string, personKey: string, variants: readonly Share[]): string {
  const all = variants.reduce((sum, variant) => sum + variant.share, 0);
  let place = unitHash(`${salt}\0${personKey}`) * all;
  for (const { key, share } of variants) {
    place -= share;
    if (place < 0) return key;
  }
  return variants.at(-1)!.key;
}

/** Evenly in [0, 1): FNV-1a with the last steps of MurmurHash3, so that keys which differ in one digit spread out. */
export function unitHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000;
}
