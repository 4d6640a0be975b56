// The stand-in for Twilio: takes what Twilio's library sends, tells by signed calls what became of it, and lets people
// answer. Numbers that fail are Twilio's own test numbers where it has them.
import { createHmac, randomBytes } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { EventLog } from "../event-log.ts";

/** The one account that it knows; the page shows it. */
export const ACCOUNT = { sid: `AC${"d3a0".repeat(8)}`, token: "demo-twilio-token" };
/** Twilio's magic number for "not a valid phone number". */
export const INVALID_NUMBER = "+15005550001";
/** Ours: it is taken, and then reaches nobody. */
export const UNREACHABLE_NUMBER = "+15005550404";

export type TextMessage = {
  sid: string;
  at: string;
  direction: "out" | "in";
  channel: "sms" | "whatsapp";
  /** Without the prefix that names the channel. */
  from: string;
  to: string;
  body: string;
  status: "queued" | "sent" | "delivered" | "undelivered" | "received";
  /** Answers of the app to our calls, newest last. */
  calls: number[];
};

export type TwilioError = { status: number; code: number; message: string };

export type TwilioStandIn = {
  /** Newest first. */
  messages(): TextMessage[];
  /** POST …/Messages.json. @throws TwilioRefusal */
  take(form: Record<string, string>): TextMessage;
  /** Where the app wants to hear what people answer; empty until it is entered. */
  answersUrl(): string;
  setAnswersUrl(url: string): void;
  /** Somebody answers the newest message to this number. @returns the HTTP status of the app */
  answer(from: string, body: string): Promise<number>;
  clear(): void;
};

export class TwilioRefusal extends Error {
  readonly status: number;
  readonly code: number;
  constructor({ status, code, message }: TwilioError) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const SENT_AFTER_MS = 150;
const DELIVERED_AFTER_MS = 450;

export function createTwilio({ clock, log }: { clock: Clock; log: EventLog }): TwilioStandIn {
  const messages: TextMessage[] = [];
  const stopped = new Set<string>();
  let answersUrl = "";

  function take(form: Record<string, string>): TextMessage {
    const { To: to = "", Body: body = "" } = form;
    const from = form.From ?? form.MessagingServiceSid ?? "";
    const refusal = refusalOf(to, from, body, stopped);
    if (refusal) {
      log.add("text", `${to} → ${refusal.message} (${refusal.code})`);
      throw new TwilioRefusal(refusal);
    }
    const message = keep({ direction: "out", from, to, body, status: "queued" });
    void report(message, form.StatusCallback);
    return message;
  }

  type New = Pick<TextMessage, "direction" | "from" | "to" | "body" | "status">;

  function keep({ from, to, ...told }: New): TextMessage {
    const channel = `${from} ${to}`.includes("whatsapp:") ? "whatsapp" : "sms";
    const sid = `SM${randomBytes(16).toString("hex")}`;
    const numbers = { from: plain(from), to: plain(to) };
    const message: TextMessage = { sid, at: clock.iso(), channel, ...numbers, ...told, calls: [] };
    messages.push(message);
    log.add("text", `${message.from} → ${message.to}: ${message.body}`);
    return message;
  }

  async function report(message: TextMessage, url: string | undefined): Promise<void> {
    await tell(message, url, "sent", SENT_AFTER_MS);
    const reaches = message.to !== UNREACHABLE_NUMBER;
    await tell(message, url, reaches ? "delivered" : "undelivered", DELIVERED_AFTER_MS - SENT_AFTER_MS);
  }

  async function tell(
    message: TextMessage,
    url: string | undefined,
    status: TextMessage["status"],
    afterMs: number,
  ): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, afterMs).unref());
    message.status = status;
    if (!url) return log.add("text", `${status}: ${message.sid.slice(0, 8)}…`);
    await call(message, url, {
      MessageSid: message.sid,
      MessageStatus: status,
      ...(status === "undelivered" && { ErrorCode: "30005", ErrorMessage: "Unknown destination handset" }),
    });
  }

  async function call(message: TextMessage, url: string, told: Record<string, string>): Promise<number> {
    const prefix = message.channel === "whatsapp" ? "whatsapp:" : "";
    const numbers = { From: prefix + message.from, To: prefix + message.to };
    const form = { AccountSid: ACCOUNT.sid, ApiVersion: "2010-04-01", ...numbers, ...told };
    const answered = await fetch(url, {
      method: "POST",
      headers: { "x-twilio-signature": signatureOf(url, form) },
      body: new URLSearchParams(form),
    }).catch(() => null);
    const status = answered?.status ?? 0;
    message.calls.push(status);
    log.add(
      "text",
      `${Object.values(told).slice(1).join(" ")} of ${message.sid.slice(0, 8)}… told → ${status}`,
    );
    return status;
  }

  async function answer(from: string, body: string): Promise<number> {
    const last = messages.findLast((message) => message.direction === "out" && message.to === from);
    if (!last) throw new Error(`Nothing was sent to ${from} yet.`);
    if (!answersUrl) throw new Error("Paste the app's address for answers first.");
    const prefix = last.channel === "whatsapp" ? "whatsapp:" : "";
    const numbers = { from: prefix + from, to: prefix + last.from };
    const message = keep({ direction: "in", ...numbers, body, status: "received" });
    // Twilio itself sends nothing more by SMS to whoever said STOP.
    const word = body.trim().toUpperCase();
    if (last.channel === "sms" && word === "STOP") stopped.add(from);
    if (word === "START") stopped.delete(from);
    return call(message, answersUrl, { MessageSid: message.sid, Body: body });
  }

  return {
    messages: () => messages.toReversed(),
    take,
    answersUrl: () => answersUrl,
    setAnswersUrl(url) {
      if (!URL.canParse(url.trim())) throw new Error("Paste the address that the app shows.");
      answersUrl = url.trim();
    },
    answer,
    clear() {
      messages.length = 0;
      stopped.clear();
      answersUrl = "";
    },
  };
}

function refusalOf(to: string, from: string, body: string, stopped: Set<string>): TwilioError | null {
  const bad = (code: number, message: string) => ({ status: 400, code, message });
  if (!to) return bad(21604, "A 'To' phone number is required.");
  if (!from) return bad(21603, "A 'From' phone number is required.");
  if (!body) return bad(21602, "Message body is required.");
  const number = plain(to);
  if (number === INVALID_NUMBER || !/^\+\d{7,15}$/.test(number)) {
    return bad(21211, `Invalid 'To' Phone Number: ${number}`);
  }
  if (stopped.has(number)) return bad(21610, "Attempt to send to unsubscribed recipient");
  return null;
}

function plain(number: string): string {
  return number.replace(/^whatsapp:/, "");
}

/** https://www.twilio.com/docs/usage/webhooks/webhooks-security */
function signatureOf(url: string, form: Record<string, string>): string {
  const signed = Object.keys(form)
    .sort()
    .reduce((text, name) => text + name + form[name], url);
  return createHmac("sha1", ACCOUNT.token).update(signed).digest("base64");
}
