// The demo store's stand-in for App Bridge (https://cdn.shopify.com/shopifycloud/app-bridge.js), as one classic script.
// The shape follows @shopify/app-bridge-types; the behaviour is what Shopify's own libraries rely on.
//
// The script can run twice in one window: the library's bounce page is replaced by `document.write`, which keeps the
// window, its globals and the element classes, and takes every event listener away. So everything is made once
// and only listens again.
import { AppNav, NavMenu, SaveBar, TitleBar } from "./bars.ts";
import { bounceIfAsked } from "./bounce.ts";
import { createChannel } from "./channel.ts";
import { readConfig } from "./config.ts";
import { BridgeElement, pressButton } from "./elements.ts";
import { interceptFetch } from "./fetch-interceptor.ts";
import { createFormSaveBars } from "./form-save-bar.ts";
import { createIdTokens } from "./id-token.ts";
import { AppWindow, Modal, MODAL_STYLES } from "./modal.ts";
import {
  appPath,
  followLinksOutOfFrame,
  interceptWindowOpen,
  navigateTo,
  reportHistory,
} from "./navigation.ts";
import { createShopifyGlobal } from "./shopify-global.ts";

declare global {
  interface Window {
    demoAppBridge?: { attach(): void };
  }
}

const HIDDEN_TAGS = "ui-nav-menu, s-app-nav, ui-title-bar, ui-save-bar, ui-modal, s-app-window";

function start(script: HTMLScriptElement): { attach(): void } {
  const adminOrigin = new URL(script.src).origin;
  const embedded = window.top !== window;
  const config = readConfig(script);
  const channel = createChannel(adminOrigin, embedded);
  const idTokens = createIdTokens(channel);
  const forms = createFormSaveBars(channel);
  const realFetch = window.fetch.bind(window);

  if (embedded) interceptFetch(realFetch, config, idTokens, channel);
  reportHistory(channel);
  interceptWindowOpen(channel, embedded);
  channel.on("press", ({ element, index }) => pressButton(element, index));
  channel.on("navigate", ({ href }) => navigateTo(href));
  channel.on("saveForm", () => forms.save());
  channel.on("discardForm", () => forms.discard());
  window.shopify = createShopifyGlobal({ channel, config, embedded, idTokens, forms });
  BridgeElement.channel = channel;
  defineElements();

  function attach(): void {
    addStyles();
    channel.listen();
    forms.listen();
    followLinksOutOfFrame(channel, embedded);
    window.addEventListener("popstate", () => channel.tell("history", { path: appPath() }));
    channel.tell("ready", { apiKey: config.apiKey, title: document.title });
    if (bounceIfAsked(embedded, idTokens, realFetch)) return;
    if (embedded) channel.tell("history", { path: appPath() });
    else location.replace(`${adminOrigin}/admin/app${appPath()}`);
  }
  return { attach };
}

function defineElements(): void {
  customElements.define("ui-nav-menu", NavMenu);
  customElements.define("s-app-nav", AppNav);
  customElements.define("ui-title-bar", TitleBar);
  customElements.define("ui-save-bar", SaveBar);
  customElements.define("ui-modal", Modal);
  customElements.define("s-app-window", AppWindow);
}

/** A stylesheet and no `style` attribute: React would see a difference to the server's HTML. */
function addStyles(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`${HIDDEN_TAGS} { display: none !important; }${MODAL_STYLES}`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

const script = document.currentScript as HTMLScriptElement;
window.demoAppBridge ??= start(script);
window.demoAppBridge.attach();
