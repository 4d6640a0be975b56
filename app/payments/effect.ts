import { BUCKETS } from "../../extensions/payment-ranking/src/bucket";

/**
 * What the learnt order does, against the holdout. Buyers were assigned by their bucket, so a bucket is the unit: its
 * orders are summed, and the spread between buckets gives the interval. That also holds where one buyer orders often.
 */

/** One bucket's orders since the split began; buckets without orders are left out. */
export type BucketOrders = {
  bucket: number;
  heldOut: boolean;
  orders: number;
  /** Paid with what the model would put first. */
  first: number;
  /** Net of refunds, minor units. */
  netMinor: number;
};

/** A figure of both sides and their difference (or ratio less 1) with its 95 % interval; null: too few orders. */
export type Comparison = {
  ranked: number;
  own: number;
  difference: number;
  low: number;
  high: number;
};

export type Effect = {
  orders: { ranked: number; own: number };
  /** Share paid with the model's first choice; difference in shares. */
  firstChoice: Comparison | null;
  /** Minor units; relative difference. */
  orderValue: Comparison | null;
  /** Orders per 1,000 groups of buyers; relative difference. */
  completed: Comparison | null;
};

const Z = 1.96;
/** Below, the normal interval says more than the orders know. */
export const LEAST_PER_SIDE = 30;

export function effectOf(rows: BucketOrders[], holdoutShare: number): Effect {
  const sides = {
    own: rows.filter(({ heldOut }) => heldOut),
    ranked: rows.filter(({ heldOut }) => !heldOut),
  };
  const orders = { ranked: sum(sides.ranked, "orders"), own: sum(sides.own, "orders") };
  if (Math.min(orders.ranked, orders.own) < LEAST_PER_SIDE) {
    return { orders, firstChoice: null, orderValue: null, completed: null };
  }
  const ownBuckets = Math.round(holdoutShare * BUCKETS);
  const first = both(sides, (side) => ratio(side, "first"));
  const value = both(sides, (side) => ratio(side, "netMinor"));
  const completed = {
    own: perBucket(sides.own, ownBuckets),
    ranked: perBucket(sides.ranked, BUCKETS - ownBuckets),
  };
  return {
    orders,
    firstChoice: difference(first),
    orderValue: relative(value),
    completed: scaled(relative(completed), 1000),
  };
}

type Sides<Value> = { ranked: Value; own: Value };
type Estimate = { mean: number; error: number };

function both<From, To>({ ranked, own }: Sides<From>, make: (side: From) => To): Sides<To> {
  return { ranked: make(ranked), own: make(own) };
}

/** A ratio of sums over buckets, e.g. money per order, with its standard error (delta method). */
function ratio(rows: BucketOrders[], of: "first" | "netMinor"): Estimate {
  const orders = sum(rows, "orders");
  const mean = sum(rows, of) / orders;
  const squares = rows.reduce((total, row) => total + (row[of] - mean * row.orders) ** 2, 0);
  const count = rows.length;
  return { mean, error: Math.sqrt((squares * count) / Math.max(1, count - 1)) / orders };
}

/** Orders per bucket of a side; buckets without orders count as 0. */
function perBucket(rows: BucketOrders[], buckets: number): Estimate {
  const mean = sum(rows, "orders") / buckets;
  const seen = rows.reduce((total, { orders }) => total + (orders - mean) ** 2, 0);
  const variance = (seen + (buckets - rows.length) * mean ** 2) / Math.max(1, buckets - 1);
  return { mean, error: Math.sqrt(variance / buckets) };
}

function difference({ ranked, own }: Sides<Estimate>): Comparison {
  const by = ranked.mean - own.mean;
  const half = Z * Math.hypot(ranked.error, own.error);
  return { ranked: ranked.mean, own: own.mean, difference: by, low: by - half, high: by + half };
}

/** The ratio of two means, less 1, with an interval on the logarithm: a ratio's errors are not even to both sides. */
function relative({ ranked, own }: Sides<Estimate>): Comparison | null {
  if (ranked.mean <= 0 || own.mean <= 0) return null;
  const log = Math.log(ranked.mean / own.mean);
  const half = Z * Math.hypot(ranked.error / ranked.mean, own.error / own.mean);
  const less1 = (value: number) => Math.exp(value) - 1;
  return {
    ranked: ranked.mean,
    own: own.mean,
    difference: less1(log),
    low: less1(log - half),
    high: less1(log + half),
  };
}

function scaled(comparison: Comparison | null, by: number): Comparison | null {
  return comparison && { ...comparison, ranked: comparison.ranked * by, own: comparison.own * by };
}

function sum(rows: BucketOrders[], of: "orders" | "first" | "netMinor"): number {
  return rows.reduce((total, row) => total + row[of], 0);
}
