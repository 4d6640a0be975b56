/**
 * What a comparison needs to know of the people of one arm: sums over people, so that a database can make them and days
 * can be added up. `y` is what is measured, `n` what it is measured per (1 where it is per person), `x` what was known
 * of the person before (0 where nothing was).
 */
export type Moments = {
  people: number;
  y: number;
  yy: number;
  n: number;
  nn: number;
  yn: number;
  x: number;
  xx: number;
  xy: number;
  /** The largest `y` of one person. */
  most: number;
};

export const NO_PEOPLE: Moments = {
  people: 0,
  y: 0,
  yy: 0,
  n: 0,
  nn: 0,
  yn: 0,
  x: 0,
  xx: 0,
  xy: 0,
  most: 0,
};

export function addMoments(a: Moments, b: Moments): Moments {
  return {
    people: a.people + b.people,
    y: a.y + b.y,
    yy: a.yy + b.yy,
    n: a.n + b.n,
    nn: a.nn + b.nn,
    yn: a.yn + b.yn,
    x: a.x + b.x,
    xx: a.xx + b.xx,
    xy: a.xy + b.xy,
    most: Math.max(a.most, b.most),
  };
}

/** @param people one entry per person */
export function momentsOf(people: Iterable<{ y: number; n?: number; x?: number }>): Moments {
  let sum = NO_PEOPLE;
  for (const { y, n = 1, x = 0 } of people) {
    const one = { people: 1, y, yy: y * y, n, nn: n * n, yn: y * n, x, xx: x * x, xy: x * y, most: y };
    sum = addMoments(sum, one);
  }
  return sum;
}
