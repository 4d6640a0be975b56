/** The few quantiles and tails that the comparisons need. */

/** 97.5 % quantile of the standard normal distribution. */
export const Z_95 = 1.959963984540054;

/**
 * 97.5 % quantile of Student's t distribution: Cornish-Fisher expansion around the normal quantile (Abramowitz and
 * Stegun 26.7.5); error below 0.5 % from 5 degrees of freedom on.
 */
export function tQuantile95(degrees: number): number {
  if (!Number.isFinite(degrees)) return Z_95;
  const nu = Math.max(degrees, 3);
  const z = Z_95;
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + first / nu + second / nu ** 2 + third / nu ** 3;
}

/** Probability that a chi-square variable is at least `x`: the regularised upper incomplete gamma function. */
export function chiSquareTail(x: number, degrees: number): number {
  if (!(x > 0)) return 1;
  const a = degrees / 2;
  const half = x / 2;
  return half < a + 1 ? 1 - lowerGamma(a, half) : upperGamma(a, half);
}

/** By its power series; converges fast below a + 1. */
function lowerGamma(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let step = 1; step < 500 && term > sum * 1e-15; step++) {
    term *= x / (a + step);
    sum += term;
  }
  return sum * Math.exp(a * Math.log(x) - x - logGamma(a));
}

/** By its continued fraction (modified Lentz); converges fast above a + 1. */
function upperGamma(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let result = d;
  for (let step = 1; step < 500; step++) {
    const factor = -step * (step - a);
    b += 2;
    d = 1 / (factor * d + b);
    c = b + factor / c;
    const change = d * c;
    result *= change;
    if (Math.abs(change - 1) < 1e-15) break;
  }
  return result * Math.exp(a * Math.log(x) - x - logGamma(a));
}

/** Lanczos approximation, g = 7, nine terms. */
function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const terms = [
    676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
    -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
  ];
  const shifted = x - 1;
  const sum = terms.reduce((all, term, index) => all + term / (shifted + index + 1), 0.9999999999998099);
  const t = shifted + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(sum);
}
