import type { Tx } from "#app/db/tx";
import { LEAST_SHOPS, Sums } from "./model/average";
import { LAYOUT, packModel, unpackModel } from "./model/state";

/**
 * What a new shop starts from: averages over shops, of weights that at least twenty of them learnt. Only weights of
 * traits (a kind, a category, a price band, and how they go with moments); never those of single offers or products,
 * and nothing from which one shop could be told.
 */

/** A shop that learnt less has little to say. */
const LEAST_LEARNT = 500;
/** Read at a time: each is up to 1.6 MB. */
const SHOPS_AT_ONCE = 20;
const MOST_SHOPS = 500;

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
