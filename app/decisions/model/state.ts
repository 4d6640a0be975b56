import { promisify } from "node:util";
import { deflate, inflate } from "node:zlib";
import { emptyModel, type Model } from "./model";
import { bytesOf, packNumbers, unpackNumbers } from "./numbers-state";
import { SLOTS } from "./slots";

/**
 * A model as bytes. Slots that nothing was learnt about are zeros, and deflate to almost nothing; a shop's row stays
 * below 1.6 MB however much it learns, or 2 MB where its moments carry numbers.
 */

/** Changes with everything that gives a weight another meaning: features, hashes, slots, widths. */
export const LAYOUT = "hashed-1";

const WEIGHTS = SLOTS * 4;

const deflated = promisify(deflate);
const inflated = promisify(inflate);

export async function packModel(model: Model): Promise<Uint8Array<ArrayBuffer>> {
  const head = Float64Array.from([model.learnt, ...model.widths.map(({ evidence }) => evidence)]);
  const parts = [bytesOf(head)];
  for (const { mean, variance } of model.widths) parts.push(bytesOf(mean), bytesOf(variance));
  parts.push(...packNumbers(model));
  return Uint8Array.from(await deflated(Buffer.concat(parts), { level: 3 }));
}

/** Throws where the bytes are no model of this layout. */
export async function unpackModel(bytes: Uint8Array): Promise<Model> {
  const model = emptyModel();
  const headBytes = 8 * (1 + model.widths.length);
  const all = await inflated(bytes);
  const wordsBytes = headBytes + model.widths.length * 2 * WEIGHTS;
  if (all.length < wordsBytes) {
    throw new Error(`a model of ${all.length} bytes is not of layout ${LAYOUT}`);
  }
  const head = new Float64Array(1 + model.widths.length);
  bytesOf(head).set(all.subarray(0, headBytes));
  model.learnt = head[0]!;
  model.widths.forEach((width, index) => {
    width.evidence = head[index + 1]!;
    const from = headBytes + index * 2 * WEIGHTS;
    bytesOf(width.mean).set(all.subarray(from, from + WEIGHTS));
    bytesOf(width.variance).set(all.subarray(from + WEIGHTS, from + 2 * WEIGHTS));
  });
  unpackNumbers(all.subarray(wordsBytes), model);
  return model;
}
