// A whole purchase in one request, for scripts and tests that do not want to click through the checkout.
import type { Demo } from "../demo.ts";
import { json, type Route } from "../http.ts";
import { CheckoutError, type Store } from "../store/store.ts";
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
  ];
}

function buy(store: Store, purchase: Purchase) {
  const first = store.products().find((product) => product.variants.some((variant) => variant.inventory > 0));
  const lines = purchase.lines ?? [{ variantId: first!.variants[0]!.id, quantity: 1 }];
  const address = { ...DEFAULT_ADDRESS, ...purchase.address };
  const firstName = purchase.firstName ?? address.firstName;
  const lastName = purchase.lastName ?? address.lastName;
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
    phone: null,
    acceptsMarketing: purchase.acceptsMarketing ?? false,
  });
  store.setShippingAddress(token, { ...address, firstName, lastName });
  if (purchase.gateway) store.setGateway(token, purchase.gateway);
  const order = store.placeOrder(token);
  return {
    order,
    thankYouPath: `/checkout/${token}/thank-you`,
    statusPath: store.statusPath(order),
    refusedCodes: store.priceCheckout(token).refusedCodes,
  };
}
