import { expect, test } from "vitest";
import type { HistoryRule } from "./history";
import { EVERYBODY, isEligible, TargetingSchema, type Audience, type Targeting } from "./targeting";

const CHAIR = "gid://shopify/Product/1";
const audience: Audience = {
  productGids: [CHAIR],
  products: [{ collections: ["gid://shopify/Collection/7"], category: "Chairs", tags: ["Oak"] }],
  orderValueMinor: 10_000,
  country: "DE",
  isNew: true,
  history: { orders: 3, spentMinor: 20_000, daysSinceLastOrder: 40 },
  attributes: { "answers.post-purchase.source": "friends", "answers.style.likes": ["oak", "steel"] },
  customerTags: ["VIP"],
};

const past = (rule: Partial<HistoryRule>) => ({ ...EVERYBODY.history, ...rule });

test.each<[string, Partial<Targeting>, boolean]>([
  ["no rule", {}, true],
  ["one of the products", { productGids: ["gid://shopify/Product/9", CHAIR] }, true],
  ["another product", { productGids: ["gid://shopify/Product/9"] }, false],
  ["a collection that it is in", { collectionGids: ["gid://shopify/Collection/7"] }, true],
  ["a collection that it is not in", { collectionGids: ["gid://shopify/Collection/8"] }, false],
  ["the type, in other letters", { productTypes: ["CHAIRS"] }, true],
  ["another product, but the tag", { productGids: ["gid://shopify/Product/9"], tags: ["oak"] }, true],
  ["exactly the least value", { minimumOrderMinor: 10_000 }, true],
  ["below the least value", { minimumOrderMinor: 10_001 }, false],
  ["exactly the highest value", { maximumOrderMinor: 10_000 }, true],
  ["above the highest value", { maximumOrderMinor: 9_999 }, false],
  ["the country", { countries: ["AT", "DE"] }, true],
  ["another country", { countries: ["AT"] }, false],
  ["new shoppers", { shoppers: "new" }, true],
  ["returning shoppers", { shoppers: "returning" }, false],
  ["an answer", { segments: [{ attribute: "answers.post-purchase.source", value: "friends" }] }, true],
  ["one of several answers", { segments: [{ attribute: "answers.style.likes", value: "steel" }] }, true],
  ["an answer nobody gave", { segments: [{ attribute: "answers.none", value: "undefined" }] }, false],
  ["exactly so many earlier orders", { history: past({ minimumOrders: 3, maximumOrders: 3 }) }, true],
  ["more earlier orders", { history: past({ minimumOrders: 4 }) }, false],
  ["fewer earlier orders", { history: past({ maximumOrders: 2 }) }, false],
  ["who spent exactly that", { history: past({ minimumSpentMinor: 20_000 }) }, true],
  ["who spent less", { history: past({ maximumSpentMinor: 19_999 }) }, false],
  ["who has been away", { history: past({ minimumDays: 30 }) }, true],
  ["who was here lately", { history: past({ maximumDays: 30 }) }, false],
  ["one of the customer's tags, in other letters", { customerTags: ["press", "vip"] }, true],
  ["customers with another tag", { customerTags: ["press"] }, false],
  ["two rules of which one fails", { productTypes: ["Chairs"], countries: ["FR"] }, false],
])("an offer for %s", (_name, rule, expected) => {
  expect(isEligible({ ...EVERYBODY, ...rule }, audience)).toBe(expected);
});

test("where nobody knows, neither new nor returning holds, and no country", () => {
  const stranger = { ...audience, isNew: null, country: null };
  for (const shoppers of ["new", "returning"] as const)
    expect(isEligible({ ...EVERYBODY, shoppers }, stranger)).toBe(false);
  expect(isEligible({ ...EVERYBODY, countries: ["DE"] }, stranger)).toBe(false);
});

test("of somebody unknown no history holds, and who never ordered has no last order", () => {
  const rule = { ...EVERYBODY, history: past({ maximumOrders: 0 }) };
  expect(isEligible(rule, { ...audience, history: null })).toBe(false);
  const never = { orders: 0, spentMinor: 0, daysSinceLastOrder: null };
  expect(isEligible(rule, { ...audience, history: never })).toBe(true);
  for (const days of [{ minimumDays: 0 }, { maximumDays: 3_650 }])
    expect(isEligible({ ...EVERYBODY, history: past(days) }, { ...audience, history: never })).toBe(false);
});

test.each([
  ["a highest value below the lowest", { minimumOrderMinor: 2, maximumOrderMinor: 1 }],
  ["fewer orders than the fewest", { history: past({ minimumOrders: 2, maximumOrders: 1 }) }],
  ["half an order", { history: past({ minimumOrders: 0.5 }) }],
  ["no number", { minimumOrderMinor: NaN }],
  ["too much", { maximumOrderMinor: 1e300 }],
  ["an empty tag", { customerTags: [" "] }],
  ["a country that is none", { countries: ["<b>"] }],
  ["a product that is none", { productGids: ["chair"] }],
])("%s is refused", (_name, rule) => {
  expect(TargetingSchema.safeParse({ ...EVERYBODY, ...rule }).success).toBe(false);
});
