import { bucketOf, identityOf, isHeldOut } from "./bucket";
import { readConfig, type PaymentConfig } from "./config";
import { planOrder, type Buyer, type Plan } from "./rank";

/** The answer to run.graphql. Everything that Shopify may leave out is optional. */
export type RunInput = {
  paymentCustomization: { metafield?: { jsonValue: unknown } | null };
  paymentMethods: { id: string; name: string }[];
  presentmentCurrencyRate?: string | number | null;
  localization?: { country?: { isoCode?: string | null } | null } | null;
  cart: {
    attribute?: { value?: string | null } | null;
    billingAddress?: { countryCode?: string | null } | null;
    deliveryGroups?: { deliveryAddress?: { countryCode?: string | null } | null }[];
    cost: { totalAmount: { amount: string | number } };
    buyerIdentity?: {
      email?: string | null;
      phone?: string | null;
      customer?: { numberOfOrders: number } | null;
    } | null;
  };
};

type Operation =
  | { paymentMethodMove: { paymentMethodId: string; index: number } }
  | { paymentMethodHide: { paymentMethodId: string } };

export type RunResult = { operations: Operation[] };

/** Called by Shopify at the payment step. */
export function run(input: RunInput): RunResult {
  const config = readConfig(input.paymentCustomization.metafield?.jsonValue);
  if (!config) return { operations: [] };
  const names = input.paymentMethods.map(({ name }) => name);
  const plan = planOrder(config, names, buyerOf(input), isRanked(config, input));
  return { operations: operationsFor(input.paymentMethods, plan) };
}

/** Nobody known yet: Shopify's order. It must not change twice under the eyes of a buyer in the holdout. */
function isRanked(config: PaymentConfig, { cart }: RunInput): boolean {
  const identity = identityOf(cart.buyerIdentity?.email, cart.buyerIdentity?.phone);
  return identity !== null && !isHeldOut(bucketOf(config.salt, identity), config.holdout);
}

function buyerOf({ cart, localization, presentmentCurrencyRate }: RunInput): Buyer {
  const delivery = cart.deliveryGroups?.find((group) => group.deliveryAddress?.countryCode);
  const rate = Number(presentmentCurrencyRate);
  return {
    country:
      delivery?.deliveryAddress?.countryCode ??
      cart.billingAddress?.countryCode ??
      localization?.country?.isoCode ??
      "",
    total: Number(cart.cost.totalAmount.amount) / (rate > 0 ? rate : 1),
    returning: (cart.buyerIdentity?.customer?.numberOfOrders ?? 0) > 0,
    device: cart.attribute?.value ?? "",
  };
}

/**
 * Moves from the first place that changes to the last, in rising order: whether Shopify takes them one after another
 * or as final places, the outcome is the same.
 */
function operationsFor(methods: { id: string }[], { visible, hidden }: Plan): Operation[] {
  const order = [...visible, ...hidden];
  const changed = order.map((_, place) => place).filter((place) => order[place] !== place);
  const first = changed[0] ?? 0;
  const end = (changed[changed.length - 1] ?? -1) + 1;
  const moves = order.slice(first, end).map((method, offset) => ({
    paymentMethodMove: { paymentMethodId: methods[method]!.id, index: first + offset },
  }));
  const hides = hidden.map((method) => ({ paymentMethodHide: { paymentMethodId: methods[method]!.id } }));
  return [...moves, ...hides];
}
