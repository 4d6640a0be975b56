// Where the app is, and how it gets out of its frame.
import type { Channel } from "./channel.ts";

const ADMIN_PARAMETERS = [
  "embedded",
  "hmac",
  "host",
  "id_token",
  "locale",
  "session",
  "shop",
  "timestamp",
  "shopify-reload",
];

/** The app's own path: without what the admin added to the query. */
export function appPath(): string {
  const url = new URL(location.href);
  for (const name of ADMIN_PARAMETERS) url.searchParams.delete(name);
  return url.pathname + url.search;
}

/** Tells the admin about every change of the address, so that its own address bar follows. */
export function reportHistory(channel: Channel): void {
  for (const method of ["pushState", "replaceState"] as const) {
    const real = history[method].bind(history);
    history[method] = (...args: Parameters<History["pushState"]>) => {
      real(...args);
      channel.tell("history", { path: appPath() });
    };
  }
}

/** `window.open("shopify://admin/…")`, and everything that would leave the frame, is the admin's business. */
export function interceptWindowOpen(channel: Channel, embedded: boolean): void {
  const realOpen = window.open.bind(window);
  window.open = (url, target, features) => {
    const address = String(url ?? "");
    const leaves = embedded && (target === "_top" || target === "_parent");
    if (!leaves && !address.startsWith("shopify:")) return realOpen(url, target, features);
    const isAdmin = address.startsWith("shopify:");
    channel.tell("redirect", {
      url: isAdmin ? address : new URL(address, location.href).href,
      newTab: isAdmin && target === "_blank",
    });
    return null;
  };
}

export function followLinksOutOfFrame(channel: Channel, embedded: boolean): void {
  window.addEventListener(
    "click",
    (event) => {
      const target = event.target instanceof Element ? event.target : null;
      const link = target?.closest<HTMLAnchorElement>(
        'a[href^="shopify:"], a[target=_top], a[target=_parent]',
      );
      if (!link || !embedded) return;
      event.preventDefault();
      const raw = link.getAttribute("href") ?? "";
      const isAdmin = raw.startsWith("shopify:");
      channel.tell("redirect", { url: isAdmin ? raw : link.href, newTab: link.target === "_blank" });
    },
    true,
  );
}

/** A click in the admin's navigation: the app's router takes it if it listens, else the page is loaded. */
export function navigateTo(href: string): void {
  const links = document.querySelectorAll("ui-nav-menu a, s-app-nav s-link, s-app-nav a");
  const link = [...links].find((candidate) => candidate.getAttribute("href") === href);
  if (link) link.dispatchEvent(new CustomEvent("shopify:navigate", { bubbles: true, cancelable: true }));
  else location.assign(href);
}
