import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from "node:crypto";

/**
 * Session tokens of UI extensions: JWT, HS256 with the app's secret. Checked by hand because the library's check
 * neither compares the audience nor leaves time for ranking (see docs/decisions). `dest` is the bare shop domain,
 * `sub` the customer's gid and present only when the buyer is signed in.
 */
export type ExtensionClaims = { shopDomain: string; customerGid: string | null; tokenId: string };

/** The header of nearly every token: known without parsing. */
const USUAL_HEAD = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString("base64url");

/** Clocks of shopper, Shopify and server may differ this much. */
const TOLERANCE_SECONDS = 10;

/** @returns the claims, or null for a token that is malformed, forged, expired, early or meant for another app */
export function readExtensionToken(
  authorization: string | undefined,
  app: { apiKey: string; apiSecret: string },
  now: Date,
): ExtensionClaims | null {
  const token = authorization?.startsWith("Bearer ") ? authorization.slice(7) : "";
  const [head, body, signature, ...rest] = token.split(".");
  if (!head || !body || !signature || rest.length > 0) return null;

  if (head !== USUAL_HEAD && parse(head)?.alg !== "HS256") return null;
  const expected = createHmac("sha256", keyOf(app.apiSecret)).update(`${head}.${body}`).digest();
  const given = Buffer.from(signature, "base64url");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;

  const claims = parse(body);
  const seconds = now.getTime() / 1000;
  if (!claims || claims.aud !== app.apiKey) return null;
  if (typeof claims.exp !== "number" || claims.exp < seconds - TOLERANCE_SECONDS) return null;
  if (typeof claims.nbf !== "number" || claims.nbf > seconds + TOLERANCE_SECONDS) return null;
  const shopDomain = String(claims.dest ?? "").replace(/^https:\/\//, "");
  if (!/^[a-z0-9][a-z0-9-]*\.myshopify\.com$/.test(shopDomain)) return null;
  const customerGid =
    typeof claims.sub === "string" && claims.sub.startsWith("gid://shopify/Customer/") ? claims.sub : null;
  return { shopDomain, customerGid, tokenId: String(claims.jti ?? "") };
}

let lastKey: { secret: string; key: KeyObject } | undefined;

/** A process has one secret; a key that is made anew for each token takes longer than to check it. */
function keyOf(secret: string): KeyObject {
  if (lastKey?.secret !== secret) lastKey = { secret, key: createSecretKey(Buffer.from(secret)) };
  return lastKey.key;
}

function parse(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return value && typeof value === "object" ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
