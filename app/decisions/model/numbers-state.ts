import type { Model } from "./model";

/**
 * What a model learnt of numbers, as bytes: an index of what there is, then the weights one after the other. No bytes
 * where moments never carried a number, as in the models of before there were any.
 */

export function bytesOf({ buffer, byteOffset, byteLength }: Float64Array | Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

export function packNumbers({ scales, widths }: Model): Uint8Array[] {
  if (scales.size === 0) return [];
  const index: number[] = [0, scales.size];
  for (const [hash, { count, mean, squares }] of scales) index.push(hash, count, mean, squares);
  const weights: Uint8Array[] = [];
  for (const { joints } of widths) {
    index.push(joints.size);
    for (const [candidate, { learntAt, mean, covariance }] of joints) {
      index.push(candidate, learntAt, mean.length);
      weights.push(bytesOf(mean), bytesOf(covariance));
    }
  }
  index[0] = index.length;
  return [bytesOf(Float64Array.from(index)), ...weights];
}

/** Into a model that has learnt of none. */
export function unpackNumbers(bytes: Uint8Array, model: Model): void {
  if (bytes.length === 0) return;
  const index = new Float64Array(Buffer.from(bytes.subarray(0, 8)).readDoubleLE());
  bytesOf(index).set(bytes.subarray(0, index.byteLength));
  let at = 1;
  const next = () => index[at++]!;
  let from = index.byteLength;
  const weights = (count: number) => {
    const read = new Float32Array(count);
    bytesOf(read).set(bytes.subarray(from, (from += read.byteLength)));
    return read;
  };
  for (let left = next(); left > 0; left--) {
    model.scales.set(next(), { count: next(), mean: next(), squares: next() });
  }
  for (const { joints } of model.widths) {
    for (let left = next(); left > 0; left--) {
      const [candidate, learntAt, size] = [next(), next(), next()];
      const mean = weights(size);
      joints.set(candidate, { learntAt, mean, covariance: weights((size * (size + 1)) / 2) });
    }
  }
}
