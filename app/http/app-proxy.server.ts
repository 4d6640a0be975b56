import { createHmac, timingSafeEqual } from "node:crypto";
import { PROXY_PATH, USUAL_PROXY_PATH } from "#app/parcels/proxy-path";

/**
 * Requests that Shopify's app proxy passes on from `https://<shop>/apps/postlude/...`. It signs the query: all
 * parameters but `signature`, as `name=value` (lists joined by commas), sorted and put together without anything in
 * between, HMAC-SHA256 with the app's secret, hex. https://shopify.dev/docs/apps/build/online-store/app-proxies
 */
export type ProxyCall = {
  shopDomain: string;
  /** Who is signed in on the storefront; Shopify vouches for it. */
  customerGid: string | null;
  /** Where on the shop's domain we are, e.g. "/apps/postlude"; the merchant may have renamed it. */
  path: string;
  /** What the visitor asked for, without Shopify's parameters. */
  query: URLSearchParams;
};

/** A request older than this was recorded and played again. */
const LONGEST_MS = 90_000;
const SHOPIFYS = ["shop", "path_prefix", "timestamp", "signature", "logged_in_customer_id"];

/** @returns null where it was not Shopify who asked, or not now */
export function readProxyCall(query: URLSearchParams, secret: string, now: Date): ProxyCall | null {
  if (["shop", "timestamp", "signature"].some((name) => query.getAll(name).length !== 1)) return null;
  if (!isSigned(query, secret)) return null;
  const age = Math.abs(now.getTime() - Number(query.get("timestamp")) * 1000);
  if (!(age <= LONGEST_MS)) return null;
  const asked = new URLSearchParams([...query].filter(([name]) => !SHOPIFYS.includes(name)));
  const customer = /^\d+$/.exec(query.get("logged_in_customer_id") ?? "")?.[0];
  const customerGid = customer ? `gid://shopify/Customer/${customer}` : null;
  const path = PROXY_PATH.exec(query.get("path_prefix") ?? "")?.[0] ?? USUAL_PROXY_PATH;
  return { shopDomain: query.get("shop")!, customerGid, path, query: asked };
}

function isSigned(query: URLSearchParams, secret: string): boolean {
  const names = [...new Set(query.keys())].filter((name) => name !== "signature");
  const message = names
    .map((name) => `${name}=${query.getAll(name).join(",")}`)
    .sort()
    .join("");
  const expected = createHmac("sha256", secret).update(message).digest();
  const given = Buffer.from(query.get("signature") ?? "", "hex");
  return given.length === expected.length && timingSafeEqual(given, expected);
}
