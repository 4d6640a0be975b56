// The control panel: time, parcels, webhooks, the installation, and what happened.
import type { Demo } from "../../demo.ts";
import { redirect, type DemoRequest, type DemoResponse, type Route } from "../../http.ts";
import type { Iso } from "../../store/types.ts";
import { cookie, LANGUAGES, readBuyer, type Buyer } from "../buyer.ts";
import { html, type HtmlPart } from "../html.ts";
import { page, refreshedOn, standInLine } from "../layout.ts";
import { installationPanel, installationRoutes } from "./installation.ts";
import { backTo, orderControlRoutes, orderRows } from "./orders.ts";
import { staffSalePanel, staffSaleRoutes } from "./staff-sales.ts";
import { webhookPanel, webhookRoutes } from "./webhooks.ts";

const MINUTE = 60_000;
const STEPS: [ms: number, label: string][] = [
  [10 * MINUTE, "10 minutes"],
  [60 * MINUTE, "1 hour"],
  [24 * 60 * MINUTE, "1 day"],
  [3 * 24 * 60 * MINUTE, "3 days"],
];
const SHOWN_ORDERS = 15;
const SHOWN_EVENTS = 100;
const SHOWN_CUSTOMERS = 20;

export function controlRoutes(demo: Demo): Route[] {
  return [
    { method: "GET", pattern: "/control", handle: (request) => controlPage(demo, request) },
    { method: "GET", pattern: "/control/events", handle: (request) => events(demo, request) },
    { method: "POST", pattern: "/control/clock", handle: (request) => advance(demo, request) },
    { method: "POST", pattern: "/control/buyer", handle: changeBuyer },
    ...orderControlRoutes(demo),
    ...staffSaleRoutes(demo),
    ...webhookRoutes(demo),
    ...installationRoutes(demo),
  ];
}

/** What happened since the page was drawn, or since the browser lost the stream, and what happens from now on. */
function events(demo: Demo, request: DemoRequest): DemoResponse {
  const headers = { "content-type": "text/event-stream", "cache-control": "no-cache" };
  const after = request.headers["last-event-id"] ?? request.url.searchParams.get("after");
  return { status: 200, headers, body: demo.log.stream(after ? Number(after) : undefined) };
}

function advance(demo: Demo, request: DemoRequest): DemoResponse {
  const ms = Number(request.data().ms);
  if (!Number.isFinite(ms) || ms <= 0) return backTo(request, "The clock only moves forward.");
  const now = demo.clock.advance(ms);
  demo.log.add("clock", `It is now ${now.toISOString()}`);
  return backTo(request);
}

function changeBuyer(request: DemoRequest): DemoResponse {
  const form = request.data();
  const cookies = [
    cookie("demo_language", String(form.language ?? "en")),
    cookie("demo_customer", String(form.customer ?? "")),
  ];
  return redirect("/control", 303, { "set-cookie": cookies });
}

function controlPage(demo: Demo, request: DemoRequest): DemoResponse {
  const problem = request.url.searchParams.get("problem");
  return page({
    title: "Control panel (demo store)",
    styles: ["tools"],
    bodyClass: "tools",
    scripts: ["live-page.js"],
    body: html`${standInLine()}
      <header class="tools-header">
        <h1>Control panel</h1>
        <p class="quiet">
          ${demo.store.shop().name} · ${demo.store.shop().domain} ·
          <a href="/control/aggregator">Tracking aggregator</a> · <a href="/mailbox/texts">Text messages</a>
        </p>
      </header>
      <main id="main">
        ${problem && html`<p class="banner critical" role="alert">${problem}</p>`}
        <div class="panels">
          ${clockPanel(demo.clock.iso())} ${staffSalePanel(demo)}
          ${buyerPanel(demo, readBuyer(request, demo.store))}
        </div>
        <div ${refreshedOn(demo.log, "*")} class="live">
          <section class="panel">
            <h2>Orders</h2>
            ${orderRows(demo, demo.store.orders().slice(0, SHOWN_ORDERS))}
          </section>
          <div class="panels">${webhookPanel(demo)} ${installationPanel(demo)} ${unmodelledPanel(demo)}</div>
        </div>
        <section class="panel">
          <h2>What happens</h2>
          <ul class="event-log" data-event-log tabindex="0" aria-label="Events, newest first">
            ${demo.log
              .entries()
              .slice(-SHOWN_EVENTS)
              .toReversed()
              .map(
                (entry) =>
                  html`<li><time>${entry.at.slice(11, 19)}</time><b>${entry.kind}</b>${entry.message}</li>`,
              )}
          </ul>
        </section>
      </main>`,
  });
}

function clockPanel(now: Iso): HtmlPart {
  return html`<section class="panel">
    <h2>Time</h2>
    <p class="clock">${now.slice(0, 16).replace("T", " ")} UTC</p>
    <p class="quiet">Parcels, mails, points and retries follow this clock. It only moves forward.</p>
    <form method="post" action="/control/clock" class="row" style="margin-top:12px">
      ${STEPS.map(([ms, label]) => html`<button class="button" name="ms" value="${ms}">+ ${label}</button>`)}
    </form>
  </section>`;
}

function buyerPanel(demo: Demo, buyer: Buyer): HtmlPart {
  const customers = demo.store.customers().slice(0, SHOWN_CUSTOMERS);
  const known =
    buyer.customer && !customers.includes(buyer.customer) ? [buyer.customer, ...customers] : customers;
  return html`<section class="panel">
    <h2>The buyer in this browser</h2>
    <form method="post" action="/control/buyer" class="row">
      <label class="inline-field">
        Who
        <select name="customer">
          <option value="">A guest</option>
          ${known.map(
            (each) =>
              html`<option value="${each.id}" ${each.id === buyer.customer?.id && html`selected`}>
                ${each.firstName} ${each.lastName} (${each.numberOfOrders})
              </option>`,
          )}
        </select>
      </label>
      <label class="inline-field">
        Language
        <select name="language">
          ${Object.entries(LANGUAGES).map(
            ([code, name]) =>
              html`<option value="${code}" ${code === buyer.language && html`selected`}>${name}</option>`,
          )}
        </select>
      </label>
      <button class="button small primary">Change</button>
    </form>
    <p class="quiet" style="margin-top:12px">
      <a href="/">Shop</a> · <a href="/account">Account</a> ·
      <a href="/mailbox">Mailbox (${demo.mailbox.mails().length})</a>
    </p>
  </section>`;
}

function unmodelledPanel(demo: Demo): HtmlPart {
  const names = [...demo.unmodelled].toSorted((a, b) => b[1] - a[1]);
  return html`<section class="panel">
    <h2>Asked for and not modelled</h2>
    ${
      names.length === 0
        ? html`<p class="quiet">Nothing: every field the app asked for exists here.</p>`
        : html`<ul>
            ${names.map(([name, times]) => html`<li><code>${name}</code> <span class="quiet">${times} ×</span></li>`)}
          </ul>`
    }
  </section>`;
}
