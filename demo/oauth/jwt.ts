// JSON Web Tokens with HS256, the only kind Shopify uses between itself and an app.
import { createHmac, timingSafeEqual } from "node:crypto";

export type Claims = {
  iss?: string;
  dest?: string;
  aud?: string;
  sub?: string;
  exp: number;
  nbf?: number;
  iat?: number;
  jti?: string;
  sid?: string;
  sig?: string;
};

const HEADER = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString("base64url");

export function signJwt(claims: Claims, secret: string): string {
  const signed = `${HEADER}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}`;
  return `${signed}.${signature(signed, secret)}`;
}

/** The claims of a token with a right signature that is valid at `now`; else undefined. */
export function verifyJwt(token: unknown, secret: string, now: Date): Claims | undefined {
  const [header, payload, given] = String(token).split(".");
  if (!header || !payload || !given) return undefined;
  const expected = Buffer.from(signature(`${header}.${payload}`, secret));
  const actual = Buffer.from(given);
  if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) return undefined;
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as Claims;
  const seconds = now.getTime() / 1000;
  const tolerance = 10;
  if (claims.exp < seconds - tolerance || (claims.nbf ?? 0) > seconds + tolerance) return undefined;
  return claims;
}

function signature(signed: string, secret: string): string {
  return createHmac("sha256", secret).update(signed).digest("base64url");
}
