import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * How advertisers sign what they report: `x-postlude-signature: t=<unix seconds>,v1=<hex HMAC-SHA256 of "<t>.<body>">` with
 * their secret. The time keeps a recorded call from being played again later; within it, each sale counts once anyway.
 */
const TOLERANCE_SECONDS = 300;

export function signPostback(secret: string, body: string | Buffer, now: Date): string {
  const time = Math.floor(now.getTime() / 1000);
  return `t=${time},v1=${hmac(secret, time, body).toString("hex")}`;
}

/** @param secrets any of them will do; an advertiser may be changing from one to the next */
export function isSignedPostback(
  secrets: string[],
  header: string | undefined,
  body: Buffer,
  now: Date,
): boolean {
  const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header ?? "");
  if (!match) return false;
  const time = Number(match[1]);
  if (Math.abs(now.getTime() / 1000 - time) > TOLERANCE_SECONDS) return false;
  const given = Buffer.from(match[2]!, "hex");
  return secrets.some((secret) => timingSafeEqual(hmac(secret, time, body), given));
}

function hmac(secret: string, time: number, body: string | Buffer): Buffer {
  return createHmac("sha256", secret).update(`${time}.`).update(body).digest();
}
