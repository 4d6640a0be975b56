import {
  createCipheriv,
  createECDH,
  createPrivateKey,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  sign,
} from "node:crypto";

/** What web push needs of cryptography: encrypting a payload (RFC 8291, RFC 8188) and signing for it (RFC 8292). */

/** The key pair that identifies this installation to push services, base64url. */
export type VapidKeys = { publicKey: string; privateKey: string };

export function makeVapidKeys(): VapidKeys {
  const jwk = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" });
  const point = Buffer.concat([Buffer.from([4]), decode(jwk.x!), decode(jwk.y!)]);
  return { publicKey: point.toString("base64url"), privateKey: jwk.d! };
}

const RECORD_SIZE = 4096;

type Recipient = { p256dh: string; auth: string };
/** Fixed in tests against the RFC's example; otherwise drawn anew for every message. */
type Drawn = { salt: Buffer; privateKey: Buffer };

/**
 * Encrypts one message for one browser, as content coding aes128gcm with a single record.
 * @throws where the browser's keys are none
 */
export function encryptPush(plain: string, { p256dh, auth }: Recipient, drawn?: Drawn): Buffer {
  const ours = createECDH("prime256v1");
  if (drawn) ours.setPrivateKey(drawn.privateKey);
  else ours.generateKeys();
  const theirs = decode(p256dh);
  const salt = drawn?.salt ?? randomBytes(16);
  const shared = ours.computeSecret(theirs);
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), theirs, ours.getPublicKey()]);
  const secret = derive(shared, decode(auth), info, 32);
  const key = derive(secret, salt, Buffer.from("Content-Encoding: aes128gcm\0"), 16);
  const nonce = derive(secret, salt, Buffer.from("Content-Encoding: nonce\0"), 12);
  const cipher = createCipheriv("aes-128-gcm", key, nonce);
  // 2 ends the last (here: only) record.
  const record = Buffer.concat([
    cipher.update(Buffer.concat([Buffer.from(plain), Buffer.from([2])])),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(RECORD_SIZE);
  const publicKey = ours.getPublicKey();
  return Buffer.concat([salt, size, Buffer.from([publicKey.length]), publicKey, record]);
}

const HALF_A_DAY_S = 12 * 60 * 60;

/** The Authorization header: a token for this push service, signed with the installation's key (ES256). */
export function vapidHeader(endpoint: string, subject: string, keys: VapidKeys, now: Date): string {
  const expires = Math.floor(now.getTime() / 1000) + HALF_A_DAY_S;
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { aud: new URL(endpoint).origin, exp: expires, sub: subject };
  const unsigned = `${part({ typ: "JWT", alg: "ES256" })}.${part(claims)}`;
  const point = decode(keys.publicKey);
  const jwk = {
    kty: "EC",
    crv: "P-256",
    d: keys.privateKey,
    x: point.subarray(1, 33).toString("base64url"),
    y: point.subarray(33).toString("base64url"),
  };
  const key = createPrivateKey({ key: jwk, format: "jwk" });
  const signature = sign("sha256", Buffer.from(unsigned), { key, dsaEncoding: "ieee-p1363" });
  return `vapid t=${unsigned}.${signature.toString("base64url")}, k=${keys.publicKey}`;
}

/** Is this the public key and the secret of a browser's subscription? */
export function arePushKeys({ p256dh, auth }: Recipient): boolean {
  const point = decode(p256dh);
  return point.length === 65 && point[0] === 4 && decode(auth).length === 16;
}

function derive(key: Buffer, salt: Buffer, info: Buffer, length: number): Buffer {
  return Buffer.from(hkdfSync("sha256", key, salt, info, length));
}

function decode(text: string): Buffer {
  return Buffer.from(text, "base64url");
}
