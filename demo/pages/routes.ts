// Every page of the demo store. Order matters: the first pattern that fits answers.
import type { Demo } from "../demo.ts";
import type { Route } from "../http.ts";
import { accountRoutes } from "./account/account.ts";
import { orderStatusRoutes } from "./account/order-status.ts";
import { advertiserRoutes } from "../advertiser/routes.ts";
import { aggregatorRoutes } from "../aggregator/routes.ts";
import { twilioRoutes } from "../twilio/routes.ts";
import { adminRoutes } from "./admin/routes.ts";
import { assetRoutes } from "./assets.ts";
import { checkoutRoutes } from "./checkout/routes.ts";
import { thankYouRoutes } from "./checkout/thank-you.ts";
import { controlRoutes } from "./control/routes.ts";
import { extensionRoutes } from "./extension-slots.ts";
import { mailboxRoutes } from "./mailbox/mailbox.ts";
import { appProxyRoutes } from "./storefront/app-proxy.ts";
import { cartAjaxRoutes } from "./storefront/cart-ajax.ts";
import { cartBlockRoutes } from "./storefront/cart-block.ts";
import { cartRoutes } from "./storefront/cart.ts";
import { catalogueRoutes } from "./storefront/catalogue.ts";

export function pageRoutes(demo: Demo): Route[] {
  return [
    ...assetRoutes(),
    ...adminRoutes(demo),
    ...controlRoutes(demo),
    ...aggregatorRoutes(demo),
    ...advertiserRoutes(demo),
    ...twilioRoutes(demo),
    ...mailboxRoutes(demo),
    ...extensionRoutes(demo),
    ...thankYouRoutes(demo),
    ...checkoutRoutes(demo),
    ...orderStatusRoutes(demo),
    ...accountRoutes(demo),
    ...appProxyRoutes(demo),
    ...cartBlockRoutes(demo),
    ...cartAjaxRoutes(demo),
    ...cartRoutes(demo),
    ...catalogueRoutes(demo),
  ];
}
