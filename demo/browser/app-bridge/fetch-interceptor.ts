// Adds the id token to the app's own requests, and does what the app's answers ask for:
// a retry with a fresh token, or a trip to another page of the admin.
import type { Channel } from "./channel.ts";
import type { BridgeConfig } from "./config.ts";
import type { IdTokens } from "./id-token.ts";

const RETRY_HEADER = "X-Shopify-Retry-Invalid-Session-Request";
const REAUTHORIZE_HEADER = "X-Shopify-API-Request-Failure-Reauthorize-Url";

export function interceptFetch(
  realFetch: typeof fetch,
  config: BridgeConfig,
  idTokens: IdTokens,
  channel: Channel,
): void {
  const isOwn = (url: URL) => url.origin === location.origin || config.appOrigins.includes(url.origin);

  async function send(request: Request): Promise<Response> {
    const signed = new Request(request.clone());
    signed.headers.set("Authorization", `Bearer ${await idTokens.get()}`);
    signed.headers.set("X-Requested-With", "XMLHttpRequest");
    signed.headers.set("Accept-Language", config.locale);
    return realFetch(signed);
  }

  window.fetch = async function fetchWithIdToken(input, init) {
    const request = new Request(input, init);
    const url = new URL(request.url);
    if (url.protocol === "shopify:") {
      throw new Error(`Demo store: direct API access (${url.href}) is not modelled`);
    }
    if (!isOwn(url) || request.headers.has("Authorization")) return realFetch(request);
    let response = await send(request);
    if (response.headers.get(RETRY_HEADER) === "1") {
      idTokens.forget();
      response = await send(request);
    }
    const elsewhere = response.headers.get(REAUTHORIZE_HEADER);
    if (elsewhere) channel.tell("redirect", { url: new URL(elsewhere, location.href).href, newTab: false });
    return response;
  };
}
