// A seeded source of chance: the same seed gives the same history on every machine.
export type Random = {
  /** In [0, 1). */
  next(): number;
  /** Integer in [0, limit). */
  below(limit: number): number;
  between(low: number, high: number): number;
  chance(share: number): boolean;
  pick<Value>(values: readonly Value[]): Value;
  /** Picks by weight. */
  weighted<Value>(values: readonly Value[], weight: (value: Value) => number): Value;
  hex(length: number): string;
};

/** mulberry32 (Tommy Ettinger, public domain). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    between: (low, high) => low + next() * (high - low),
    chance: (share) => next() < share,
    pick: (values) => values[below(values.length)]!,
    weighted(values, weight) {
      let rest = next() * values.reduce((total, value) => total + weight(value), 0);
      for (const value of values) {
        rest -= weight(value);
        if (rest < 0) return value;
      }
      return values.at(-1)!;
    },
    hex: (length) => Array.from({ length }, () => below(16).toString(16)).join(""),
  };
}
