/** What is asked: products of an order that are hidden, one at a time. The same ones in every run. */
import type { Baskets } from "../../app/offers/affinity/baskets.ts";
import type { Affinity } from "./load.ts";

/** Products with fewer orders before are not asked about: nobody knows them. */
export const LEAST_ORDERS = 5;
const MOST_PER_ORDER = 3;

export type Question = { order: number; rest: number[]; hidden: number; weight: number };

/** Orders `from` to before `to` are asked about, by what was known before `from`. */
export type Stretch = { from: number; to: number };

/** @param days after how many everybody learns anew */
export function stretchesOf(affinity: Affinity, baskets: Baskets, from: number, days: number): Stretch[] {
  const stretches: Stretch[] = [];
  while (from < baskets.count) {
    const to = Math.min(
      baskets.count,
      Math.max(from + 1, affinity.basketAt(baskets, baskets.days[from]! + days)),
    );
    stretches.push({ from, to });
    from = to;
  }
  return stretches;
}

export function questionsOf(affinity: Affinity, baskets: Baskets, { from, to }: Stretch): Question[] {
  const orders = new Map<number, number>();
  for (let line = 0; line < baskets.starts[from]!; line++) {
    const item = baskets.items[line]!;
    orders.set(item, (orders.get(item) ?? 0) + 1);
  }
  const questions: Question[] = [];
  for (let order = from; order < to; order++) {
    const items = [...affinity.itemsOf(baskets, order)].filter(
      (item) => (orders.get(item) ?? 0) >= LEAST_ORDERS,
    );
    if (items.length < 2) continue;
    const drawn = [...items].sort((a, b) => shuffled(a, order) - shuffled(b, order)).slice(0, MOST_PER_ORDER);
    for (const hidden of drawn) {
      const rest = items.filter((item) => item !== hidden);
      questions.push({ order, rest, hidden, weight: 1 / drawn.length });
    }
  }
  return questions;
}

function shuffled(item: number, order: number): number {
  const mixed = Math.imul(item + 1, 2_654_435_761) ^ Math.imul(order + 1, 2_246_822_519);
  return Math.imul(mixed ^ (mixed >>> 15), 2_246_822_519) >>> 0;
}
