/**
 * Inverse of a large symmetric positive definite matrix, in place and in plain JavaScript: Cholesky A = LLᵀ, then L⁻¹,
 * then L⁻ᵀL⁻¹. All the work is products of rows with rows, four by four, so that each number that is read is used four
 * times. Plain EASE needs it; the app itself does not.
 */
const BLOCK = 32;
const TILE = 4;

/** @param matrix row-major; its lower triangle is read and the whole is overwritten by the inverse */
export function invertInPlace(matrix: Float64Array, size: number): void {
  factorise(matrix, size);
  const rows = invertLower(matrix, size);
  for (let a = 0; a < size; a += TILE) {
    for (let b = a; b < size; b += TILE) {
      rowsByRows(rows, a, rows, b, size, b, size);
      for (let i = 0; i < TILE && a + i < size; i++) {
        for (let j = 0; j < TILE && b + j < size; j++) {
          const value = sums[i * TILE + j]!;
          matrix[(a + i) * size + b + j] = value;
          matrix[(b + j) * size + a + i] = value;
        }
      }
    }
  }
}

function factorise(matrix: Float64Array, size: number): void {
  for (let from = 0; from < size; from += BLOCK) {
    const to = Math.min(size, from + BLOCK);
    for (let i = from; i < size; i += TILE) {
      for (let j = from; j < to && j < i + TILE; j += TILE)
        subtractTile(matrix, i, matrix, j, size, 0, from, to);
    }
    for (let i = from; i < size; i++) {
      for (let j = from; j < Math.min(i + 1, to); j++) {
        let rest = matrix[i * size + j]!;
        for (let k = from; k < j; k++) rest -= matrix[i * size + k]! * matrix[j * size + k]!;
        matrix[i * size + j] = i === j ? Math.sqrt(rest) : rest / matrix[j * size + j]!;
      }
    }
  }
}

/** L⁻¹ by columns: row c of the answer is column c, so that it is read in order. */
function invertLower(lower: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size);
  for (let from = 0; from < size; from += BLOCK) {
    const to = Math.min(size, from + BLOCK);
    for (let c = 0; c < from; c += TILE) {
      for (let i = from; i < to; i += TILE) subtractTile(inverse, c, lower, i, size, c, from, to);
    }
    for (let c = 0; c < to; c++) {
      if (c >= from) inverse[c * size + c] = 1;
      for (let i = Math.max(c, from); i < to; i++) {
        let rest = inverse[c * size + i]!;
        for (let k = Math.max(c, from); k < i; k++) rest -= inverse[c * size + k]! * lower[i * size + k]!;
        inverse[c * size + i] = rest / lower[i * size + i]!;
      }
    }
  }
  return inverse;
}

/** a[r, columns of s] −= Σ a[r, k]·b[s, k] for four rows each, k from `kFrom` to before `kTo`. */
function subtractTile(
  a: Float64Array,
  aRow: number,
  b: Float64Array,
  bRow: number,
  size: number,
  kFrom: number,
  kTo: number,
  lastColumn: number,
): void {
  rowsByRows(a, aRow, b, bRow, size, kFrom, kTo);
  for (let i = 0; i < TILE && aRow + i < size; i++) {
    for (let j = 0; j < TILE && bRow + j < lastColumn; j++)
      a[(aRow + i) * size + bRow + j]! -= sums[i * TILE + j]!;
  }
}

const sums = new Float64Array(TILE * TILE);

/** The sixteen products of four rows of a with four rows of b, into `sums`. Rows past the end repeat the last one. */
function rowsByRows(
  a: Float64Array,
  aRow: number,
  b: Float64Array,
  bRow: number,
  size: number,
  kFrom: number,
  kTo: number,
): void {
  const last = size - 1;
  const b0 = bRow * size;
  const b1 = Math.min(bRow + 1, last) * size;
  const b2 = Math.min(bRow + 2, last) * size;
  const b3 = Math.min(bRow + 3, last) * size;
  for (let pair = 0; pair < TILE; pair += 2) {
    const a0 = Math.min(aRow + pair, last) * size;
    const a1 = Math.min(aRow + pair + 1, last) * size;
    let [s00, s01, s02, s03] = [0, 0, 0, 0];
    let [s10, s11, s12, s13] = [0, 0, 0, 0];
    for (let k = kFrom; k < kTo; k++) {
      const x0 = a[a0 + k]!;
      const x1 = a[a1 + k]!;
      const y0 = b[b0 + k]!;
      const y1 = b[b1 + k]!;
      const y2 = b[b2 + k]!;
      const y3 = b[b3 + k]!;
      s00 += x0 * y0;
      s01 += x0 * y1;
      s02 += x0 * y2;
      s03 += x0 * y3;
      s10 += x1 * y0;
      s11 += x1 * y1;
      s12 += x1 * y2;
      s13 += x1 * y3;
    }
    sums[pair * TILE] = s00;
    sums[pair * TILE + 1] = s01;
    sums[pair * TILE + 2] = s02;
    sums[pair * TILE + 3] = s03;
    sums[pair * TILE + 4] = s10;
    sums[pair * TILE + 5] = s11;
    sums[pair * TILE + 6] = s12;
    sums[pair * TILE + 7] = s13;
  }
}
