// The app inside the admin, and the page that asks the merchant to install it.
import type { Demo } from "../../demo.ts";
import type { DemoResponse } from "../../http.ts";
import { html, jsonScript, type HtmlPart } from "../html.ts";
import { adminFrame } from "./frame.ts";

const BASE_PATH = "/admin/app";

export function appPage(demo: Demo): DemoResponse {
  const { app, appUrl } = demo.config;
  const shop = demo.store.shop().domain;
  // The first visit comes by the app's install link, where the merchant has already agreed.
  if (demo.installations.state(shop) === "never") demo.installations.install(shop);
  if (!demo.installations.isInstalled(shop)) return installPage(demo);
  return adminFrame(demo, {
    title: app.name,
    current: "app",
    scripts: ["admin.js"],
    stage: html`<div class="title-line">
        <img class="app-icon" src="/assets/icon.svg" alt="" />
        <h1 id="page-title">${app.name}</h1>
        <div id="page-actions"></div>
      </div>
      <iframe id="app-frame" title="${app.name}" allow="clipboard-write"></iframe>
      <div id="loading-bar" role="progressbar" aria-label="Loading the app"></div>`,
    after: html`<div id="modal-backdrop" hidden></div>
      <div id="toasts" role="status" aria-live="polite"></div>
      ${pickerDialog()} ${confirmDialog()}
      ${jsonScript("admin-settings", { appOrigin: new URL(appUrl).origin, basePath: BASE_PATH, shop })}`,
  });
}

function installPage(demo: Demo): DemoResponse {
  const { app } = demo.config;
  return adminFrame(demo, {
    title: `Install ${app.name}`,
    current: "app",
    stage: html`<div class="title-line"><h1>Install ${app.name}</h1></div>
      <div class="plain">
        <section class="plain-card">
          <h2>${app.name} asks for</h2>
          <ul class="scopes">
            ${app.scopes.map((scope) => html`<li>${scope.replaceAll("_", " ")}</li>`)}
          </ul>
          <form method="post" action="/admin/install">
            <p><button class="button primary">Install</button></p>
          </form>
        </section>
      </div>`,
  });
}

function pickerDialog(): HtmlPart {
  return html`<dialog id="picker" aria-labelledby="picker-title">
    <form method="dialog">
      <h2 id="picker-title">Add products</h2>
      <div class="picker-search">
        <label class="visually-hidden" for="picker-search">Search products</label>
        <input id="picker-search" type="search" placeholder="Search products" autocomplete="off" />
      </div>
      <ul></ul>
      <footer>
        <span data-count></span>
        <button class="button" value="cancel" formnovalidate>Cancel</button>
        <button class="button primary" value="choose">Add</button>
      </footer>
    </form>
  </dialog>`;
}

function confirmDialog(): HtmlPart {
  return html`<dialog id="confirm-dialog" aria-labelledby="confirm-title">
    <form method="dialog">
      <h2 id="confirm-title">Are you sure?</h2>
      <p></p>
      <footer>
        <button class="button" value="no">Continue editing</button>
        <button class="button primary critical" value="yes">Yes</button>
      </footer>
    </form>
  </dialog>`;
}
