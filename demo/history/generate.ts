// A plausible past: a year of orders with goods that belong together, seasons, people who come back, discounts,
// returns, cancellations, and parcels of which some are late. Seeded: the same input gives the same past.
import { COMPANIONS, type CatalogueEntry } from "../store/catalogue-data.ts";
import { confirmationNumber } from "../store/ids.ts";
import { lineItem } from "../store/orders.ts";
import { priceLines } from "../store/pricing.ts";
import { ratesFor } from "../store/shipping.ts";
import { newId, type StoreState } from "../store/state.ts";
import type { Discount } from "../store/discount.ts";
import type { AppliedDiscount, Customer, Order, Product } from "../store/types.ts";
import { addAftermath } from "./aftermath.ts";
import { seedCatalogue } from "./catalogue.ts";
import { pickGateway } from "./gateways.ts";
import { inventPerson } from "./people.ts";
import { createRandom, type Random } from "./random.ts";

const DAY = 86_400_000;
const HISTORY_DAYS = 365;

export type HistoryOptions = { orders: number; seed: number; anchor: Date };

type Goods = { entry: CatalogueEntry; product: Product };

export function generateHistory(state: StoreState, options: HistoryOptions): void {
  const random = createRandom(options.seed);
  const begin = new Date(options.anchor.getTime() - HISTORY_DAYS * DAY);
  const goods = seedCatalogue(state, begin.toISOString());
  const welcome = seedWelcomeDiscount(state, begin.toISOString());
  const buyers: Customer[] = [];
  for (const time of orderTimes(options, random)) {
    const customer = pickCustomer(state, buyers, random, time);
    const order = pastOrder(state, { random, time, goods, customer, welcome });
    addAftermath(state, order, random, options.anchor);
    customer.numberOfOrders += 1;
    customer.amountSpent += order.total - order.refunds.reduce((sum, refund) => sum + refund.amount, 0);
    customer.updatedAt = order.createdAt;
    state.orders.seed(order);
  }
}

/** Times of day between 7 and 23 h, more orders before Christmas and a shop that grows. Oldest first. */
function orderTimes({ orders, anchor }: HistoryOptions, random: Random): Date[] {
  const days = Array.from({ length: HISTORY_DAYS }, (_, index) => index);
  const weight = (day: number) => {
    const month = new Date(anchor.getTime() - day * DAY).getUTCMonth() + 1;
    const season = month === 12 ? 2.2 : month === 11 ? 1.6 : 1;
    return season * (1.4 - (day / HISTORY_DAYS) * 0.8);
  };
  const latest = anchor.getTime() - 2 * 3_600_000;
  const midnight = Math.floor(anchor.getTime() / DAY) * DAY;
  const cumulative: number[] = [];
  let total = 0;
  for (const day of days) cumulative.push((total += weight(day)));
  return Array.from({ length: orders }, () => {
    const target = random.next() * total;
    const day = cumulative.findIndex((value) => value > target);
    const time = midnight - day * DAY + random.between(7, 23) * 3_600_000;
    return new Date(time > latest ? time - DAY : time);
  }).toSorted((a, b) => a.getTime() - b.getTime());
}

function pickCustomer(state: StoreState, buyers: Customer[], random: Random, time: Date): Customer {
  if (buyers.length > 20 && random.chance(0.42)) {
    // Squaring prefers those who came early or often, so that some people order ten times.
    return buyers[Math.floor(random.next() ** 2 * buyers.length)]!;
  }
  const person = inventPerson(random, buyers.length + 1);
  const at = time.toISOString();
  const subscribed = random.chance(0.46);
  const customer: Customer = {
    id: newId(state),
    firstName: person.firstName,
    lastName: person.lastName,
    email: person.email,
    phone: null,
    locale: person.locale,
    emailMarketing: subscribed
      ? { state: "SUBSCRIBED", optInLevel: "SINGLE_OPT_IN", updatedAt: at }
      : { state: "NOT_SUBSCRIBED", optInLevel: "UNKNOWN", updatedAt: null },
    defaultAddress: person.address,
    tags: [],
    numberOfOrders: 0,
    amountSpent: 0,
    createdAt: at,
    updatedAt: at,
  };
  buyers.push(customer);
  state.customers.seed(customer);
  return customer;
}

function pickBasket(goods: Goods[], random: Random, month: number): Goods[] {
  const appeal = ({ entry }: Goods) => entry.weight * (entry.season?.includes(month) ? 3 : 1);
  const basket = [random.weighted(goods, appeal)];
  const size = random.weighted([1, 2, 3, 4, 5], (count) => [0, 40, 30, 18, 8, 4][count]!);
  while (basket.length < size) {
    const { group } = random.pick(basket).entry;
    const next = random.weighted(goods, (candidate) => {
      if (basket.includes(candidate)) return 0;
      return appeal(candidate) * pull(group, candidate.entry.group);
    });
    basket.push(next);
  }
  return basket;
}

