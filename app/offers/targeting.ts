import { z } from "zod";
import { asksAboutHistory, fitsHistory, HistoryRuleSchema, type History } from "./history";

/**
 * For whom an offer is: rules that the merchant sets, as pure functions. What is left empty asks for nothing. Within one
 * rule any of the things named is enough; between rules all have to hold.
 */

const amount = z
  .int("Use an amount of money.")
  .min(0, "Use zero or more.")
  .max(1_000_000_000_000, "This is too much.")
  .nullable();
const word = z
  .string()
  .trim()
  .min(1, "Write a word, or take it away.")
  .max(100, "Use at most 100 characters.");
const words = z.array(word).max(50, "Use at most 50.");
const productGid = z.string().regex(/^gid:\/\/shopify\/Product\/\d+$/, "Choose a product.");
const collectionGid = z.string().regex(/^gid:\/\/shopify\/Collection\/\d+$/, "Choose a collection.");

/** Amounts in minor units of the shop's currency. */
export const TargetingSchema = z
  .object({
    /** The order has one of these products, or one of a collection, of a type or with a tag of these. */
    productGids: z.array(productGid).max(250, "Choose at most 250 products.").default([]),
    collectionGids: z.array(collectionGid).max(50, "Choose at most 50 collections.").default([]),
    productTypes: words.default([]),
    tags: words.default([]),
    minimumOrderMinor: amount.default(null),
    maximumOrderMinor: amount.default(null),
    /** ISO 3166 letters, "DE". */
    countries: z
      .array(z.string().regex(/^[A-Z]{2}$/, "Use two letters, like DE."))
      .max(250)
      .default([]),
    shoppers: z.enum(["all", "new", "returning"]).default("all"),
    /** What the customer did before this order. */
    history: HistoryRuleSchema.prefault({}),
    /** The customer has one of these tags. */
    customerTags: words.default([]),
    /** What we know of the customer, such as an answer to a survey. */
    segments: z
      .array(z.object({ attribute: z.string().max(200), value: z.string().max(200) }))
      .max(20, "Use at most 20.")
      .default([]),
  })
  .refine(
    ({ minimumOrderMinor: least, maximumOrderMinor: most }) =>
      least === null || most === null || least <= most,
    { path: ["maximumOrderMinor"], message: "The highest value must not be below the lowest." },
  );
export type Targeting = z.infer<typeof TargetingSchema>;
export type Segment = Targeting["segments"][number];

export const EVERYBODY: Targeting = TargetingSchema.parse({});

/** `collections` by gid. */
export type OrderedProduct = {
  readonly collections: readonly string[];
  readonly category: string;
  readonly tags: readonly string[];
};

/** What is known of the shopper and the order at the moment of the question. */
export type Audience = {
  /** Of the order. */
  productGids: readonly string[];
  /** What the shop knows of them. */
  products: readonly OrderedProduct[];
  orderValueMinor: number;
  country: string | null;
  /** Null where nobody knows: then neither "new" nor "returning" holds. */
  isNew: boolean | null;
  /** Null where the person is not known as a customer. */
  history: History | null;
  attributes: Readonly<Record<string, unknown>>;
  /** The merchant's own words for the customer; none where nobody knows them. */
  customerTags: readonly string[];
};

/** Whether the order and the shopper are among those that the merchant wants to reach. */
export function isEligible(targeting: Targeting, audience: Audience): boolean {
  const { minimumOrderMinor, maximumOrderMinor, countries, shoppers, history, customerTags, segments } =
    targeting;
  if (!hasWantedProduct(targeting, audience)) return false;
  if (minimumOrderMinor !== null && audience.orderValueMinor < minimumOrderMinor) return false;
  if (maximumOrderMinor !== null && audience.orderValueMinor > maximumOrderMinor) return false;
  if (countries.length > 0 && !(audience.country && countries.includes(audience.country))) return false;
  if (shoppers !== "all" && audience.isNew !== (shoppers === "new")) return false;
  if (!fitsHistory(history, audience.history)) return false;
  if (customerTags.length > 0 && !hasCommonWord(audience.customerTags, customerTags)) return false;
  return segments.length === 0 || segments.some((segment) => isIn(segment, audience.attributes));
}

function hasWantedProduct(wanted: Targeting, audience: Audience): boolean {
  const { productGids, collectionGids, productTypes, tags } = wanted;
  if (productGids.length + collectionGids.length + productTypes.length + tags.length === 0) return true;
  return (
    audience.productGids.some((gid) => productGids.includes(gid)) ||
    audience.products.some(
      (product) =>
        product.collections.some((gid) => collectionGids.includes(gid)) ||
        hasCommonWord([product.category], productTypes) ||
        hasCommonWord(product.tags, tags),
    )
  );
}

/** Shopify's tags and types are the same in upper and lower case. */
function hasCommonWord(having: readonly string[], wanted: readonly string[]): boolean {
  if (wanted.length === 0) return false;
  const known = new Set(having.map((one) => one.toLowerCase()));
  return wanted.some((one) => known.has(one.toLowerCase()));
}

/** An attribute may hold one value or a list, such as the answers to a question with several choices. */
function isIn({ attribute, value }: Segment, attributes: Audience["attributes"]): boolean {
  const held = attributes[attribute] ?? [];
  return (Array.isArray(held) ? held : [held]).some((one) => String(one) === value);
}

/** Whether a rule of it asks something that only the database knows of the person. */
export function asksAboutPerson({ shoppers, history, customerTags, segments }: Targeting): boolean {
  return shoppers !== "all" || customerTags.length + segments.length > 0 || asksAboutHistory(history);
}
