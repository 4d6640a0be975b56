/** Where Shopify's app proxy finds us unless the merchant renames it; `[app_proxy]` in shopify.app.toml says the same. */
export const USUAL_PROXY_PATH = "/apps/postlude";

/** As Shopify lets it be named. */
export const PROXY_PATH = /^\/(a|apps|community|tools)\/[\w-]{1,100}$/;
