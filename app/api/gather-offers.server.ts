import type { PoolClient } from "pg";
import type { Surface } from "../../extensions/shared/contract";
import type { Candidate } from "#app/decisions/candidate";
import type { ShopId } from "#app/db/tx";
import { acceptByOn } from "#app/offers/accept-by";
import { isRunning, type Offer } from "#app/offers/offer";
import { asksAboutPeople, readPeople, UNKNOWN_PERSON, type Acquaintance } from "#app/offers/audience.server";
import { readBoughtBefore, type Bought } from "#app/offers/bought-before.server";
import { offerCandidates } from "#app/offers/offer-candidates";
import { refusalOf, refusedCandidate } from "#app/offers/refusal";
import type { Audience } from "#app/offers/targeting";
import { spokenLocale } from "#app/shops/settings";
import { categoryKey, type Companions } from "#app/offers/shelf.server";
import { orderValue } from "./moment";
import { companionsFor } from "./shop-memory.server";
import { source, type Asked } from "./source";
import { offersFor } from "./trials";

/** An order with more products is judged by its first ones. */
const MOST_PRODUCTS = 40;

type AroundOrder = { productGids: string[]; companionsOf: (key: string) => Companions | undefined };

/** What the database knows of a person: what the rules of offers ask, and what they bought before. */
type Person = Acquaintance & { bought: Bought[] };
const STRANGER: Person = { ...UNKNOWN_PERSON, bought: [] };

/** Offers for what was ordered, from memory; a product that nobody bought lately costs one read. */
export const offersSource = source<AroundOrder | null, Person>({
  prepare: aroundOrder,
  read: acquaintances,
  propose: (asked, { prepared, known = STRANGER, person }) => {
    if (!prepared) return [];
    const { shop, memory, moment, now } = asked;
    const { open, refused } = sortOffers(asked, audienceOf(asked, prepared, known), known);
    const shelf = { ...memory.shelf, offers: offersFor(asked, person, open) };
    const candidates = offerCandidates(shelf, prepared.companionsOf, {
      surface: moment.surface,
      locale: spokenLocale(memory.settings.locales, moment.locale),
      currency: moment.currency,
      shopCurrency: shop.currency,
      productGids: prepared.productGids,
      orderValueMinor: orderValue(moment),
      bought: known.bought,
      now,
      acceptBy: (offer) => acceptByOn(moment.surface, offer, shop),
    });
    return refused.length > 0 ? [...candidates, ...refused] : candidates;
  },
});

/** Offers that may be proposed to this person, and a candidate that says why for each that may not. */
function sortOffers({ memory, moment, now }: Asked, audience: Audience, { seen }: Acquaintance) {
  const open: Offer[] = [];
  const refused: Candidate[] = [];
  for (const offer of memory.shelf.offers) {
    if (!isRunning(offer, now) || !(offer.surfaces as Surface[]).includes(moment.surface)) continue;
    const refusal = refusalOf(offer, audience, seen);
    if (refusal) refused.push(refusedCandidate(offer.id, refusal));
    else open.push(offer);
  }
  return { open, refused };
}

/** Asked of the database only where an offer has a rule about the person, or earlier orders are known to tell something. */
async function acquaintances(client: PoolClient, shopId: ShopId, asks: Asked[]): Promise<Person[]> {
  const { memory, now } = asks[0]!;
  const { offers, habits, named } = memory.shelf;
  const people = asks.map(({ moment, customerGid }) => ({
    orderGid: moment.orderId,
    customerGid,
    mayLink: moment.mayLink !== false,
  }));
  const linkable = people.map(({ mayLink, ...one }) => (mayLink ? one : { ...one, customerGid: null }));
  // Sent together: one after the other would be another round trip for the whole group.
  const [known, bought] = await Promise.all([
    asksAboutPeople(offers) ? readPeople(client, shopId, people, offers, now) : [],
    habits.size > 0 ? readBoughtBefore(client, shopId, linkable, named) : [],
  ]);
  return people.map((_, index) => ({ ...(known[index] ?? UNKNOWN_PERSON), bought: bought[index] ?? [] }));
}

function audienceOf(
  { moment }: Asked,
  { productGids, companionsOf }: AroundOrder,
  known: Acquaintance,
): Audience {
  const products = productGids.flatMap((gid) => companionsOf(gid) ?? []);
  return {
    productGids,
    collectionGids: products.flatMap(({ collections }) => collections),
    productTypes: products.map(({ category }) => category),
    tags: products.flatMap(({ tags }) => tags),
    orderValueMinor: orderValue(moment),
    country: moment.country?.toUpperCase() ?? null,
    isNew: moment.isFirstOrder ?? known.isNew,
    history: known.history,
    attributes: known.attributes,
  };
}

function aroundOrder({ shop, memory, moment }: Asked): AroundOrder | null | Promise<AroundOrder> {
  if (memory.shelf.offers.length === 0) return null;
  const productGids = [...new Set(moment.lines.map((line) => line.productId))].slice(0, MOST_PRODUCTS);
  const companions = companionsFor(shop.id, productGids);
  if (companions instanceof Promise)
    return companions.then((known) => withCategories(shop.id, productGids, known));
  return withCategories(shop.id, productGids, companions);
}

/** Categories of the ordered products stand in for products that nobody bought with anything yet. */
function withCategories(
  shopId: ShopId,
  productGids: string[],
  companions: Map<string, Companions>,
): AroundOrder | Promise<AroundOrder> {
  const categories = companionsFor(shopId, categoryKeysOf(companions));
  const around = (known: Map<string, Companions>): AroundOrder => ({
    productGids,
    companionsOf: (key) => companions.get(key) ?? known.get(key),
  });
  return categories instanceof Promise ? categories.then(around) : around(categories);
}

function categoryKeysOf(companions: Map<string, Companions>): string[] {
  const categories = new Set([...companions.values()].map(({ category }) => category).filter(Boolean));
  return [...categories].map(categoryKey);
}
