// The app's place in the shop: its framed URL, tokens, installing, uninstalling, scopes, compliance requests.
import type { Demo } from "../demo.ts";
import { json, type DemoRequest, type DemoResponse, type Route } from "../http.ts";
import { gid } from "../store/ids.ts";
import {
  customerRedactPayload,
  dataRequestPayload,
  scopesPayload,
  shopPayload,
  shopRedactPayload,
} from "../webhooks/payloads/shop.ts";
import { storeFor, toId } from "./request.ts";

export function appRoutes(demo: Demo): Route[] {
  const { installations, tokens, webhooks } = demo;
  const shopOf = (request: DemoRequest) => storeFor(demo, request).shop();
  const installation = (domain: string) => ({
    shop: domain,
    state: installations.state(domain),
    scopes: installations.grantedScopes(domain),
  });

  return [
    {
      /** `?path=` inside the app. Opening an app that was never installed installs it, as the install link does. */
      method: "GET",
      pattern: "/_/app-src",
      handle(request) {
        const { domain } = shopOf(request);
        if (installations.state(domain) === "never") installations.install(domain);
        if (!installations.isInstalled(domain)) return json({ error: "The app is not installed." }, 409);
        return json({ src: tokens.appSource(domain, request.url.searchParams.get("path") ?? "/app") });
      },
    },
    {
      method: "GET",
      pattern: "/_/id-token",
      handle: (request) => json({ token: tokens.idToken(shopOf(request).domain) }),
    },
    {
      /** `?customer=` only for a buyer who is logged in. */
      method: "GET",
      pattern: "/_/extension-token",
      handle(request) {
        const customer = request.url.searchParams.get("customer");
        const subject = customer ? gid("Customer", toId(customer)) : undefined;
        return json({ token: tokens.extensionToken(shopOf(request).domain, subject) });
      },
    },
    {
      method: "GET",
      pattern: "/_/installation",
      handle: (request) => json(installation(shopOf(request).domain)),
    },
    {
      method: "POST",
      pattern: "/_/install",
      handle(request) {
        const { domain } = shopOf(request);
        installations.install(domain);
        demo.log.add("app", "installed", domain);
        return json(installation(domain));
      },
    },
    {
      method: "POST",
      pattern: "/_/uninstall",
      handle(request) {
        const shop = shopOf(request);
        if (installations.isInstalled(shop.domain)) {
          installations.uninstall(shop.domain); // the tokens are dead before the webhook arrives
          demo.log.add("app", "uninstalled", shop.domain);
          webhooks.send(shop.domain, "app/uninstalled", shopPayload(shop));
        }
        return json(installation(shop.domain));
      },
    },
    {
      /** `{scopes: [...]}`: what the merchant grants from now on. */
      method: "POST",
      pattern: "/_/scopes",
      handle(request) {
        const shop = shopOf(request);
        const previous = installations.grantedScopes(shop.domain);
        const current = request.data().scopes as string[];
        installations.setScopes(shop.domain, current);
        webhooks.send(
          shop.domain,
          "app/scopes_update",
          scopesPayload(shop, previous, current, demo.clock.iso()),
        );
        return json(installation(shop.domain));
      },
    },
    {
      /** `{kind: "customers/data_request" | "customers/redact" | "shop/redact", customer?}` */
      method: "POST",
      pattern: "/_/compliance",
      handle: (request) => sendCompliance(demo, request),
    },
  ];
}

function sendCompliance(demo: Demo, request: DemoRequest): DemoResponse {
  const store = storeFor(demo, request);
  const shop = store.shop();
  const { kind, customer: customerId } = request.data();
  if (kind === "shop/redact") {
    return json(demo.webhooks.send(shop.domain, kind, shopRedactPayload(shop)), 202);
  }
  const customer = store.customer(toId(customerId));
  if (!customer) return json({ error: "There is no such customer." }, 404);
  const orders = store.customerOrders(customer.id);
  if (kind === "customers/redact") {
    return json(demo.webhooks.send(shop.domain, kind, customerRedactPayload(shop, customer, orders)), 202);
  }
  if (kind === "customers/data_request") {
    const payload = dataRequestPayload(shop, customer, orders, store.newId());
    return json(demo.webhooks.send(shop.domain, kind, payload), 202);
  }
  return json({ error: `Unknown compliance topic ${String(kind)}.` }, 400);
}
