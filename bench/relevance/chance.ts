/** Random draws for simulations: a seeded source and the distributions that simulators need. */
export type Chance = {
  uniform: () => number;
  normal: () => number;
  exponential: (mean: number) => number;
  integer: (below: number) => number;
  /** Marsaglia and Tsang (2000). */
  gamma: (shape: number) => number;
  /** Shares that sum to one. */
  dirichlet: (size: number, concentration: number) => number[];
  permutation: (size: number) => number[];
};

/** Mulberry32 (T. Ettinger, public domain). */
export function chanceFrom(seed: number): Chance {
  let state = Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995;

  function uniform(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  }

  function normal(): number {
    const radius = Math.sqrt(-2 * Math.log(uniform() + 1e-12));
    return radius * Math.cos(2 * Math.PI * uniform());
  }

  function gamma(shape: number): number {
    if (shape < 1) return gamma(shape + 1) * uniform() ** (1 / shape);
    const d = shape - 1 / 3;
    for (;;) {
      const x = normal();
      const v = (1 + x / Math.sqrt(9 * d)) ** 3;
      if (v > 0 && Math.log(uniform() + 1e-300) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
    }
  }

  return {
    uniform,
    normal,
    gamma,
    exponential: (mean) => -mean * Math.log(1 - uniform()),
    integer: (below) => Math.floor(uniform() * below),
    dirichlet(size, concentration) {
      const parts = Array.from({ length: size }, () => gamma(concentration));
      const total = parts.reduce((sum, part) => sum + part, 0);
      return parts.map((part) => part / total);
    },
    permutation(size) {
      const order = Array.from({ length: size }, (_, index) => index);
      for (let last = size - 1; last > 0; last--) {
        const other = Math.floor(uniform() * (last + 1));
        [order[last], order[other]] = [order[other]!, order[last]!];
      }
      return order;
    },
  };
}
