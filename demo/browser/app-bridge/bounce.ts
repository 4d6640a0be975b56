// The library's bounce page (`/auth/session-token?shopify-reload=…`): fetch the wanted page with a token
// and put it in this page's place.
import type { IdTokens } from "./id-token.ts";

/** True when this is a bounce page; it then replaces itself. */
export function bounceIfAsked(embedded: boolean, idTokens: IdTokens, realFetch: typeof fetch): boolean {
  const wanted = new URLSearchParams(location.search).get("shopify-reload");
  if (!embedded || !wanted) return false;
  const url = new URL(wanted, location.href);
  if (url.origin !== location.origin) return false;
  void replaceBy(url, idTokens, realFetch);
  return true;
}

async function replaceBy(url: URL, idTokens: IdTokens, realFetch: typeof fetch): Promise<void> {
  const headers = {
    Authorization: `Bearer ${await idTokens.get()}`,
    "X-Shopify-Bounce": "1",
    Accept: "text/html",
  };
  const response = await realFetch(url, { headers });
  const page = await response.text();
  history.replaceState(null, "", url.pathname + url.search);
  document.open();
  document.write(page);
  document.close();
}
