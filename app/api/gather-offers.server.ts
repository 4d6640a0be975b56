import { acceptByOn } from "#app/offers/accept-by";
import { offerCandidates } from "#app/offers/offer-candidates";
import { spokenLocale } from "#app/shops/settings";
import { categoryKey, type Companions } from "#app/offers/shelf.server";
import { companionsFor } from "./shop-memory.server";
import { source, type Asked } from "./source";

/** An order with more products is judged by its first ones. */
const MOST_PRODUCTS = 40;

type AroundOrder = { productGids: string[]; companionsOf: (key: string) => Companions | undefined };

/** Offers for what was ordered, from memory; a product that nobody bought lately costs one read. */
export const offersSource = source<AroundOrder | null, never>({
  prepare: aroundOrder,
  propose: ({ shop, memory, moment, now }, { prepared }) =>
    prepared
      ? offerCandidates(memory.shelf, prepared.companionsOf, {
          surface: moment.surface,
          locale: spokenLocale(memory.settings.locales, moment.locale),
          currency: moment.currency,
          shopCurrency: shop.currency,
          productGids: prepared.productGids,
          now,
          acceptBy: (offer) => acceptByOn(moment.surface, offer, shop),
        })
      : [],
});

async function aroundOrder({ shop, memory, moment }: Asked): Promise<AroundOrder | null> {
  if (memory.shelf.offers.length === 0) return null;
  const productGids = [...new Set(moment.lines.map((line) => line.productId))].slice(0, MOST_PRODUCTS);
  const companions = await companionsFor(shop.id, productGids);
  const categories = await companionsFor(shop.id, categoryKeysOf(companions));
  return { productGids, companionsOf: (key) => companions.get(key) ?? categories.get(key) };
}

function categoryKeysOf(companions: Map<string, Companions>): string[] {
  const categories = new Set([...companions.values()].map(({ category }) => category).filter(Boolean));
  return [...categories].map(categoryKey);
}