function pull(from: CatalogueEntry["group"], to: CatalogueEntry["group"]): number {
  if (from === to) return 1;
  const companion = COMPANIONS.find(([a, b]) => (a === from && b === to) || (a === to && b === from));
  return companion?.[2] ?? 0.05;
}

const LANDINGS: { landingSite: string; referringSite: string | null; weight: number }[] = [
  { landingSite: "/", referringSite: null, weight: 30 },
  {
    landingSite: "/?utm_source=google&utm_medium=cpc&utm_campaign=brand",
    referringSite: "https://www.google.com/",
    weight: 22,
  },
  { landingSite: "/collections/all", referringSite: "https://www.google.com/", weight: 18 },
  {
    landingSite: "/?utm_source=instagram&utm_medium=social&utm_campaign=stories",
    referringSite: "https://l.instagram.com/",
    weight: 16,
  },
  {
    landingSite: "/?utm_source=newsletter&utm_medium=email&utm_campaign=monthly",
    referringSite: null,
    weight: 9,
  },
  {
    landingSite: "/?utm_source=podcast&utm_medium=audio&utm_campaign=slow-mornings",
    referringSite: null,
    weight: 5,
  },
];

const USER_AGENTS = [
  "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15",
];

function pastOrder(
  state: StoreState,
  from: { random: Random; time: Date; goods: Goods[]; customer: Customer; welcome: Discount },
): Order {
  const { random, time, customer } = from;
  const basket = pickBasket(from.goods, random, time.getUTCMonth() + 1);
  const first = customer.numberOfOrders === 0;
  const totals = priceLines({
    currency: state.shop.currency,
    taxRate: state.shop.taxRate,
    lines: basket.map(({ product }) => {
      const variant = random.pick(product.variants);
      const quantity = random.weighted([1, 2, 4], (count) => [0, 78, 17, 0, 5][count]!);
      return { variantId: variant.id, quantity, product, variant, price: variant.price };
    }),
    codes: first && random.chance(0.18) ? ["WELCOME10"] : [],
    discountByCode: () => from.welcome,
    customerId: customer.id,
    rates: ratesFor(state.shop.countryCode, customer.defaultAddress, 5000),
    rateId: random.chance(0.15) ? "express" : "standard",
    now: time.toISOString(),
  });
  countRedemption(from.welcome, totals.discounts, customer.id);
  const number = state.nextOrderNumber++;
  const landing = random.weighted(LANDINGS, (site) => site.weight);
  const at = time.toISOString();
  return {
    id: newId(state),
    number,
    name: `#${number}`,
    confirmationNumber: confirmationNumber((limit) => random.below(limit)),
    checkoutToken: random.hex(32),
    cartToken: random.hex(32),
    statusKey: random.hex(32),
    transactionId: newId(state),
    customerId: customer.id,
    email: customer.email,
    phone: null,
    locale: customer.locale,
    currency: totals.currency,
    lines: totals.lines.map((line) => lineItem(state, line)),
    discounts: totals.discounts,
    subtotal: totals.subtotal - totals.totalDiscounts,
    shippingPrice: totals.shipping,
    shippingMethod: totals.shippingRate.title,
    tax: totals.tax,
    total: totals.total,
    totalDiscounts: totals.totalDiscounts,
    shippingAddress: customer.defaultAddress,
    billingAddress: customer.defaultAddress,
    gateway: pickGateway(random, {
      countryCode: customer.defaultAddress?.countryCode ?? "",
      total: totals.total,
      returning: !first,
    }),
    landingSite: landing.landingSite,
    referringSite: landing.referringSite,
    sourceName: "web",
    userAgent: random.pick(USER_AGENTS),
    acceptsMarketing: customer.emailMarketing.state === "SUBSCRIBED",
    note: null,
    noteAttributes: [],
    tags: [],
    test: false,
    fulfillments: [],
    refunds: [],
    cancelledAt: null,
    cancelReason: null,
    closedAt: null,
    createdAt: at,
    updatedAt: at,
    readableAt: at,
    announced: true,
  };
}

function seedWelcomeDiscount(state: StoreState, at: string): Discount {
  const discount: Discount = {
    id: newId(state),
    title: "Welcome",
    value: { kind: "percentage", percent: 10 },
    productIds: [],
    variantIds: [],
    customerIds: [],
    minimumSubtotal: null,
    minimumQuantity: null,
    usageLimit: null,
    oncePerCustomer: true,
    combinesWith: { orderDiscounts: false, productDiscounts: true, shippingDiscounts: true },
    startsAt: at,
    endsAt: null,
    codes: [{ id: newId(state), code: "WELCOME10", used: 0 }],
    usedBy: [],
    createdAt: at,
    updatedAt: at,
  };
  state.discounts.seed(discount);
  return discount;
}

function countRedemption(discount: Discount, applied: AppliedDiscount[], customerId: number): void {
  if (applied.length === 0) return;
  discount.codes[0]!.used += 1;
  discount.usedBy.push(customerId);
}
