import type { Keyed } from "./rows";

/** The nouns of affinity: what is known of a product, and of two products together. */

/** A product as the ranking sees it. */
export type Sellable = Keyed & {
  /** Empty where the shop names none. */
  category: string;
  /** Minor units of the shop's currency. */
  priceMinor: number;
  /** Orders that had it, ever and in the last fortnight before it was learnt. */
  orders: number;
  recentOrders: number;
  /** Days from its first sale to when it was learnt; 0 where it was never sold. */
  ageDays: number;
  /** Share of its sales to known customers who had bought it before. */
  repeatRate: number;
};

/** What having one product says about another. All but `together` are shares, 0 for nothing. */
export type Bond = {
  /** Weight in the regularised linear autoencoder: about how much likelier the other one is. */
  pull: number;
  /** Share of the one's orders that had the other as well, shrunk for rare products. */
  confidence: number;
  /** Chance to walk to the other by way of a common basket, corrected for its popularity. */
  walk: number;
  /** Common words of the titles. */
  likeness: number;
  /** Orders that had both. */
  together: number;
};

export type Companion<Product extends Sellable = Sellable> = Bond & {
  product: Product;
  /** The merchant says that they go together. */
  pinned?: boolean;
};

/** How people buy within a category: learnt, and the switch between refills and durables. */
export type Habit = {
  /** Sales to known customers; with few of them the rates say little. */
  sales: number;
  /** Share of these sales to someone who had bought the same product before. */
  repeatRate: number;
  /** Of the orders with something of it, the share with two or more different products of it. */
  pairRate: number;
};

export type Habits = ReadonlyMap<string, Habit>;

const LEAST_SALES = 50;
const REFILL_RATE = 0.1;

/** Whether products of the category are bought again and again. A category that nobody knows is taken for durable. */
export function isRefill(habits: Habits, category: string): boolean {
  const habit = habits.get(category);
  return habit !== undefined && habit.sales >= LEAST_SALES && habit.repeatRate >= REFILL_RATE;
}
