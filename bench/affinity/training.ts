/**
 * What learning costs, in a process of its own so that its memory can be told: `node training.ts PRODUCTS ORDERS` learns
 * from a made-up shop, asks for companions of four-product orders, and prints what it took as JSON.
 */
import type { Basket } from "../../app/offers/affinity/baskets.ts";
import { median, percentile } from "../harness.ts";
import { loadAffinity } from "./load.ts";

export type Cost = { seconds: number; megabytes: number } & Serving;

/**
 * Microseconds per order: by the clock, which counts what other processes and collecting garbage take, and of processor
 * time. Percentiles are those of the middle round; beside them the 99th percentile of the worst round and of all orders.
 */
type Serving = {
  p50Micros: number;
  p99Micros: number;
  worstP99Micros: number;
  allP99Micros: number;
  cpuMicros: number;
};

const ORDERED = 4;
const ROUNDS = 11;
const ASKED_PER_ROUND = 5_000;
/** A web process runs for days: what its first seconds cost, before the code is compiled, is not what shoppers wait for. */
const WARM_UP = 20_000;

const [products, orders] = process.argv.slice(2).map(Number) as [number, number];
const { affinity } = await loadAffinity();
const random = seeded(11);
const catalogue = Array.from({ length: products }, (_, item) => ({
  productGid: `gid://shopify/Product/${item}`,
  title: `Set ${familyOf(item)} piece ${item % 10} colour ${item % 7}`,
  category: `Category ${familyOf(item) % 40}`,
  priceMinor: 500 + ((item * 7_919) % 5_000),
}));
const baskets = affinity.packBaskets(Array.from({ length: orders }, (_, order) => madeUpOrder(order)));
const started = process.cpuUsage();
const learnt = await affinity.learnFromBaskets(baskets, catalogue, 365, () => undefined);
// The job writes the companions of every product, so their making counts.
for (let item = 0; item < products; item++) learnt.companionsOf(item);
const { user, system } = process.cpuUsage(started);
const cost: Cost = {
  seconds: (user + system) / 1e6,
  megabytes: process.resourceUsage().maxRSS / 1024,
  ...serve(),
};
console.log(JSON.stringify(cost));

/** Ten products to a family; families are bought together. */
function familyOf(item: number): number {
  return Math.floor(item / 10);
}

function madeUpOrder(order: number): Basket {
  const items = new Set<number>();
  const first = Math.floor(random() ** 2 * products);
  const size = 2 + Math.floor(random() * 9);
  while (items.size < size) {
    const inFamily = random() < 0.5;
    const item = inFamily
      ? familyOf(first) * 10 + Math.floor(random() * 10)
      : Math.floor(random() ** 2 * products);
    if (item < products) items.add(item);
  }
  return {
    items: [...items],
    day: (order * 365) / orders,
    customer: 1 + Math.floor(random() * (orders / 3)),
  };
}

/** What a four-product order of a known customer costs. */
function serve(): Serving {
  const companions = new Map<number, ReturnType<typeof learnt.companionsOf>>();
  const questions = Array.from({ length: 1_000 }, () => {
    const { items } = madeUpOrder(0);
    return items.slice(0, ORDERED).map((item) => {
      if (!companions.has(item)) companions.set(item, learnt.companionsOf(item));
      return { ...learnt.products[item]!, title: "", others: companions.get(item)! };
    });
  }).filter((ordered) => ordered.length === ORDERED);
  const { popular, habits, blend } = learnt;
  const bought = popular.slice(20, 30).map((product) => ({ product, times: 1 }));
  const ask = (asked: number) => {
    const ordered = questions[asked % questions.length]!;
    affinity.rankProspects({ ordered, popular, habits, bought }, blend);
  };
  for (let asked = 0; asked < WARM_UP; asked++) ask(asked);
  const rounds = Array.from({ length: ROUNDS }, () => new Array<number>(ASKED_PER_ROUND).fill(0));
  const before = process.cpuUsage();
  for (const micros of rounds) {
    for (let asked = 0; asked < ASKED_PER_ROUND; asked++) {
      const asking = process.hrtime.bigint();
      ask(asked);
      micros[asked] = Number(process.hrtime.bigint() - asking) / 1e3;
    }
  }
  const spent = process.cpuUsage(before);
  const p99s = rounds.map((micros) => percentile(micros, 0.99));
  return {
    p50Micros: median(rounds.map(median)),
    p99Micros: median(p99s),
    worstP99Micros: Math.max(...p99s),
    allP99Micros: percentile(rounds.flat(), 0.99),
    cpuMicros: (spent.user + spent.system) / (ROUNDS * ASKED_PER_ROUND),
  };
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
