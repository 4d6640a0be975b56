import { createHmac } from "node:crypto";
import { ChannelError, type HandOver, type WebhookCall } from "./channel";
import { postSafely } from "./post-safely.server";

/**
 * Signed webhooks to the merchant's own systems. The signature covers the time and the body, so that a recorded call
 * cannot be played again later: `HMAC-SHA256(secret, "<timestamp>.<body>")`, hex.
 */
const TIMEOUT_MS = 10_000;

export function webhookChannel(options: { allowPrivate: boolean; now: () => Date }): HandOver<WebhookCall> {
  return async ({ url, idempotencyKey, secret, event, body }) => {
    const timestamp = String(Math.floor(options.now().getTime() / 1000));
    const { status, text } = await postSafely({
      url,
      body,
      timeoutMs: TIMEOUT_MS,
      allowPrivate: options.allowPrivate,
      headers: {
        "content-type": "application/json",
        "user-agent": "Postlude-Webhook/1",
        "idempotency-key": idempotencyKey,
        "x-postlude-event": event,
        "x-postlude-timestamp": timestamp,
        "x-postlude-signature": `sha256=${signWebhook(secret, timestamp, body)}`,
      },
    });
    if (status >= 200 && status < 300) return { providerId: `HTTP ${status}` };
    const said = `HTTP ${status}${text ? `: ${text.slice(0, 200)}` : ""}`;
    // 409: a receiver that has this key already. It was accepted.
    if (status === 409) return { providerId: said };
    if (status === 410) throw new ChannelError("permanent", said);
    throw new ChannelError("temporary", said);
  };
}

export function signWebhook(secret: string, timestamp: string, body: string): string {
  return createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex");
}
