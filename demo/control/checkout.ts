// A whole purchase in one request, for scripts and tests that do not want to click through the checkout.
import type { Demo } from "../demo.ts";
import { json, type Route } from "../http.ts";
import { CheckoutError, type CounterSale, type Store } from "../store/store.ts";
import type { Address, CartLine } from "../store/types.ts";
import { storeFor } from "./request.ts";

const DEFAULT_ADDRESS: Address = {
  firstName: "Ada",
  lastName: "Byron",
  address1: "12 Maple Street",
  city: "Portland",
  province: "Oregon",
  provinceCode: "OR",
  zip: "97205",
  country: "United States",
  countryCode: "US",
  phone: "+15035550123",
};

type Purchase = {
  lines?: CartLine[];
  email?: string;
  firstName?: string;
  lastName?: string;
  locale?: string;
  acceptsMarketing?: boolean;
  discountCodes?: string[];
  landingSite?: string;
  address?: Partial<Address>;
  phone?: string;
  /** "standard", "express" or "pickup". */
  rate?: string;
  /** As orders name it, e.g. "paypal". */
  gateway?: string;
};

export function checkoutRoutes(demo: Demo): Route[] {
  return [
    {
      /** See `Purchase`; everything has a default. Answers 201 with the order and its pages. */
      method: "POST",
      pattern: "/_/orders",
      handle(request) {
        const store = storeFor(demo, request);
        try {
          return json(buy(store, request.data() as Purchase), 201);
        } catch (error) {
          if (!(error instanceof CheckoutError)) throw error;
          return json({ error: error.message, field: error.field }, 422);
        }
      },
    },
    {
      /** Sold at the till: `{lines?, email?, firstName?, lastName?, locale?, takenAlong?}`; without an email nobody is known. */
      method: "POST",
      pattern: "/_/tills",
      handle(request) {
        const store = storeFor(demo, request);
        const { takenAlong, ...sale } = request.data() as Purchase & { takenAlong?: boolean };
        return json({ order: store.sellAtTill({ ...saleOf(store, sale), takenAlong }) }, 201);
      },
    },
    {
      /** Entered by staff: `{lines?, email, firstName?, lastName?, locale?, address?}`. */
      method: "POST",
      pattern: "/_/drafts",
      handle(request) {
        const store = storeFor(demo, request);
        const draft = request.data() as Purchase;
        const { firstName, lastName } = nameOf(draft);
        const address = { ...DEFAULT_ADDRESS, ...draft.address, firstName, lastName };
        return json({ order: store.enterOrder({ ...saleOf(store, draft), address }) }, 201);
      },
    },
  ];
}

function linesOf(store: Store, { lines }: Purchase): CartLine[] {
  const first = store.products().find((product) => product.variants.some((variant) => variant.inventory > 0));
  return lines ?? [{ variantId: first!.variants[0]!.id, quantity: 1 }];
}

function nameOf({ address, firstName, lastName }: Purchase) {
  return {
    firstName: firstName ?? address?.firstName ?? DEFAULT_ADDRESS.firstName,
    lastName: lastName ?? address?.lastName ?? DEFAULT_ADDRESS.lastName,
  };
}

function saleOf(store: Store, purchase: Purchase): CounterSale {
  const { email, phone, locale } = purchase;
  const contact = email ? { email, phone: phone ?? null, ...nameOf(purchase) } : null;
  return { lines: linesOf(store, purchase), contact, locale };
}

function buy(store: Store, purchase: Purchase) {
  const lines = linesOf(store, purchase);
  const { firstName, lastName } = nameOf(purchase);
  const address = { ...DEFAULT_ADDRESS, ...purchase.address };
  const { token } = store.startCheckout({
    lines,
    discountCodes: purchase.discountCodes,
    locale: purchase.locale,
    landingSite: purchase.landingSite,
  });
  store.setContact(token, {
    email: purchase.email ?? "ada@example.com",
    firstName,
    lastName,
    phone: purchase.phone ?? null,
    acceptsMarketing: purchase.acceptsMarketing ?? false,
  });
  store.setShippingAddress(token, { ...address, firstName, lastName });
  if (purchase.rate) store.setShippingRate(token, purchase.rate);
  if (purchase.gateway) store.setGateway(token, purchase.gateway);
  const order = store.placeOrder(token);
  return {
    order,
    thankYouPath: `/checkout/${token}/thank-you`,
    statusPath: store.statusPath(order),
    refusedCodes: store.priceCheckout(token).refusedCodes,
  };
}
