/**
 * Solves A·x = b for a symmetric positive definite A by Cholesky's method (A = LLᵀ).
 * A pivot that rounding or left-out entries made too small is raised, so that the answer is always finite.
 * @param matrix row-major, only the lower triangle is read; overwritten by L
 * @param right b; overwritten by x
 */
export function solveInPlace(matrix: Float64Array, right: Float64Array, size: number): void {
  factorise(matrix, size);
  for (let row = 0; row < size; row++) {
    right[row] = (right[row]! - dot(matrix, row * size, right, 0, row)) / matrix[row * size + row]!;
  }
  for (let row = size - 1; row >= 0; row--) {
    const value = right[row]! / matrix[row * size + row]!;
    right[row] = value;
    const start = row * size;
    for (let column = 0; column < row; column++) right[column]! -= matrix[start + column]! * value;
  }
}

/** Of its own diagonal entry, the least that a pivot keeps. */
const LEAST_PIVOT = 1e-3;

function factorise(matrix: Float64Array, size: number): void {
  for (let row = 0; row < size; row++) {
    const start = row * size;
    for (let column = 0; column < row; column++) {
      const other = column * size;
      matrix[start + column] =
        (matrix[start + column]! - dot(matrix, start, matrix, other, column)) / matrix[other + column]!;
    }
    const full = matrix[start + row]!;
    const rest = full - dot(matrix, start, matrix, start, row);
    matrix[start + row] = Math.sqrt(Math.max(rest, LEAST_PIVOT * full, Number.MIN_VALUE));
  }
}

/** Σ a[k]·b[k] over the first `length` entries; four sums at once keep the processor busy. */
function dot(a: Float64Array, aStart: number, b: Float64Array, bStart: number, length: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let k = 0;
  for (; k + 3 < length; k += 4) {
    s0 += a[aStart + k]! * b[bStart + k]!;
    s1 += a[aStart + k + 1]! * b[bStart + k + 1]!;
    s2 += a[aStart + k + 2]! * b[bStart + k + 2]!;
    s3 += a[aStart + k + 3]! * b[bStart + k + 3]!;
  }
  for (; k < length; k++) s0 += a[aStart + k]! * b[bStart + k]!;
  return s0 + s1 + s2 + s3;
}
