import { ChannelError, type HandOver, type PushMessage } from "./channel";
import { postSafely } from "./post-safely.server";
import { encryptPush, vapidHeader, type VapidKeys } from "./push-crypto";

/** Web push: an encrypted POST to the browser maker's push service, which wakes the browser. */
const TIMEOUT_MS = 10_000;
/** A push service keeps the message this long for a browser that is asleep. */
const KEPT_S = 3 * 24 * 60 * 60;

type PushOptions = {
  keys: () => Promise<VapidKeys>;
  /** mailto: or https: address of whoever runs this installation, for the push service. */
  subject: string;
  allowPrivate: boolean;
  now: () => Date;
};

export function pushChannel({ keys, subject, allowPrivate, now }: PushOptions): HandOver<PushMessage> {
  return async ({ endpoint, keys: browser, payload }) => {
    const body = encrypted(JSON.stringify(payload), browser);
    const { status, text } = await postSafely({
      url: endpoint,
      body,
      timeoutMs: TIMEOUT_MS,
      allowPrivate,
      headers: {
        authorization: vapidHeader(endpoint, subject, await keys(), now()),
        "content-encoding": "aes128gcm",
        "content-type": "application/octet-stream",
        ttl: String(KEPT_S),
        urgency: "normal",
      },
    });
    if (status >= 200 && status < 300) return { providerId: `HTTP ${status}` };
    const said = `HTTP ${status}${text ? `: ${text.slice(0, 200)}` : ""}`;
    if (status === 404 || status === 410) throw new ChannelError("recipient", said);
    if (status === 429 || status >= 500) throw new ChannelError("temporary", said);
    throw new ChannelError(status === 401 || status === 403 ? "account" : "permanent", said);
  };
}

function encrypted(plain: string, keys: PushMessage["keys"]): Buffer {
  try {
    return encryptPush(plain, keys);
  } catch (error) {
    throw new ChannelError("recipient", `The browser's keys cannot be used: ${String(error)}`);
  }
}
