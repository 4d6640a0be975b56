import type { PoolClient } from "pg";
import type { Surface } from "../../extensions/shared/contract";
import type { Candidate } from "#app/decisions/candidate";
import type { ShopId } from "#app/db/tx";
import { visitsBefore } from "#app/decisions/visits";
import { acceptByOn } from "#app/offers/accept-by";
import { isRunning, type Offer } from "#app/offers/offer";
import { asksAboutPeople, readPeople, UNKNOWN_PERSON, type Acquaintance } from "#app/offers/audience.server";
import { readBoughtBefore, type Bought } from "#app/offers/bought-before.server";
import { offerCandidates } from "#app/offers/offer-candidates";
import type { Order } from "#app/offers/order";
import { refusalOf, refusedCandidate } from "#app/offers/refusal";
import type { Audience } from "#app/offers/targeting";
import { spokenLocale } from "#app/shops/settings";
import { orderValue } from "./moment";
import { orderInMemory } from "./shop-memory.server";
import { source, type Asked } from "./source";
import { offersFor } from "./trials";

/** An order with more products is judged by its first ones. */
const MOST_PRODUCTS = 40;

/** What the database knows of a person: what the rules of offers ask, and what they bought before. */
type Person = Acquaintance & { bought: Bought[] };
const STRANGER: Person = { ...UNKNOWN_PERSON, bought: [] };

/** Offers for what was ordered, from memory; a product that nobody bought lately costs one read. */
export const offersSource = source<Order | null, Person>({
  prepare: ordered,
  read: acquaintances,
  propose: (asked, { prepared, known = STRANGER, person }) => {
    if (!prepared) return [];
    const { shop, memory, moment, now } = asked;
    const { open, refused } = sortOffers(asked, audienceOf(asked, prepared, known), known);
    const candidates = offerCandidates(offersFor(asked, person, open), memory.shelf, prepared, {
      surface: moment.surface,
      locale: spokenLocale(memory.settings.locales, moment.locale),
      currency: moment.currency,
      shopCurrency: shop.currency,
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
    visits: visitsBefore(moment),
  }));
  const linkable = people.map(({ mayLink, ...one }) => (mayLink ? one : { ...one, customerGid: null }));
  // Sent together: one after the other would be another round trip for the whole group.
  const [known, bought] = await Promise.all([
    asksAboutPeople(offers) ? readPeople(client, shopId, people, offers, now) : [],
    habits.size > 0 ? readBoughtBefore(client, shopId, linkable, named) : [],
  ]);
  return people.map((_, index) => ({ ...(known[index] ?? UNKNOWN_PERSON), bought: bought[index] ?? [] }));
}

function audienceOf({ moment }: Asked, { productGids, products }: Order, known: Acquaintance): Audience {
  return {
    productGids,
    products,
    orderValueMinor: orderValue(moment),
    country: moment.country?.toUpperCase() ?? null,
    isNew: moment.isFirstOrder ?? known.isNew,
    history: known.history,
    attributes: known.attributes,
    customerTags: known.customerTags,
  };
}

function ordered({ shop, memory, moment }: Asked): Order | null | Promise<Order> {
  if (memory.shelf.offers.length === 0) return null;
  const productGids = [...new Set(moment.lines.map((line) => line.productId))];
  return orderInMemory(shop.id, productGids.slice(0, MOST_PRODUCTS));
}
