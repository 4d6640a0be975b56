// The demo admin's own parts: top bar, navigation, and the places that the admin script fills.
import type { Demo } from "../../demo.ts";
import type { DemoResponse } from "../../http.ts";
import { Html, html, type HtmlPart } from "../html.ts";
import { page, standInLine } from "../layout.ts";

type AdminFrame = {
  title: string;
  current: "home" | "orders" | "app";
  stage: HtmlPart;
  /** Dialogs and settings after the page. */
  after?: HtmlPart;
  scripts?: string[];
};

const ICONS = {
  home: "M10 3 3 9v8h5v-5h4v5h5V9z",
  orders: "M3 4h14v5h-4a3 3 0 0 1-6 0H3zM3 10.5h2.8a4.5 4.5 0 0 0 8.400 0H17V17H3z",
  store: "M3 4h14l1 5a2.5 2.5 0 0 1-2 2v6H4v-6a2.5 2.5 0 0 1-2-2zm4 8v5h6v-5z",
  settings:
    "M10 7a3 3 0 1 0 0 6 3 3 0 0 0 0-6Zm-1.5-5h3l.5 2.3 2-.8 2.100 2.100-.8 2 2.3.5v3l-2.3.5.8 2-2.100 2.100-2-.8-.5 2.3h-3l-.5-2.3-2 .8-2.100-2.100.8-2-2.3-.5v-3l2.3-.5-.8-2L5.5 3.5l2 .8z",
};

function icon(name: keyof typeof ICONS): Html {
  return new Html(
    `<svg width="18" height="18" viewBox="0 0 20 20" aria-hidden="true"><path fill="#4a4a4a" d="${ICONS[name]}"/></svg>`,
  );
}

export function adminFrame(demo: Demo, frame: AdminFrame): DemoResponse {
  const shop = demo.store.shop();
  const { name } = demo.config.app;
  const mark = (part: AdminFrame["current"]) => part === frame.current && html`aria-current="page"`;
  return page({
    title: `${frame.title} · Demo admin`,
    styles: ["admin"],
    bodyClass: "admin",
    scripts: frame.scripts,
    body: html`${standInLine()}
      <header class="top-bar">
        <button type="button" id="menu-button" aria-label="Menu" aria-expanded="false" aria-controls="side">
          ☰
        </button>
        <span class="brand">demo admin</span>
        <span class="search" aria-hidden="true">Search</span>
        <span class="who">${shop.name} <b aria-hidden="true">SO</b></span>
        <div id="save-bar" role="region" aria-label="Unsaved changes" hidden>
          <strong>Unsaved changes</strong><span data-buttons></span>
        </div>
      </header>
      <nav class="side" id="side" aria-label="Admin">
        <a href="/admin" ${mark("home")}>${icon("home")} Home</a>
        <a href="/admin/orders" ${mark("orders")}>${icon("orders")} Orders</a>
        <a href="/" target="_blank">${icon("store")} Online store</a>
        <h2>Apps</h2>
        <a href="/admin/app" id="app-home" ${mark("app")}
          ><img class="app-icon" src="/assets/icon.svg" alt="" /> ${name}</a
        >
        <ul id="app-links"></ul>
        <a class="bottom" href="/control">${icon("settings")} Control panel</a>
      </nav>
      <main class="stage">${frame.stage}</main>
      ${frame.after}`,
  });
}
