import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
  type KeyObject,
} from "node:crypto";

/**
 * Sealing (AES-256-GCM) and signing (HMAC-SHA256) with keys derived from the one ENCRYPTION_KEY (HKDF, RFC 5869).
 * Each purpose has its own key, so that a token made for one use is worthless for another.
 */
const keys = new Map<string, KeyObject>();

/** A key object: with the bare bytes each signature takes five times as long. */
function keyFor(secret: string, purpose: string): KeyObject {
  const name = `${purpose}\0${secret}`;
  let key = keys.get(name);
  if (!key) {
    key = createSecretKey(Buffer.from(hkdfSync("sha256", secret, "postlude", purpose, 32)));
    keys.set(name, key);
  }
  return key;
}

/** Encrypts `plain`; `context` (e.g. the row's id) must be given again to open it, so sealed values cannot be swapped. */
export function seal(secret: string, purpose: string, plain: string, context: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyFor(secret, purpose), iv);
  cipher.setAAD(Buffer.from(context));
  const sealed = Buffer.concat([iv, cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `v1.${sealed.toString("base64url")}`;
}

/** @throws where the value was not sealed with this secret, purpose and context */
export function unseal(secret: string, purpose: string, sealed: string, context: string): string {
  if (!sealed.startsWith("v1.")) throw new Error("not a sealed value");
  const bytes = Buffer.from(sealed.slice(3), "base64url");
  const decipher = createDecipheriv("aes-256-gcm", keyFor(secret, purpose), bytes.subarray(0, 12));
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(-16));
  return decipher.update(bytes.subarray(12, -16), undefined, "utf8") + decipher.final("utf8");
}

/** A signature for links: base64url of the first 16 bytes of HMAC-SHA256. */
export function sign(secret: string, purpose: string, text: string): string {
  return createHmac("sha256", keyFor(secret, purpose))
    .update(text)
    .digest()
    .subarray(0, 16)
    .toString("base64url");
}

export function isSignature(secret: string, purpose: string, text: string, signature: string): boolean {
  const expected = Buffer.from(sign(secret, purpose, text));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Keyed hash of an address (lower-cased, trimmed): lets us recognise it without keeping it. Hex, 64 characters. */
export function addressHash(secret: string, shopId: number, address: string): string {
  return createHmac("sha256", keyFor(secret, "address"))
    .update(`${shopId}\0${address.trim().toLowerCase()}`)
    .digest("hex");
}
