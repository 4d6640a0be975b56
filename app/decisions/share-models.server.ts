import type { Tx } from "#app/db/tx";
import { emptyModel, type Model } from "./model/model";
import { OWN_SLOTS } from "./model/slots";
import { LAYOUT, packModel, unpackModel } from "./model/state";

/**
 * What a new shop starts from: averages over shops, of weights that at least twenty of them learnt. Only weights of
 * traits (a kind, a category, a price band, and how they go with moments); never those of single offers or products,
 * and nothing from which one shop could be told.
 */
export const LEAST_SHOPS = 20;
/** A shop that learnt less has little to say. */
const LEAST_LEARNT = 500;
/** Read at a time: each is up to 1.6 MB. */
const SHOPS_AT_ONCE = 20;
const MOST_SHOPS = 500;
/** Another shop may differ more than these did from one another. */
const WIDENED = 2;
const SHARED_SLOTS = OWN_SLOTS;

/**
 * @param tx one that may read all shops' models and write the shared one (`acrossShops`)
 * @returns how many shops it was made of; 0 where there are too few, and then nothing is shared
 */
export async function shareModels(tx: Tx, now: Date): Promise<number> {
  const shops = await tx.decisionModel.findMany({
    where: { layout: LAYOUT, learnt: { gte: LEAST_LEARNT } },
    select: { shopId: true },
    orderBy: { updatedAt: "desc" },
    take: MOST_SHOPS,
  });
  if (shops.length < LEAST_SHOPS) {
    await tx.sharedModel.deleteMany({ where: { layout: LAYOUT } });
    return 0;
  }
  const sums = new Sums();
  for (let from = 0; from < shops.length; from += SHOPS_AT_ONCE) {
    const rows = await tx.decisionModel.findMany({
      where: {
        layout: LAYOUT,
        shopId: { in: shops.slice(from, from + SHOPS_AT_ONCE).map(({ shopId }) => shopId) },
      },
      select: { state: true },
    });
    for (const { state } of rows) sums.add(await unpackModel(state));
  }
  const row = { state: await packModel(sums.average()), shops: shops.length, updatedAt: now };
  await tx.sharedModel.upsert({
    where: { layout: LAYOUT },
    create: { layout: LAYOUT, ...row },
    update: row,
  });
  return shops.length;
}

/** Per width and shared slot: how many shops learnt it, and what. */
class Sums {
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
