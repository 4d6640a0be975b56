import { inShop, inShopRaw } from "#app/db/in-shop.server";
import type { ShopId } from "#app/db/tx";
import { loadLearnt, type Learnt } from "#app/decisions/stats.server";
import { loadCompanions, loadShelf, type Companions, type Shelf } from "#app/offers/shelf.server";
import type { Running } from "#app/experiments/experiment";
import { loadRunning } from "#app/experiments/experiments.server";
import { pinnedBy } from "#app/offers/offer-variant";
import type { Settings } from "#app/shops/settings";
import { settingsOf } from "#app/shops/shops.server";
import { loadSponsoredShelf, type SponsoredShelf } from "#app/sponsored/shelf.server";
import { keep } from "./kept";

/**
 * What the hot path needs of a shop, at most 15 s old: settings, shelf, what was learnt, and what goes with the products
 * that are being bought. Every web process keeps its own; a change reaches all of them within that time.
 */
const FRESH_MS = 15_000;

export type ShopMemory = {
  settings: Settings;
  shelf: Shelf;
  sponsored: SponsoredShelf;
  learnt: Learnt;
  experiments: Running[];
};

const shops = keep<ShopMemory>({ milliseconds: FRESH_MS, most: 2_000 });
const companions = keep<Companions>({ milliseconds: FRESH_MS, most: 20_000 });

export function memoryOf(shopId: ShopId): ShopMemory | Promise<ShopMemory> {
  const key = String(shopId);
  return shops.fresh(key) ?? shops.get(key, () => readShop(shopId));
}

async function readShop(shopId: ShopId): Promise<ShopMemory> {
  const settings = await inShop(shopId, (tx) => settingsOf(tx, shopId));
  const read = await inShopRaw(shopId, async (client) => {
    const experiments = await loadRunning(client, shopId);
    const changes = experiments.flatMap(({ variants }) => variants.map(({ change }) => change));
    return {
      experiments,
      shelf: await loadShelf(client, shopId, pinnedBy(changes)),
      sponsored: await loadSponsoredShelf(client, shopId, new Date()),
      learnt: await loadLearnt(client, shopId),
    };
  });
  return { settings, ...read };
}

/** What goes with these keys (product gids and category keys); one read for all that are missing. */
export async function companionsFor(shopId: ShopId, keys: string[]): Promise<Map<string, Companions>> {
  const found = new Map<string, Companions>();
  const missing: string[] = [];
  for (const key of keys) {
    const known = companions.fresh(`${shopId} ${key}`);
    if (known) found.set(key, known);
    else missing.push(key);
  }
  if (missing.length === 0) return found;
  const read = await inShopRaw(shopId, (client) => loadCompanions(client, shopId, missing));
  for (const [key, value] of read) {
    companions.set(`${shopId} ${key}`, value);
    found.set(key, value);
  }
  return found;
}

/** A product's category, where it is in memory. */
export function categoryInMemory(shopId: ShopId, productGid: string): string | undefined {
  return companions.fresh(`${shopId} ${productGid}`)?.category;
}

/** For tests, and for the process that itself changed something. */
export function forgetShopMemory(): void {
  shops.clear();
  companions.clear();
}
