import { emptyModel, type Model } from "./model";
import { OWN_SLOTS } from "./slots";

/** What many shops learnt, as the start of another one. Pure. */

/** A weight that fewer shops learnt is not shared. */
export const LEAST_SHOPS = 20;
/** Another shop may differ more than these did from one another. */
const WIDENED = 2;
const SHARED_SLOTS = OWN_SLOTS;

/** Per width and shared slot: how many shops learnt it, and what. */
export class Sums {
  private readonly widths = emptyModel().widths.map(() => ({
    shops: new Uint16Array(SHARED_SLOTS),
    means: new Float64Array(SHARED_SLOTS),
    squares: new Float64Array(SHARED_SLOTS),
    doubts: new Float64Array(SHARED_SLOTS),
  }));

  add(model: Model): void {
    this.widths.forEach(({ shops, means, squares, doubts }, index) => {
      const { mean, variance } = model.widths[index]!;
      for (let slot = 0; slot < SHARED_SLOTS; slot++) {
        if (variance[slot] === 0) continue;
        shops[slot]! += 1;
        means[slot]! += mean[slot]!;
        squares[slot]! += mean[slot]! * mean[slot]!;
        doubts[slot]! += variance[slot]!;
      }
    });
  }

  /** What shops differ in makes a new shop less sure, and so does what they do not know themselves. */
  average(): Model {
    const model = emptyModel();
    model.learnt = 1;
    this.widths.forEach(({ shops, means, squares, doubts }, index) => {
      const { mean, variance } = model.widths[index]!;
      for (let slot = 0; slot < SHARED_SLOTS; slot++) {
        const count = shops[slot]!;
        if (count < LEAST_SHOPS) continue;
        mean[slot] = means[slot]! / count;
        const between = Math.max(0, squares[slot]! / count - mean[slot]! ** 2);
        variance[slot] = doubts[slot]! / count + WIDENED * between;
      }
    });
    return model;
  }
}
