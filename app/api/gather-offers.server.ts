import type { Shop } from "#app/generated/prisma/client";
import type { Candidate } from "#app/decisions/candidate";
import { offerCandidates } from "#app/offers/offer-candidates";
import { spokenLocale } from "#app/shops/settings";
import { categoryKey, type Companions } from "#app/offers/shelf.server";
import type { ParsedMoment } from "./moment";
import { companionsFor, type ShopMemory } from "./shop-memory.server";

/** An order with more products is judged by its first ones. */
const MOST_PRODUCTS = 40;

/** Offer candidates for a moment, from memory; a product that nobody bought lately costs one read. */
export async function gatherOffers(
  shop: Pick<Shop, "id" | "currency">,
  memory: ShopMemory,
  moment: ParsedMoment,
  now: Date,
): Promise<Candidate[]> {
  if (memory.shelf.offers.length === 0) return [];
  const productGids = [...new Set(moment.lines.map((line) => line.productId))].slice(0, MOST_PRODUCTS);
  const companions = await companionsFor(shop.id, productGids);
  const categories = await companionsFor(shop.id, categoryKeysOf(companions));
  return offerCandidates(memory.shelf, (key) => companions.get(key) ?? categories.get(key), {
    surface: moment.surface,
    locale: spokenLocale(memory.settings.locales, moment.locale),
    currency: moment.currency,
    shopCurrency: shop.currency,
    productGids,
    now,
  });
}

function categoryKeysOf(companions: Map<string, Companions>): string[] {
  const categories = new Set([...companions.values()].map(({ category }) => category).filter(Boolean));
  return [...categories].map(categoryKey);
}
