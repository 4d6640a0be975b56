import { startFinding, type Found, type Keyed } from "./found";
import { isRefill, type Companion, type Habits, type Sellable } from "./sellable";

/** What is asked: the products of an order, what goes with each, and what else could be proposed. */
export type Around<Product extends Sellable> = {
  /** Products of the order, each with its companions. */
  ordered: readonly Ordered<Product>[];
  /** Well-selling products, best first; proposed where too few go with the order. */
  popular: readonly Product[];
  /** What this customer bought in earlier orders; left out for strangers. */
  bought?: readonly { product: Product; times: number }[];
  /** What sells with the categories of the order; helps where the products themselves tell too little. */
  related?: readonly Companion<Product>[];
  habits: Habits;
};

export type Ordered<Product extends Sellable> = Keyed & {
  title: string;
  category: string;
  /** Null where the product is not known. */
  priceMinor: number | null;
  others: readonly Companion<Product>[];
};

/** A product that could be proposed, with all that speaks for it. */
export type Prospect<Product extends Sellable> = {
  product: Product;
  /** Sums over the order's products. */
  pull: number;
  walk: number;
  /** Best over the order's products. */
  confidence: number;
  likeness: number;
  /** Sells with a category of the order. */
  related: boolean;
  /** The merchant says that it goes with a product of the order. */
  pinned: boolean;
  /** How often this customer bought it before. */
  bought: number;
  /** The product of the order that pulls most, where enough orders had both. */
  goesWith: Ordered<Product> | null;
  strongest: number;
  /** That, of all prospects, it is the one that such an order also has; 0 until they are ranked. */
  chance: number;
};

/** The strongest prospects that are looked at closely; well-selling products fill up to as many. */
const MOST_PROSPECTS = 60;
/** Orders that had both, before we say of two products that they go together. */
const LEAST_TOGETHER = 2;

/**
 * Everything that could be proposed for an order. What is in the order is left out, and so is what the customer bought
 * before unless its category is one of refills.
 */
export function gatherProspects<Product extends Sellable>(around: Around<Product>): Prospect<Product>[] {
  const { ordered, popular, bought = [], related = [], habits } = around;
  const found = startFinding<Prospect<Product> | null>();
  for (const { product, times } of bought) {
    const again = isRefill(habits, product.category);
    found.set(product, again ? { ...prospectOf(product), bought: times } : null);
  }
  for (const product of ordered) found.set(product, null);
  for (const one of ordered) {
    for (const companion of one.others) add(found, one, companion);
  }
  for (const companion of related) {
    if (found.size() >= MOST_PROSPECTS) break;
    addRelated(found, companion);
  }
  for (const product of popular) {
    if (found.size() >= MOST_PROSPECTS) break;
    if (!found.has(product)) found.set(product, prospectOf(product));
  }
  return strongest(found.values.filter((prospect) => prospect !== null));
}

/** By plain strength: what is far behind in it is never proposed, and weighing it would only cost time. */
function strongest<Product extends Sellable>(prospects: Prospect<Product>[]): Prospect<Product>[] {
  if (prospects.length <= MOST_PROSPECTS) return prospects;
  const strengths = new Float64Array(prospects.length);
  for (let index = 0; index < prospects.length; index++) strengths[index] = strengthOf(prospects[index]!);
  const least = strengths.slice().sort()[strengths.length - MOST_PROSPECTS]!;
  return prospects.filter((_, index) => strengths[index]! >= least).slice(0, MOST_PROSPECTS);
}

function strengthOf({ pinned, pull, confidence, bought }: Prospect<Sellable>): number {
  return (pinned ? 1 : 0) + pull + confidence / 2 + Math.min(bought, 3) / 10;
}

function add<Product extends Sellable>(
  found: Found<Prospect<Product> | null>,
  one: Ordered<Product>,
  { product, pull, confidence, walk, likeness, together, pinned }: Companion<Product>,
): void {
  let prospect = found.get(product);
  if (prospect === null) return;
  if (prospect === undefined) found.set(product, (prospect = prospectOf(product)));
  prospect.pull += pull;
  prospect.walk += walk;
  if (confidence > prospect.confidence) prospect.confidence = confidence;
  if (likeness > prospect.likeness) prospect.likeness = likeness;
  if (pinned) {
    prospect.pinned = true;
    prospect.goesWith = one;
    prospect.strongest = Infinity;
  }
  const strength = pull + confidence;
  if (together >= LEAST_TOGETHER && strength > prospect.strongest) {
    prospect.strongest = strength;
    prospect.goesWith = one;
  }
}

/** A share among the orders with a category says less than one among the orders with a product. */
const CATEGORY_WEIGHT = 0.3;

function addRelated<Product extends Sellable>(
  found: Found<Prospect<Product> | null>,
  { product, pull }: Companion<Product>,
): void {
  if (found.has(product)) return;
  found.set(product, {
    ...prospectOf(product),
    related: true,
    confidence: CATEGORY_WEIGHT * pull,
  });
}

function prospectOf<Product extends Sellable>(product: Product): Prospect<Product> {
  return {
    product,
    pull: 0,
    walk: 0,
    confidence: 0,
    likeness: 0,
    related: false,
    pinned: false,
    bought: 0,
    goesWith: null,
    strongest: 0,
    chance: 0,
  };
}
