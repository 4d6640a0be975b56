// The aggregator's page, and its endpoints for scripts.
import type { Demo } from "../demo.ts";
import { json, redirect, type DemoRequest, type DemoResponse, type Route } from "../http.ts";
import { html, type HtmlPart } from "../pages/html.ts";
import { page, standInLine } from "../pages/layout.ts";
import type { Fulfillment, Order } from "../store/types.ts";
import { connect, connectionOf, DEFAULT_SECRET, EVENTS, tell, type Connection } from "./aggregator.ts";

const SHOWN = 15;

export function aggregatorRoutes(demo: Demo): Route[] {
  return [
    { method: "GET", pattern: "/control/aggregator", handle: (request) => aggregatorPage(demo, request) },
    {
      method: "POST",
      pattern: "/control/aggregator",
      handle: (request) => back(() => connect(demo, request.data() as Partial<Connection>)),
    },
    {
      method: "POST",
      pattern: "/control/aggregator/:id",
      handle: (request) => back(() => tellOf(demo, request)),
    },
    {
      /** `{address, secret?}` as the app's page of tracking sources shows them. */
      method: "POST",
      pattern: "/_/aggregator",
      handle: (request) => answer(() => connect(demo, request.data() as Partial<Connection>)),
    },
    {
      /** `{subtag, city?}`: Delivered_003, AvailableForPickup_001, Exception_012 … */
      method: "POST",
      pattern: "/_/parcels/:id/aggregator",
      handle: (request) => answer(() => tellOf(demo, request)),
    },
  ];
}

function tellOf(demo: Demo, request: DemoRequest) {
  const { subtag, city } = request.data() as { subtag: string; city?: string };
  const found = demo.store.fulfillment(Number(request.params.id));
  if (!found) throw new Error("There is no such parcel.");
  return tell(demo, found.fulfillment, { subtag, city });
}

async function answer(act: () => unknown): Promise<DemoResponse> {
  try {
    return json(await act());
  } catch (error) {
    return json({ error: (error as Error).message }, 422);
  }
}

async function back(act: () => unknown): Promise<DemoResponse> {
  try {
    await act();
    return redirect("/control/aggregator", 303);
  } catch (error) {
    return redirect(`/control/aggregator?problem=${encodeURIComponent((error as Error).message)}`, 303);
  }
}

function aggregatorPage(demo: Demo, request: DemoRequest): DemoResponse {
  const problem = request.url.searchParams.get("problem");
  const connection = connectionOf(demo);
  const parcels = demo.store
    .orders()
    .slice(0, SHOWN)
    .flatMap((order) => order.fulfillments.map((parcel) => ({ order, parcel })));
  return page({
    title: "Tracking aggregator (demo store)",
    styles: ["tools"],
    bodyClass: "tools",
    body: html`${standInLine()}
      <header class="tools-header">
        <h1>Tracking aggregator</h1>
        <p class="quiet">Stands in for AfterShip: signed webhooks about parcels of this shop.</p>
      </header>
      <main id="main">
        ${problem && html`<p class="banner critical" role="alert">${problem}</p>`}
        <section class="panel">
          <h2>${connection ? "Connected" : "Connect"}</h2>
          <form method="post" action="/control/aggregator" class="row">
            <label class="inline-field">
              Address, from the app's page “Tracking sources”
              <input name="address" value="${connection?.address ?? ""}" required />
            </label>
            <label class="inline-field">
              Secret, to be pasted there
              <input name="secret" value="${connection?.secret ?? DEFAULT_SECRET}" required />
            </label>
            <button class="button primary">Connect</button>
          </form>
        </section>
        <section class="panel">
          <h2>Parcels</h2>
          ${parcels.length === 0 && html`<p class="quiet">Fulfil an order in the control panel first.</p>`}
          ${parcels.map(({ order, parcel }) => parcelForm(order, parcel))}
        </section>
      </main>`,
  });
}

function parcelForm(order: Order, parcel: Fulfillment): HtmlPart {
  return html`<form method="post" action="/control/aggregator/${parcel.id}" class="row">
    <span>${order.name} · ${parcel.trackingNumber}</span>
    <select name="subtag" aria-label="What happened to ${parcel.trackingNumber}" class="button small">
      ${Object.entries(EVENTS).map(([subtag, words]) => html`<option value="${subtag}">${words} (${subtag})</option>`)}
    </select>
    <button class="button small">Tell<span class="visually-hidden"> ${parcel.trackingNumber}</span></button>
  </form>`;
}
