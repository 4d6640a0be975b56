// The tokens that Shopify signs with the app's secret: the merchant's id token, the buyer's session token, and
// the query string of the app's iframe.
import { createHmac, randomBytes, randomUUID } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { DemoConfig } from "../config.ts";
import { signJwt } from "./jwt.ts";

export const STAFF_USER = {
  id: 99001,
  first_name: "Sam",
  last_name: "Owner",
  email: "owner@example.test",
  account_owner: true,
  locale: "en",
  collaborator: false,
  email_verified: true,
};

export type TokenIssuer = {
  /** For the admin: audience the app, one minute of life. */
  idToken(shop: string): string;
  /** For checkout and account extensions: five minutes; `customerGid` only for a buyer who is logged in. */
  extensionToken(shop: string, customerGid?: string): string;
  /** The app's page as Shopify's admin frames it. `path` may carry its own query. */
  appSource(shop: string, path?: string): string;
};

export function createTokenIssuer(config: DemoConfig, clock: Clock): TokenIssuer {
  const seconds = () => Math.floor(clock.now().getTime() / 1000);

  function idToken(shop: string): string {
    const issuedAt = seconds();
    return signJwt(
      {
        iss: `https://${shop}/admin`,
        dest: `https://${shop}`,
        aud: config.apiKey,
        sub: String(STAFF_USER.id),
        exp: issuedAt + 60,
        nbf: issuedAt,
        iat: issuedAt,
        jti: randomUUID(),
        sid: randomUUID(),
        sig: randomBytes(32).toString("hex"),
      },
      config.apiSecret,
    );
  }

  function extensionToken(shop: string, customerGid?: string): string {
    const issuedAt = seconds();
    const claims = { dest: shop, aud: config.apiKey, exp: issuedAt + 300, nbf: issuedAt, iat: issuedAt };
    return signJwt(
      { ...claims, jti: randomUUID(), ...(customerGid ? { sub: customerGid } : {}) },
      config.apiSecret,
    );
  }

  function appSource(shop: string, path = "/"): string {
    const handle = shop.replace(/\.myshopify\.com$/, "");
    const query = new URLSearchParams({
      embedded: "1",
      host: Buffer.from(`admin.shopify.com/store/${handle}`).toString("base64").replace(/=+$/, ""),
      id_token: idToken(shop),
      locale: "en",
      session: randomBytes(32).toString("hex"),
      shop,
      timestamp: String(seconds()),
    });
    query.set("hmac", queryHmac(query, config.apiSecret));
    const url = new URL(path, config.appUrl);
    for (const [name, value] of query) url.searchParams.set(name, value);
    return url.toString();
  }

  return { idToken, extensionToken, appSource };
}

/** Shopify's query HMAC: the pairs sorted by name, joined with &, hex SHA-256. */
function queryHmac(query: URLSearchParams, secret: string): string {
  const message = [...query]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
  return createHmac("sha256", secret).update(message).digest("hex");
}
