import { itemsOf, type Baskets } from "./baskets";
import { describe, FEATURES, settingOf } from "./features";
import type { Question } from "./fit-blend";
import { gatherProspects, type Around } from "./prospects";
import type { Companion, Habits, Sellable } from "./sellable";

/** Real orders with one product hidden: what would we have proposed, and where was the hidden one? */

/** What was known before the orders that are asked about. */
export type Then = {
  products: readonly Sellable[];
  companionsOf: (item: number) => readonly Companion[];
  popular: readonly Sellable[];
  habits: Habits;
};

const WIDTH = FEATURES.length;
/** An order asks at most this often, each time about another product of it. */
const MOST_PER_BASKET = 2;
/** Earlier orders of a customer that count. */
const MOST_EARLIER = 20;
/** Products of these that count, the latest ones; as in bought-before.server.ts. */
const MOST_BOUGHT = 30;
/** A wholesaler's order is asked about its first products. */
const MOST_ORDERED = 40;
/** Fewer products in the order than this leave nothing to go by. */
const LEAST_PRODUCTS = 2;
/** A product with fewer orders is hardly known yet: asking about it would teach to guess. */
const LEAST_ORDERS = 5;

/**
 * The same question twice: as if we did not know the customer, and (where we do) as we know them. Null where the hidden
 * product is not among those that could be proposed.
 */
export type Asked = { cold: Question | null; known: Question | null; isKnown: boolean };

/** @param from the first basket that is asked about; those before are what was known */
export function* askAbout(baskets: Baskets, from: number, then: Then): Generator<Asked> {
  const earlierOf = rememberBaskets(baskets);
  for (let basket = from; basket < baskets.count; basket++) {
    const items = [...itemsOf(baskets, basket)].filter((item) => then.products[item]!.orders >= LEAST_ORDERS);
    if (items.length < LEAST_PRODUCTS) continue;
    const bought = boughtBefore(baskets, earlierOf(basket), then);
    const hidden = pick(items, basket);
    for (const item of hidden) {
      const rest = items.filter((other) => other !== item).slice(0, MOST_ORDERED);
      yield ask(rest, item, bought, then, 1 / hidden.length);
    }
  }
}

function ask(
  rest: number[],
  hidden: number,
  bought: Around<Sellable>["bought"],
  then: Then,
  weight: number,
): Asked {
  const ordered = rest.map((item) => ({
    ...then.products[item]!,
    title: "",
    others: then.companionsOf(item),
  }));
  const around = { ordered, popular: then.popular, habits: then.habits };
  const { productGid } = then.products[hidden]!;
  const isKnown = bought !== undefined && bought.length > 0;
  return {
    cold: questionFrom(around, productGid, weight),
    known: isKnown ? questionFrom({ ...around, bought }, productGid, weight) : null,
    isKnown,
  };
}

/** @returns null where the hidden product is not among those that could be proposed */
function questionFrom(around: Around<Sellable>, hidden: string, weight: number): Question | null {
  const found = gatherProspects(around);
  const { count, products } = found;
  const answer = products.findIndex(({ productGid }, row) => row < count && productGid === hidden);
  if (answer < 0) return null;
  const setting = settingOf(around);
  const features = new Float32Array(count * WIDTH);
  for (let row = 0; row < count; row++) describe(found, row, setting, features, row * WIDTH);
  return { features, prospects: count, answer, weight };
}

/**
 * What the customer bought in these baskets, latest first; nothing for strangers. As many as are read for a decision: more
 * would take the places of what goes with the order.
 * @param earlier oldest first
 */
export function boughtBefore(
  baskets: Baskets,
  earlier: readonly number[],
  { products }: Pick<Then, "products">,
): { product: Sellable; times: number }[] {
  const times = new Map<number, number>();
  for (let place = earlier.length - 1; place >= 0; place--) {
    for (const item of itemsOf(baskets, earlier[place]!)) times.set(item, (times.get(item) ?? 0) + 1);
  }
  return [...times]
    .slice(0, MOST_BOUGHT)
    .map(([item, count]) => ({ product: products[item]!, times: count }));
}

/** @returns for a basket, the latest baskets of its customer before it */
export function rememberBaskets({ customers, count }: Baskets): (basket: number) => number[] {
  const ofCustomer = new Map<number, number[]>();
  for (let basket = 0; basket < count; basket++) {
    const customer = customers[basket]!;
    if (customer === 0) continue;
    const own = ofCustomer.get(customer);
    if (own) own.push(basket);
    else ofCustomer.set(customer, [basket]);
  }
  return (basket) => {
    const own = ofCustomer.get(customers[basket]!) ?? [];
    const end = own.indexOf(basket);
    return own.slice(Math.max(0, end - MOST_EARLIER), Math.max(0, end));
  };
}

/** Up to three of the products, the same ones for the same basket each time. */
function pick(items: number[], basket: number): number[] {
  const rest = [...items];
  const picked: number[] = [];
  let state = (basket + 1) * 2_654_435_761;
  while (picked.length < MOST_PER_BASKET && rest.length > 0) {
    state = Math.imul(state ^ (state >>> 15), 2_246_822_519) >>> 0;
    picked.push(...rest.splice(state % rest.length, 1));
  }
  return picked;
}
