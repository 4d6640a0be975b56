// The app's cart block where a merchant would put it: below the lines of the cart. No app, no block.
import path from "node:path";
import { INSTALLATION } from "../../admin-api/resolvers/shop.ts";
import type { Demo } from "../../demo.ts";
import { renderBlock, themeExtensionFolder } from "../../extension-host/theme-extension.ts";
import { fileResponse, text, type Route } from "../../http.ts";
import { extensionFolder } from "../extension-slots.ts";
import { Html, html, type HtmlPart } from "../html.ts";
import type { ShopView } from "./frame.ts";

const ASSETS = "/theme-extension/assets";

/**
 * What Shopify's own script gives a theme of the visitor's choice: here everybody agrees, unless the cookie
 * `demo_no_analytics` says otherwise.
 */
const CUSTOMER_PRIVACY = `window.Shopify = { customerPrivacy: {
  analyticsProcessingAllowed: () => !document.cookie.includes("demo_no_analytics"),
} };`;

export function cartBlockRoutes(demo: Demo): Route[] {
  return [
    {
      method: "GET",
      pattern: `${ASSETS}/:file`,
      handle: ({ params }) => {
        const folder = themeExtensionFolder(extensionFolder(demo));
        if (!folder) return text("Not found", undefined, 404);
        return fileResponse(path.join(folder, "assets"), params.file ?? "");
      },
    },
  ];
}

/** Fields that the app keeps on its own installation, as Liquid finds them: by namespace and key. */
function appMetafields({ store }: Demo): Record<string, Record<string, { value: string }>> {
  const fields: Record<string, Record<string, { value: string }>> = {};
  for (const { namespace, key, value } of store.metafields(
    `gid://shopify/AppInstallation/${INSTALLATION.id}`,
  ))
    (fields[namespace] ??= {})[key] = { value };
  return fields;
}

export function cartBlock({ demo, buyer }: ShopView): HtmlPart {
  const shop = demo.store.shop();
  const folder = themeExtensionFolder(extensionFolder(demo));
  if (!folder || !demo.installations.isInstalled(shop.domain)) return null;
  const values = {
    cart: { item_count: buyer.cart.reduce((count, line) => count + line.quantity, 0) },
    request: { design_mode: false, locale: { iso_code: buyer.language } },
    routes: { root_url: "/" },
    localization: { country: { iso_code: shop.countryCode } },
    app: { metafields: appMetafields(demo) },
    block: { settings: {}, shopify_attributes: "" },
  };
  const block = renderBlock(folder, "cart-offer", { values, language: buyer.language });
  return html`${block.stylesheet && html`<link rel="stylesheet" href="${ASSETS}/${block.stylesheet}" />`}
  ${new Html(block.html)} ${new Html(`<script>${CUSTOMER_PRIVACY}</script>`)}
  ${block.javascript && html`<script src="${ASSETS}/${block.javascript}" defer></script>`}`;
}
