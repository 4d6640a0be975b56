import { createHmac, timingSafeEqual } from "node:crypto";
import type { Twilio } from "twilio";
import { ChannelError, type HandOver, type TextMessage } from "./channel";

/** SMS and WhatsApp by Twilio's own library. It is large, so it is loaded with the first message. */
const TIMEOUT_MS = 10_000;
const TWILIO = "https://api.twilio.com";

/** @param apiUrl where Twilio's API stands, where that is not Twilio itself (tests, the demo store) */
export function twilioChannel(apiUrl = TWILIO): HandOver<TextMessage> {
  return async ({ channel, to, from, text, statusUrl, account }) => {
    const client = await clientFor(account, apiUrl);
    const prefix = channel === "whatsapp" ? "whatsapp:" : "";
    const sender = from.startsWith("MG") ? { messagingServiceSid: from } : { from: prefix + from };
    try {
      const sent = await client.messages.create({
        to: prefix + to,
        ...sender,
        body: text,
        ...(statusUrl ? { statusCallback: statusUrl } : {}),
      });
      return { providerId: sent.sid };
    } catch (error) {
      throw twilioError(error);
    }
  };
}

async function clientFor({ sid, token }: TextMessage["account"], apiUrl: string): Promise<Twilio> {
  const { default: twilio } = await import("twilio");
  const http = new twilio.RequestClient({ timeout: TIMEOUT_MS });
  const request = http.request.bind(http);
  http.request = (options) => request({ ...options, uri: options.uri.replace(TWILIO, apiUrl) });
  try {
    return twilio(sid, token, { httpClient: http, autoRetry: false });
  } catch (error) {
    throw new ChannelError("account", (error as Error).message);
  }
}

/** https://www.twilio.com/docs/api/errors: numbers that reach nobody. */
const DEAD_NUMBERS = [21211, 21214, 21217, 21407, 21421, 21614, 30005, 30006, 63024, 63033];
/** Said to Twilio, perhaps long before we were connected. START ends it. */
const SAID_STOP = 21610;

/** What an error says about the number, as the kind of a ChannelError; null where it is about the message only. */
export function aboutNumber(code: number): "recipient" | "stopped" | null {
  if (code === SAID_STOP) return "stopped";
  return DEAD_NUMBERS.includes(code) ? "recipient" : null;
}

type TwilioFailure = { status?: number; code?: number | string; message?: string };

/** An answer of Twilio is certain; without one, only a connection that never stood is. */
function twilioError(error: unknown): ChannelError {
  if (error instanceof ChannelError) return error;
  const { status, code, message = String(error) } = error as TwilioFailure;
  if (typeof status !== "number") {
    const neverConnected = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH"].includes(String(code));
    return new ChannelError(neverConnected ? "temporary" : "ambiguous", message);
  }
  const said = typeof code === "number" ? `${message} (${code})` : message;
  const about = aboutNumber(Number(code));
  if (about) return new ChannelError(about, said);
  if (status === 401 || status === 403 || status === 404) return new ChannelError("account", said);
  if (status === 429 || status === 503) return new ChannelError("temporary", said);
  return new ChannelError(status >= 500 ? "ambiguous" : "permanent", said);
}

/**
 * Did Twilio send this form? (https://www.twilio.com/docs/usage/webhooks/webhooks-security: the whole address, then
 * each field's name and value in the order of their names, HMAC-SHA1 with the account's token, base64.)
 */
export function isTwiliosForm(token: string, signature: string, url: string, form: URLSearchParams): boolean {
  const names = [...new Set(form.keys())].sort();
  const signed = names.reduce(
    (text, name) =>
      text +
      [...new Set(form.getAll(name))]
        .sort()
        .map((value) => name + value)
        .join(""),
    url,
  );
  const expected = createHmac("sha1", token).update(Buffer.from(signed, "utf8")).digest();
  const given = Buffer.from(signature, "base64");
  return given.length === expected.length && timingSafeEqual(given, expected);
}
