// The admin's addresses.
import type { Demo } from "../../demo.ts";
import { redirect, type DemoResponse, type Route } from "../../http.ts";
import { orderRows } from "../control/orders.ts";
import { html } from "../html.ts";
import { formatMoney } from "../money.ts";
import { appPage } from "./app-page.ts";
import { bridgeRoutes } from "./bridge.ts";
import { adminFrame } from "./frame.ts";

const SHOWN_ORDERS = 50;

export function adminRoutes(demo: Demo): Route[] {
  return [
    ...bridgeRoutes(demo),
    { method: "GET", pattern: "/admin", handle: () => homePage(demo) },
    { method: "GET", pattern: "/admin/orders", handle: () => ordersPage(demo, null) },
    {
      method: "GET",
      pattern: "/admin/orders/:id",
      handle: ({ params }) => ordersPage(demo, Number(params.id)),
    },
    { method: "POST", pattern: "/admin/install", handle: () => install(demo) },
    { method: "GET", pattern: "/admin/app", handle: () => appPage(demo) },
    { method: "GET", pattern: "/admin/app/*", handle: () => appPage(demo) },
    // What the app opens with shopify://admin/… and the demo admin has no page for.
    { method: "GET", pattern: "/admin/*", handle: ({ url }) => missingPage(demo, url.pathname) },
  ];
}

function install(demo: Demo): DemoResponse {
  const shop = demo.store.shop().domain;
  demo.installations.install(shop);
  demo.log.add("app", "The merchant installed the app", shop);
  return redirect("/admin/app", 303);
}

function homePage(demo: Demo): DemoResponse {
  const shop = demo.store.shop();
  const orders = demo.store.orders();
  const sales = orders.reduce((total, order) => total + order.total, 0);
  return adminFrame(demo, {
    title: "Home",
    current: "home",
    stage: html`<div class="title-line"><h1>${shop.name}</h1></div>
      <div class="plain">
        <section class="plain-card">
          <h2>This shop</h2>
          <p>
            ${orders.length} orders, ${formatMoney(sales, shop.currency)} in total,
            ${demo.store.customers().length} customers.
          </p>
          <p>
            <a href="/admin/app">Open ${demo.config.app.name}</a> ·
            <a href="/" target="_blank">Place an order</a>
          </p>
        </section>
      </div>`,
  });
}

function ordersPage(demo: Demo, id: number | null): DemoResponse {
  const orders = demo.store.orders().filter((order) => id === null || order.id === id);
  return adminFrame(demo, {
    title: "Orders",
    current: "orders",
    stage: html`<div class="title-line"><h1>Orders</h1></div>
      <div class="plain">
        <section class="plain-card">
          ${orders.length === 0 ? html`<p>There is no such order.</p>` : orderRows(demo, orders.slice(0, SHOWN_ORDERS))}
        </section>
      </div>`,
  });
}

function missingPage(demo: Demo, path: string): DemoResponse {
  return adminFrame(demo, {
    title: "Not modelled",
    current: "home",
    stage: html`<div class="title-line"><h1>Not modelled</h1></div>
      <div class="plain">
        <section class="plain-card">
          <p>Shopify’s admin would show <code>${path}</code>. The demo admin has no such page.</p>
        </section>
      </div>`,
  });
}
