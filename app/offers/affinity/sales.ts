import { basketAt, itemsOf, type Baskets } from "./baskets";
import type { Habit } from "./sellable";

/** What each product sold, without regard to what it was sold with. */
export type Sales = {
  orders: Uint32Array;
  recentOrders: Uint32Array;
  /** Day of the first sale; 0 where there was none. */
  firstDay: Float64Array;
  /** Sales to customers we know, and how many of these were not the first of this product. */
  known: Uint32Array;
  repeated: Uint32Array;
};

const RECENT_DAYS = 14;
/** One sale in ten is a repeat until a product's own sales say otherwise; this many sales' worth of that belief. */
const USUAL_REPEAT_RATE = 0.1;
const BELIEF = 10;

/** @param today what counts as now, in days since 1970 */
export function countSales(baskets: Baskets, products: number, today: number): Sales {
  const sales: Sales = {
    orders: new Uint32Array(products),
    recentOrders: new Uint32Array(products),
    firstDay: new Float64Array(products),
    known: new Uint32Array(products),
    repeated: new Uint32Array(products),
  };
  const recentFrom = basketAt(baskets, today - RECENT_DAYS);
  for (let basket = 0; basket < baskets.count; basket++) {
    for (const item of itemsOf(baskets, basket)) {
      if (sales.orders[item] === 0) sales.firstDay[item] = baskets.days[basket]!;
      sales.orders[item]! += 1;
      if (basket >= recentFrom) sales.recentOrders[item]! += 1;
    }
  }
  countRepeats(sales, baskets, products);
  return sales;
}

/** Customer by customer, so that one note per product is enough to know whether the same one bought it before. */
function countRepeats(sales: Sales, baskets: Baskets, products: number): void {
  const lastBuyer = new Uint32Array(products);
  for (const basket of byCustomer(baskets)) {
    const customer = baskets.customers[basket]!;
    for (const item of itemsOf(baskets, basket)) {
      sales.known[item]! += 1;
      if (lastBuyer[item] === customer) sales.repeated[item]! += 1;
      lastBuyer[item] = customer;
    }
  }
}

/** Baskets of known customers, each customer's together, oldest first. */
function byCustomer({ customers, count }: Baskets): Uint32Array {
  const known = new Uint32Array(count).map((_, basket) => basket).filter((basket) => customers[basket] !== 0);
  return known.sort((a, b) => customers[a]! - customers[b]! || a - b);
}

export function repeatRate({ known, repeated }: Sales, item: number): number {
  return (repeated[item]! + BELIEF * USUAL_REPEAT_RATE) / (known[item]! + BELIEF);
}

/** How people buy in each category. `categories` is per product; those without a category are one as well. */
export function learnHabits(
  baskets: Baskets,
  sales: Sales,
  categories: readonly string[],
): Map<string, Habit> {
  const counted = new Map<string, { known: number; repeated: number; baskets: number; pairs: number }>();
  for (const category of new Set(categories)) {
    counted.set(category, { known: 0, repeated: 0, baskets: 0, pairs: 0 });
  }
  categories.forEach((category, item) => {
    const one = counted.get(category)!;
    one.known += sales.known[item]!;
    one.repeated += sales.repeated[item]!;
  });
  for (let basket = 0; basket < baskets.count; basket++) {
    const inBasket = new Map<string, number>();
    for (const item of itemsOf(baskets, basket)) {
      inBasket.set(categories[item]!, (inBasket.get(categories[item]!) ?? 0) + 1);
    }
    for (const [category, products] of inBasket) {
      const one = counted.get(category)!;
      one.baskets++;
      if (products > 1) one.pairs++;
    }
  }
  const habits = new Map<string, Habit>();
  for (const [category, { known, repeated, baskets: all, pairs }] of counted) {
    habits.set(category, {
      sales: known,
      repeatRate: (repeated + BELIEF * USUAL_REPEAT_RATE) / (known + BELIEF),
      pairRate: (pairs + 1) / (all + 5),
    });
  }
  return habits;
}
