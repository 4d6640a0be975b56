import { createHmac, randomUUID } from "node:crypto";
import { env } from "#app/env.server";

type Claims = Record<string, unknown>;

/** A JWT as Shopify signs it: HS256 with the app's secret. */
export function jwt(claims: Claims, secret = env().SHOPIFY_API_SECRET): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
  return `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
}

/** A session token of a UI extension: bare shop domain, five minutes; `sub` only for a signed-in buyer. */
export function extensionToken(shopDomain: string, customerGid?: string, overrides: Claims = {}): string {
  const now = Math.floor(Date.now() / 1000);
  return jwt({
    dest: shopDomain,
    aud: env().SHOPIFY_API_KEY,
    nbf: now,
    iat: now,
    exp: now + 300,
    jti: randomUUID(),
    ...(customerGid ? { sub: customerGid } : {}),
    ...overrides,
  });
}

/** The signature Shopify puts on a webhook: base64 HMAC-SHA256 of the raw body. */
export function webhookSignature(body: string | Buffer, secret = env().SHOPIFY_API_SECRET): string {
  return createHmac("sha256", secret).update(body).digest("base64");
}
