/**
 * A random source that a seed fixes: the same seed gives the same numbers in the same order, so that a stored decision
 * can be replayed. Seeding by FNV-1a, then sfc32 (C. Doty-Humphrey, PractRand; public domain). Not for secrets.
 * @returns numbers in [0, 1)
 */
export function randomFrom(seed: string): () => number {
  let a = hashText(seed, 0x811c9dc5);
  let b = hashText(seed, a);
  let c = hashText(seed, b);
  let counter = 1;
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 0x1_0000_0000;
  };
  for (let warmUp = 0; warmUp < 12; warmUp++) next();
  return next;
}

/** FNV-1a, 32 bits. */
export function hashText(text: string, start = 0x811c9dc5): number {
  let hash = start | 0;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
