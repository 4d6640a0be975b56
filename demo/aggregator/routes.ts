// The aggregator's page, and its endpoints for scripts.
import type { Demo } from "../demo.ts";
import { json, redirect, type DemoRequest, type DemoResponse, type Route } from "../http.ts";
import { html, type HtmlPart } from "../pages/html.ts";
import { page, standInLine } from "../pages/layout.ts";
import type { Fulfillment, Order } from "../store/types.ts";
import { trackingsOf } from "../store/parcels.ts";
import {
  connect,
  connectionOf,
  DEFAULT_SECRET,
  EVENTS,
  tell,
  type Connection,
  type News,
} from "./aggregator.ts";
import { connectFeed, FEED_EVENTS, feedOf, tellByFeed } from "./carrier-feed.ts";

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
      pattern: "/control/feed",
      handle: (request) => back(() => connectFeed(demo, request.data() as Partial<Connection>)),
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
      /** `{address, secret}` of the app's plain feed, as the same page shows them. */
      method: "POST",
      pattern: "/_/feed",
      handle: (request) => answer(() => connectFeed(demo, request.data() as Partial<Connection>)),
    },
    {
      /**
       * `{subtag, city?, number?, days?}`: Delivered_003, AvailableForPickup_001, Exception_012 … of the first box or the one
       * of this number, with the carrier's expected day; or "safe-place", "letterbox" through the feed.
       */
      method: "POST",
      pattern: "/_/parcels/:id/aggregator",
      handle: (request) => answer(() => tellOf(demo, request)),
    },
  ];
}

function tellOf(demo: Demo, request: DemoRequest) {
  const { subtag, city, days, ...told } = request.data() as Partial<News> & { subtag: string };
  const found = demo.store.fulfillment(Number(request.params.id));
  const number = told.number ?? found?.fulfillment.trackingNumber;
  if (!number) throw new Error("There is no such parcel.");
  if (subtag in FEED_EVENTS) return tellByFeed(demo, number, subtag);
  return tell(demo, { number, subtag, city, days });
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
  const feed = feedOf(demo);
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
          <h2>${feed ? "The carrier's own system is connected" : "Connect a carrier's own system"}</h2>
          <form method="post" action="/control/feed" class="row">
            <label class="inline-field">
              Address for JSON, from the same page
              <input name="address" value="${feed?.address ?? ""}" required />
            </label>
            <label class="inline-field">
              Secret, as it shows it once
              <input name="secret" value="${feed?.secret ?? ""}" required />
            </label>
            <button class="button">Connect</button>
          </form>
        </section>
        <section class="panel">
          <h2>Parcels</h2>
          ${parcels.length === 0 && html`<p class="quiet">Fulfil an order in the control panel first.</p>`}
          ${parcels.map(({ order, parcel }) => trackingsOf(parcel).map(({ number }) => boxForm(order, parcel, number)))}
        </section>
      </main>`,
  });
}

function boxForm(order: Order, parcel: Fulfillment, number: string): HtmlPart {
  const events = [
    ...Object.entries(EVENTS).map(([subtag, words]) => [subtag, `${words} (${subtag})`]),
    ...Object.entries(FEED_EVENTS).map(([key, { message }]) => [key, `${message} (by the carrier's system)`]),
  ];
  return html`<form method="post" action="/control/aggregator/${parcel.id}" class="row">
    <span>${order.name} · ${number}</span>
    <input type="hidden" name="number" value="${number}" />
    <select name="subtag" aria-label="What happened to ${number}" class="button small">
      ${events.map(([key, words]) => html`<option value="${key}">${words}</option>`)}
    </select>
    <button class="button small">Tell<span class="visually-hidden"> ${number}</span></button>
  </form>`;
}
