import { inShopPipelined } from "#app/db/in-shops-pipelined.server";
import type { ShopId } from "#app/db/tx";
import { loadLearnt, type Learnt } from "#app/decisions/stats.server";
import { categoriesOf, type Order } from "#app/offers/order";
import {
  categoryKey,
  loadCompanions,
  loadShelf,
  type Companions,
  type Shelf,
} from "#app/offers/shelf.server";
import type { Running } from "#app/experiments/experiment";
import { loadRunning } from "#app/experiments/experiments.server";
import { pinnedBy } from "#app/offers/offer-variant";
import type { Settings } from "#app/shops/settings";
import { loadSettings } from "#app/shops/shops.server";
import { loadSponsoredShelf, type SponsoredShelf } from "#app/sponsored/shelf.server";
import { loadProgram } from "#app/loyalty/loyalty-candidates.server";
import type { Program } from "#app/loyalty/program";
import type { Survey } from "#app/surveys/survey";
import { loadLiveSurveys } from "#app/surveys/survey-candidates.server";
import { keep } from "#app/db/kept";

/**
 * What the hot path needs of a shop, less than a minute old: settings, shelf, what was learnt, and what goes with the products
 * that are being bought. Every web process keeps its own; what the
 * merchant changes is told to all of them (shop-changes.server.ts), everything else reaches them within that time. What is asked
 * for all the time is read anew before it is too old, while the requests go on with what is there.
 */
const FRESH_MS = 55_000;

export type ShopMemory = {
  settings: Settings;
  shelf: Shelf;
  sponsored: SponsoredShelf;
  learnt: Learnt;
  experiments: Running[];
  surveys: Survey[];
  program: Program;
};

/** In megabytes: a model of a shop's own, and the usual shelf. */
const shops = keep<ShopMemory>({
  milliseconds: FRESH_MS,
  most: 1_000,
  weigh: ({ learnt }) => (learnt.model.learnt > 0 ? 1.6 : 0.1),
});
const companions = keep<Companions>({ milliseconds: FRESH_MS, most: 50_000 });

export function memoryOf(shopId: ShopId): ShopMemory | Promise<ShopMemory> {
  return shops.get(String(shopId), () => readShop(shopId));
}

function readShop(shopId: ShopId): Promise<ShopMemory> {
  return inShopPipelined(shopId, async (client) => {
    const running = loadRunning(client, shopId);
    // Asked side by side, they are one round trip.
    const [experiments, shelf, settings, sponsored, learnt, surveys, program] = await Promise.all([
      running,
      loadShelf(client, shopId, running.then(pinnedByAny)),
      loadSettings(client, shopId),
      loadSponsoredShelf(client, shopId, new Date()),
      loadLearnt(client, shopId),
      loadLiveSurveys(client, shopId),
      loadProgram(client, shopId),
    ]);
    return { experiments, settings, shelf, sponsored, learnt, surveys, program };
  });
}

function pinnedByAny(experiments: Running[]): string[] {
  return pinnedBy(experiments.flatMap(({ variants }) => variants.map(({ change }) => change)));
}

type CompanionsByKey = Map<string, Companions>;

/**
 * What goes with these keys (product gids and category keys); one read for all that are missing.
 * @returns in the order of the keys; without a promise where nothing is missing
 */
export function companionsFor(shopId: ShopId, keys: string[]): Companions[] | Promise<Companions[]> {
  const found: Companions[] = [];
  const aging: string[] = [];
  for (const key of keys) {
    const name = `${shopId} ${key}`;
    const known = companions.fresh(name);
    if (!known) break;
    found.push(known);
    if (companions.isAging(name)) aging.push(key);
  }
  if (aging.length > 0) readAhead(shopId, aging);
  return found.length === keys.length ? found : readMissing(shopId, keys);
}

async function readMissing(shopId: ShopId, keys: string[]): Promise<Companions[]> {
  const found = keys.map((key) => companions.fresh(`${shopId} ${key}`));
  const read = await readTogether(
    shopId,
    keys.filter((_, index) => !found[index]),
  );
  return keys.map((key, index) => found[index] ?? read.get(key)!);
}

/** @returns without a promise where all of it is in memory */
export function orderInMemory(shopId: ShopId, productGids: string[]): Order | Promise<Order> {
  const products = companionsFor(shopId, productGids);
  return products instanceof Promise
    ? products.then((known) => withCategories(shopId, productGids, known))
    : withCategories(shopId, productGids, products);
}

function withCategories(
  shopId: ShopId,
  productGids: string[],
  products: Companions[],
): Order | Promise<Order> {
  const categories = companionsFor(shopId, [...categoriesOf(products)].map(categoryKey));
  return categories instanceof Promise
    ? categories.then((known) => ({ productGids, products, categories: known }))
    : { productGids, products, categories };
}

/** One read for those of them that nobody reads yet: after a start, hundreds of requests miss the same few at once. */
async function readTogether(shopId: ShopId, keys: string[]): Promise<CompanionsByKey> {
  const own: string[] = [];
  let together: Promise<CompanionsByKey> | undefined;
  const read = async (key: string) => {
    own.push(key);
    // Once all of them are known.
    together ??= Promise.resolve().then(() => readCompanions(shopId, own));
    return (await together).get(key)!;
  };
  const entries = keys.map(
    async (key) => [key, await companions.renew(`${shopId} ${key}`, () => read(key))] as const,
  );
  return new Map(await Promise.all(entries));
}

async function readCompanions(shopId: ShopId, keys: string[]): Promise<CompanionsByKey> {
  const read = await inShopPipelined(shopId, (client) => loadCompanions(client, shopId, keys));
  rememberKeys(shopId, keys);
  return read;
}

/** Shops of which companions are being read anew: one read at a time. */
const readingAhead = new Set<ShopId>();
/** Keys of companions that were read, by shop; those that have left the memory since are no harm. */
const keysOfShop = new Map<ShopId, Set<string>>();
const MOST_SHOPS = 10_000;
/** More are not read at once: no request may wait for a long read. */
const MOST_AHEAD = 60;

function rememberKeys(shopId: ShopId, keys: string[]): void {
  if (keysOfShop.size >= MOST_SHOPS) keysOfShop.clear();
  let known = keysOfShop.get(shopId);
  if (!known || known.size > 10 * MOST_AHEAD) keysOfShop.set(shopId, (known = new Set()));
  for (const key of keys) known.add(key);
}

/** With what else of the shop is not new any more: otherwise each product would cost a read of its own. */
function readAhead(shopId: ShopId, aging: string[]): void {
  if (readingAhead.has(shopId)) return;
  readingAhead.add(shopId);
  const keys = new Set(aging);
  for (const key of keysOfShop.get(shopId) ?? []) {
    if (keys.size >= MOST_AHEAD) break;
    if (companions.isAging(`${shopId} ${key}`, 0.5)) keys.add(key);
  }
  // Where it fails, who asks once they are too old meets the error.
  void readTogether(shopId, [...keys])
    .catch(() => {})
    .finally(() => readingAhead.delete(shopId));
}

/** A product's category, where it is in memory. */
export function categoryInMemory(shopId: ShopId, productGid: string): string | undefined {
  return companions.fresh(`${shopId} ${productGid}`)?.category;
}

/** What is kept of this shop is read anew when it is asked for next. */
export function forgetShop(shopId: ShopId): void {
  keysOfShop.delete(shopId);
  shops.forget((key) => key === String(shopId));
  companions.forget((key) => key.startsWith(`${shopId} `));
}

/** Of all shops. */
export function forgetShopMemory(): void {
  keysOfShop.clear();
  shops.clear();
  companions.clear();
}
