// Uninstall, install again, and the three privacy webhooks.
import type { Demo } from "../../demo.ts";
import type { DemoRequest, DemoResponse, Route } from "../../http.ts";
import type { Customer } from "../../store/types.ts";
import {
  customerRedactPayload,
  dataRequestPayload,
  shopPayload,
  shopRedactPayload,
} from "../../webhooks/payloads/shop.ts";
import { html, type HtmlPart } from "../html.ts";
import { backTo } from "./orders.ts";

type Action = (demo: Demo, form: Record<string, unknown>) => string | undefined;

const ACTIONS: Record<string, Action> = {
  uninstall(demo) {
    const shop = demo.store.shop();
    demo.installations.uninstall(shop.domain); // the tokens are dead before the webhook arrives
    demo.webhooks.send(shop.domain, "app/uninstalled", shopPayload(shop));
    return undefined;
  },
  install(demo) {
    demo.installations.install(demo.store.shop().domain);
    return undefined;
  },
  "data-request"(demo, form) {
    return withCustomer(demo, form, (customer) =>
      demo.webhooks.send(
        demo.store.shop().domain,
        "customers/data_request",
        dataRequestPayload(
          demo.store.shop(),
          customer,
          demo.store.customerOrders(customer.id),
          demo.store.newId(),
        ),
      ),
    );
  },
  "redact-customer"(demo, form) {
    return withCustomer(demo, form, (customer) =>
      demo.webhooks.send(
        demo.store.shop().domain,
        "customers/redact",
        customerRedactPayload(demo.store.shop(), customer, demo.store.customerOrders(customer.id)),
      ),
    );
  },
  "redact-shop"(demo) {
    const shop = demo.store.shop();
    demo.webhooks.send(shop.domain, "shop/redact", shopRedactPayload(shop));
    return undefined;
  },
};

function withCustomer(
  demo: Demo,
  form: Record<string, unknown>,
  act: (customer: Customer) => void,
): string | undefined {
  const customer = demo.store.customerByEmail(String(form.email ?? ""));
  if (!customer) return "No customer of this shop has that address.";
  act(customer);
  return undefined;
}

export function installationRoutes(demo: Demo): Route[] {
  return [{ method: "POST", pattern: "/control/app/:action", handle: (request) => act(demo, request) }];
}

function act(demo: Demo, request: DemoRequest): DemoResponse {
  const name = request.params.action ?? "";
  const action = ACTIONS[name];
  if (!action) return backTo(request, "There is no such action.");
  const problem = action(demo, request.data());
  if (!problem) demo.log.add("app", name, demo.store.shop().domain);
  return backTo(request, problem);
}

export function installationPanel(demo: Demo): HtmlPart {
  const shop = demo.store.shop().domain;
  const isInstalled = demo.installations.isInstalled(shop);
  const button = (action: string, label: string, tone = "") =>
    html`<button class="button small ${tone}" formaction="/control/app/${action}">${label}</button>`;
  return html`<section class="panel">
    <h2>${demo.config.app.name}</h2>
    <p>
      <span class="state ${isInstalled ? "good" : "bad"}"
        >${isInstalled ? "installed" : "not installed"}</span
      >
      <span class="quiet">${demo.installations.grantedScopes(shop).join(", ")}</span>
    </p>
    <form method="post" class="row" style="margin-top:12px">
      ${isInstalled ? button("uninstall", "Uninstall", "critical") : button("install", "Install again", "primary")}
      ${button("redact-shop", "shop/redact")}
    </form>
    <h3>Privacy requests for a customer</h3>
    <form method="post" class="row">
      <label class="inline-field">E-mail <input type="email" name="email" autocomplete="off" /></label>
      ${button("data-request", "customers/data_request")} ${button("redact-customer", "customers/redact")}
    </form>
  </section>`;
}
