import { normalise, type PaymentConfig } from "../src/config";
import type { RunInput, RunResult } from "../src/run";

const NAMES = {
  card: ["Credit card", "Kreditkarte", "shopify_payments"],
  paypal: ["PayPal"],
  invoice: ["Invoice", "Klarna"],
};

/** Cards lead at home; Germans, and returning ones even more, like the invoice; PayPal is for small sums. */
export const CONFIG: PaymentConfig = {
  v: 1,
  salt: "salt",
  holdout: 0,
  methods: Object.keys(NAMES),
  names: Object.fromEntries(
    Object.values(NAMES).flatMap((names, index) => names.map((name) => [normalise(name), index])),
  ),
  weights: {
    base: [0.5, 0, -0.5],
    country: { DE: [-0.8, 0.1, 0.7] },
    edges: [50, 200],
    value: [
      [0, 0.6, -0.6],
      [0, 0, 0],
      [0.1, -0.6, 0.5],
    ],
    returning: [
      [0, 0, 0],
      [0, -0.1, 0.3],
    ],
    device: { phone: [-0.4, 0.4, 0] },
  },
  rules: [],
};

export const METHODS = ["Credit card", "PayPal", "Klarna - Pay later"];

type Given = {
  methods?: string[];
  config?: unknown;
  country?: string;
  total?: string;
  rate?: string;
  email?: string | null;
  phone?: string | null;
  orders?: number;
  device?: string;
};

/** What Shopify hands over for run.graphql, in the shape of the recorded inputs. */
export function inputWith(given: Given = {}): RunInput {
  const { methods = METHODS, config = CONFIG, country = "US", total = "80.0", rate = "1.0", orders } = given;
  return {
    paymentCustomization: { metafield: config === undefined ? null : { jsonValue: config } },
    paymentMethods: methods.map((name, index) => ({
      id: `gid://shopify/PaymentCustomizationPaymentMethod/${index}`,
      name,
    })),
    presentmentCurrencyRate: rate,
    localization: { country: { isoCode: "US" } },
    cart: {
      attribute: given.device === undefined ? null : { value: given.device },
      billingAddress: null,
      deliveryGroups: [{ deliveryAddress: { countryCode: country } }],
      cost: { totalAmount: { amount: total } },
      buyerIdentity: {
        email: given.email === undefined ? "ada@example.com" : given.email,
        phone: given.phone ?? null,
        customer: orders === undefined ? null : { numberOfOrders: orders },
      },
    },
  };
}

/** The names a buyer sees, moves applied one after another as Shopify does. */
export function shown({ paymentMethods }: RunInput, { operations }: RunResult): string[] {
  let methods = [...paymentMethods];
  for (const operation of operations) {
    if ("paymentMethodHide" in operation) {
      methods = methods.filter(({ id }) => id !== operation.paymentMethodHide.paymentMethodId);
    } else {
      const { paymentMethodId, index } = operation.paymentMethodMove;
      const moved = methods.filter(({ id }) => id === paymentMethodId);
      methods = methods.filter(({ id }) => id !== paymentMethodId);
      methods.splice(index, 0, ...moved);
    }
  }
  return methods.map(({ name }) => name);
}
