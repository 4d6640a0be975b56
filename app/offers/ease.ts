/**
 * Which products go together, learnt from baskets: EASE (H. Steck, "Embarrassingly Shallow Autoencoders for Sparse
 * Data", WWW 2019), a regularised linear autoencoder with a closed form. With G = XᵀX + λI and P = G⁻¹ the weight from
 * product i to j is −Pᵢⱼ / Pⱼⱼ: about how much more likely j is in a basket for having i. Pure and self-contained;
 * 2,000 products need about 100 MB and ten seconds; the work stops to
 * breathe, so that the process goes on serving other jobs meanwhile.
 */
export type Neighbour = { item: number; score: number; together: number };

export type Learnt = { neighbours: Neighbour[][]; method: "ease" | "cosine" };

/** Stronger than in recommender benchmarks: a shop's history is short, and a wrong "goes with" is worse than none. */
const REGULARISATION = 100;
/** Fewer baskets than this cannot carry a full matrix. */
const LEAST_BASKETS = 300;
/** Pulls cosines of rare pairs towards zero. */
const COSINE_SHRINKAGE = 10;

/**
 * @param counts co-purchase matrix, row-major n × n: baskets with i and j; on the diagonal, baskets with i. It is
 *   overwritten.
 * @param size n
 * @param baskets how many baskets were counted
 * @param top how many neighbours to keep per item
 */
export async function learnNeighbours(
  counts: Float64Array,
  size: number,
  baskets: number,
  top: number,
): Promise<Learnt> {
  const together = Float32Array.from(counts);
  if (baskets < LEAST_BASKETS) {
    return {
      method: "cosine",
      neighbours: prune(size, top, together, (i, j) => cosine(together, size, i, j)),
    };
  }
  for (let item = 0; item < size; item++) counts[item * size + item]! += REGULARISATION;
  const inverse = await invert(counts, size);
  const score = (i: number, j: number) => -inverse[i * size + j]! / inverse[j * size + j]!;
  return { method: "ease", neighbours: prune(size, top, together, score) };
}

function cosine(counts: Float32Array, size: number, i: number, j: number): number {
  const both = counts[i * size + j]!;
  const norm = Math.sqrt(counts[i * size + i]! * counts[j * size + j]!);
  return both / (norm + COSINE_SHRINKAGE);
}

/** The best neighbours of each item: only such as were really bought together with it. */
function prune(
  size: number,
  top: number,
  together: Float32Array,
  score: (i: number, j: number) => number,
): Neighbour[][] {
  return Array.from({ length: size }, (_, i) => {
    const found: Neighbour[] = [];
    for (let j = 0; j < size; j++) {
      const both = together[i * size + j]!;
      if (j === i || both === 0) continue;
      const value = score(i, j);
      if (value > 0) found.push({ item: j, score: value, together: both });
    }
    return found.sort((a, b) => b.score - a.score).slice(0, top);
  });
}

/**
 * Inverse of a symmetric positive definite matrix: Cholesky A = LLᵀ, then L⁻¹, then A⁻¹ = L⁻ᵀL⁻¹. All three loops run
 * along rows, so that memory is read in order. `matrix` is overwritten by L.
 */
export async function invert(matrix: Float64Array, size: number): Promise<Float64Array> {
  await factorise(matrix, size);
  const lower = await invertLower(matrix, size);
  const inverse = matrix;
  for (let a = 0; a < size; a++) {
    if (a % ROWS_BETWEEN_BREATHS === 0) await breathe();
    for (let b = a; b < size; b++) {
      const sum = dot(lower, a * size, lower, b * size, b, size);
      inverse[a * size + b] = sum;
      inverse[b * size + a] = sum;
    }
  }
  return inverse;
}

async function factorise(matrix: Float64Array, size: number): Promise<void> {
  for (let i = 0; i < size; i++) {
    if (i % ROWS_BETWEEN_BREATHS === 0) await breathe();
    const row = i * size;
    for (let j = 0; j <= i; j++) {
      const rest = matrix[row + j]! - dot(matrix, row, matrix, j * size, 0, j);
      if (j < i) matrix[row + j] = rest / matrix[j * size + j]!;
      else matrix[row + i] = Math.sqrt(rest);
    }
  }
}

/** L⁻¹, stored transposed: row c holds column c, so that the caller reads it in order. */
async function invertLower(lower: Float64Array, size: number): Promise<Float64Array> {
  const transposed = new Float64Array(size * size);
  for (let c = 0; c < size; c++) {
    if (c % ROWS_BETWEEN_BREATHS === 0) await breathe();
    const row = c * size;
    transposed[row + c] = 1 / lower[row + c]!;
    for (let i = c + 1; i < size; i++) {
      transposed[row + i] = -dot(lower, i * size, transposed, row, c, i) / lower[i * size + i]!;
    }
  }
  return transposed;
}

/** A row of 2,000 costs a few milliseconds. */
const ROWS_BETWEEN_BREATHS = 8;

function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Σ a[k]·b[k] for k from `from` to before `to`; four sums at once keep the processor busy. */
function dot(
  a: Float64Array,
  aStart: number,
  b: Float64Array,
  bStart: number,
  from: number,
  to: number,
): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let k = from;
  for (; k + 3 < to; k += 4) {
    s0 += a[aStart + k]! * b[bStart + k]!;
    s1 += a[aStart + k + 1]! * b[bStart + k + 1]!;
    s2 += a[aStart + k + 2]! * b[bStart + k + 2]!;
    s3 += a[aStart + k + 3]! * b[bStart + k + 3]!;
  }
  for (; k < to; k++) s0 += a[aStart + k]! * b[bStart + k]!;
  return s0 + s1 + s2 + s3;
}
