import type { ShopId, Tx } from "#app/db/tx";
import { countryProblem } from "#app/shops/country";
import { localDay } from "#app/shops/local-day";
import type { OfferForm } from "./offer";

/**
 * What a form alone does not show: products that are gone, days that are over. Countries are checked here too, for offers
 * that were stored with one that does not exist can still be read and paused.
 */
type Check = { id: ShopId; timezone: string };

/**
 * @param goesLive whether shoppers will see it: a draft may wait for a product or a new date
 * @returns the first problem per field; empty where all is well
 */
export async function problemsOf(
  tx: Tx,
  shop: Check,
  form: OfferForm,
  { goesLive, now }: { goesLive: boolean; now: Date },
): Promise<Record<string, string>> {
  const problems: Record<string, string> = {};
  const pinned = form.selection === "pinned" ? form.productGid : null;
  const named = [...(pinned ? [pinned] : []), ...form.excludedGids, ...form.targeting.productGids];
  const known = await statusOf(tx, shop.id, named);
  if (pinned && !known.has(pinned)) problems.productGid = "This product is not in your shop. Choose another.";
  else if (pinned && goesLive && known.get(pinned) !== "ACTIVE") {
    problems.productGid = "This product is a draft or archived, so nobody could buy it. Choose another.";
  }
  if (form.excludedGids.some((gid) => !known.has(gid))) {
    problems.excludedGids = "One of these products is not in your shop. Take it away.";
  }
  if (form.targeting.productGids.some((gid) => !known.has(gid))) {
    problems["targeting.productGids"] = "One of these products is not in your shop. Take it away.";
  }
  const [wrongCountry] = form.targeting.countries.flatMap((code) => countryProblem(code) ?? []);
  if (wrongCountry) problems["targeting.countries"] = wrongCountry;
  const gone = await goneCollections(tx, shop.id, form);
  for (const field of ["collectionGids", "excludedCollectionGids"] as const) {
    if (form[field].some((gid) => gone.has(gid)))
      problems[field] = "One of these collections is not in your shop. Take it away.";
  }
  if (goesLive && form.endsOn && form.endsOn < localDay(now, shop.timezone)) {
    problems.endsOn = "The last day is over. Choose a later one, or none.";
  }
  return problems;
}

/** Status by gid; deleted products are left out. */
async function statusOf(tx: Tx, shopId: ShopId, gids: string[]): Promise<Map<string, string>> {
  if (gids.length === 0) return new Map();
  const rows = await tx.product.findMany({
    where: { shopId, gid: { in: gids }, deletedAt: null },
    select: { gid: true, status: true },
  });
  return new Map(rows.map(({ gid, status }) => [gid, status]));
}

async function goneCollections(tx: Tx, shopId: ShopId, form: OfferForm): Promise<Set<string>> {
  const named = [...form.collectionGids, ...form.excludedCollectionGids];
  if (named.length === 0) return new Set();
  const rows = await tx.collection.findMany({ where: { shopId, gid: { in: named } }, select: { gid: true } });
  const known = new Set(rows.map(({ gid }) => gid));
  return new Set(named.filter((gid) => !known.has(gid)));
}
