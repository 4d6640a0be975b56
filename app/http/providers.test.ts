import { createHmac, createPrivateKey, sign } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import twilio from "twilio";
import { consentOf, isSuppressed, suppress } from "#app/contact-policy/contact-policy.server";
import { inShop } from "#app/db/in-shop.server";
import { env } from "#app/env.server";
import type { Message, Shop } from "#app/generated/prisma/client";
import { returnPathOf } from "#app/messages/return-path";
import { mailToken } from "#app/messages/tokens";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { aChannel } from "../../tests/factories/channels";
import { anOrderToTell } from "../../tests/factories/messages";
import { messageOf, NOW, queueMail } from "../../tests/factories/outbox";
import { aShop } from "../../tests/factories/shop";
import { handleProvider } from "./providers.server";
import { shopToken } from "./shop-tokens";

const secret = env().ENCRYPTION_KEY;
const SENDGRID_PRIVATE_KEY =
  "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgM+SHVVxsaXMZDpotPGTWBzPriAB9GqhlG8Rfmg+De+ShRANCAAQ0SKwxaB059gR1xVE0ApJ9KhCuOPBcEPr/riYrLEzBjf+IJFKF2dznLLsggJ2Jul+q/+yMdS6MEmcKml9zgLXS";

let url: string;
const server = createServer((request, response) => void handleProvider(request, response));
beforeAll(async () => {
  await startQueue("web");
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await stopQueue();
});

async function post(path: string, body: string, headers: Record<string, string> = {}): Promise<number> {
  return (await fetch(url + path, { method: "POST", body, headers })).status;
}

/** A mail that the mail server has taken. */
async function aSentMail(shop: Shop, email?: string): Promise<Message> {
  const order = await anOrderToTell(shop, email ? { email, customerGid: null } : {});
  const queued = await queueMail(shop, order);
  if (!("messageId" in queued)) throw new Error("not queued");
  await inShop(shop.id, (tx) =>
    tx.message.updateMany({ where: { id: queued.messageId }, data: { state: "sent", sentAt: NOW } }),
  );
  return messageOf(shop, queued.messageId);
}

const isStopped = (shop: Shop, channel: "email" | "sms", address: string) =>
  inShop(shop.id, (tx) => isSuppressed(tx, shop.id, { channel, address }, { secret }));

// ───────── SendGrid ─────────

function sendgrid(events: unknown, key = SENDGRID_PRIVATE_KEY): Promise<number> {
  const body = typeof events === "string" ? events : JSON.stringify(events);
  const timestamp = "1795348800";
  const privateKey = createPrivateKey({ key: Buffer.from(key, "base64"), format: "der", type: "pkcs8" });
  const signature = sign("sha256", Buffer.from(timestamp + body), privateKey).toString("base64");
  return post("/providers/sendgrid", body, {
    "x-twilio-email-event-webhook-signature": signature,
    "x-twilio-email-event-webhook-timestamp": timestamp,
  });
}

function sendgridEvent(shop: Shop, message: Message, event: string, more: object = {}) {
  const smtpId = `<${message.id}.${shop.id}@shop.example>`;
  const id = `${event}-${message.id}`;
  return {
    event,
    email: message.recipient,
    timestamp: 1795348000,
    sg_event_id: id,
    "smtp-id": smtpId,
    ...more,
  };
}

test("SendGrid tells what arrived, bounced and was called spam, each once and in any order", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const [arrived, bounced, spam] = [await aSentMail(shop), await aSentMail(shop), await aSentMail(shop)];
  const events = [
    sendgridEvent(shop, spam, "spamreport"),
    sendgridEvent(shop, spam, "delivered"),
    sendgridEvent(shop, arrived, "delivered"),
    sendgridEvent(shop, bounced, "bounce", { type: "bounce", status: "5.1.1", reason: "550 no such user" }),
    sendgridEvent(shop, bounced, "open"),
    { event: "delivered", timestamp: 1, sg_event_id: "x", "smtp-id": "<somebody@else.example>" },
  ];
  expect([await sendgrid(events), await sendgrid(events)]).toEqual([200, 200]);
  const states = await Promise.all([arrived, bounced, spam].map(({ id }) => messageOf(shop, id)));
  expect(states.map(({ state }) => state)).toEqual(["delivered", "bounced", "complained"]);
  expect(states[1]!.reason).toBe("5.1.1 550 no such user");
  expect(await inShop(shop.id, (tx) => tx.messageEvent.count())).toBe(4);
  expect(await isStopped(shop, "email", bounced.recipient!)).toBe(true);
  expect(await isStopped(shop, "email", spam.recipient!)).toBe(true);
  expect(await isStopped(shop, "email", arrived.recipient!)).toBe(false);
  expect(await isStopped(other, "email", bounced.recipient!)).toBe(false);
  const left = await inShop(shop.id, (tx) =>
    consentOf(tx, shop.id, { channel: "email", address: spam.recipient! }, { secret }),
  );
  expect(left?.state).toBe("unsubscribed");
});

test("one shop's number on another shop's message reaches nothing", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const message = await aSentMail(shop);
  expect(await sendgrid([sendgridEvent(other, message, "bounce", { type: "bounce" })])).toBe(200);
  expect((await messageOf(shop, message.id)).state).toBe("sent");
});

test("a wrong signature is 401, what is no event 400, and nothing is recorded", async () => {
  const shop = await aShop();
  const message = await aSentMail(shop);
  const event = sendgridEvent(shop, message, "bounce", { type: "bounce" });
  const headers = {
    "x-twilio-email-event-webhook-signature": "AAAA",
    "x-twilio-email-event-webhook-timestamp": "1795348800",
  };
  expect(await post("/providers/sendgrid", JSON.stringify([event]), headers)).toBe(401);
  expect(await post("/providers/sendgrid", JSON.stringify([event]))).toBe(401);
  expect([await sendgrid("{"), await sendgrid({}), await sendgrid([{ event: 1 }])]).toEqual([400, 400, 400]);
  expect((await messageOf(shop, message.id)).state).toBe("sent");
  expect((await fetch(`${url}/providers/sendgrid`)).status).toBe(405);
  expect(await post("/providers/unknown", "{}")).toBe(404);
});

test("five mails that come back for passing reasons, with none arriving between, end the trying", async () => {
  const shop = await aShop();
  const email = "full@buyer.example";
  for (let n = 0; n < 6; n++) {
    const message = await aSentMail(shop, email);
    expect(await isStopped(shop, "email", email)).toBe(false);
    // The second one arrives: counting starts anew.
    const event = n === 1 ? "delivered" : "deferred";
    const timestamp = 1795348000 + n * 60;
    await sendgrid([sendgridEvent(shop, message, event, { timestamp })]);
    await sendgrid([sendgridEvent(shop, message, event, { timestamp })]);
  }
  expect(await isStopped(shop, "email", email)).toBe(false);
  await sendgrid([sendgridEvent(shop, await aSentMail(shop, email), "deferred", { timestamp: 1795348900 })]);
  expect(await isStopped(shop, "email", email)).toBe(true);
});

// ───────── Postmark ─────────

test("Postmark's reports count with its password only", async () => {
  const shop = await aShop();
  const [dead, full] = [await aSentMail(shop), await aSentMail(shop)];
  const bounce = (message: Message, Type: string, ID: number) =>
    JSON.stringify({
      ...{ RecordType: "Bounce", ID, Type, MessageID: "p", Description: "said so" },
      ...{ BouncedAt: "2026-11-22T12:30:00Z", Metadata: { postlude: `${message.id}.${shop.id}` } },
    });
  const authorization = `Basic ${Buffer.from("postmark:a-password-for-tests").toString("base64")}`;
  const told = (body: string, headers = { authorization }) => post("/providers/postmark", body, headers);
  expect(await told(bounce(dead, "HardBounce", 1), { authorization: "Basic AAAA" })).toBe(401);
  expect(await told("[]")).toBe(400);
  expect(await told(bounce(dead, "HardBounce", 1))).toBe(200);
  expect(await told(bounce(dead, "HardBounce", 1))).toBe(200);
  expect(await told(bounce(full, "SoftBounce", 2))).toBe(200);
  expect([(await messageOf(shop, dead.id)).state, (await messageOf(shop, full.id)).state]).toEqual([
    "bounced",
    "sent",
  ]);
});

// ───────── mails that come back ─────────

/** A report as Postfix writes it (RFC 3464). */
function returned(to: string, { action = "failed", status = "5.1.1", messageId = "<x@y>" }): string {
  return [
    "From: MAILER-DAEMON@mx.example (Mail Delivery System)",
    `To: ${to}`,
    "Subject: Undelivered Mail Returned to Sender",
    "Date: Sun, 22 Nov 2026 12:10:00 +0000",
    "Message-Id: <20261122121000.1@mx.example>",
    "MIME-Version: 1.0",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="B"',
    "",
    "--B",
    "Content-Type: text/plain",
    "",
    "I'm sorry to have to inform you that your message could not be delivered.",
    "--B",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.example",
    "",
    "Final-Recipient: rfc822; gone@buyer.example",
    `Action: ${action}`,
    `Status: ${status}`,
    "Diagnostic-Code: smtp; 550 5.1.1 <gone@buyer.example>: Recipient address",
    "    rejected: User unknown",
    "",
    "--B",
    "Content-Type: message/rfc822",
    "",
    "Subject: Thank you",
    `Message-ID: ${messageId}`,
    "",
    "Hello",
    "--B--",
    "",
  ].join("\r\n");
}

test("a mail that comes back is matched by its own return path or by the Message-ID it returns", async () => {
  const shop = await aShop();
  const [byPath, byId, delayed, full] = [
    await aSentMail(shop),
    await aSentMail(shop),
    await aSentMail(shop),
    await aSentMail(shop),
  ];
  const path = `/providers/mail/${shopToken(secret, "returned-mail", shop.id)}`;
  const pathOf = (message: Message) => returnPathOf("bounces@shop.example", secret, shop.id, message.id);
  const raw = returned(pathOf(byPath), {});
  expect([await post(path, raw), await post(path, raw)]).toEqual([200, 200]);
  const messageId = `<${byId.id}.${shop.id}@shop.example>`;
  expect(await post(path, returned("post@shop.example", { messageId }))).toBe(200);
  expect(await post(path, returned(pathOf(delayed), { action: "delayed", status: "4.4.1" }))).toBe(200);
  expect(await post(path, returned(pathOf(full), { status: "5.2.2" }))).toBe(200);

  const states = await Promise.all([byPath, byId, delayed, full].map(({ id }) => messageOf(shop, id)));
  expect(states.map(({ state }) => state)).toEqual(["bounced", "bounced", "sent", "sent"]);
  expect(states[0]!.reason).toContain("User unknown");
  expect(await isStopped(shop, "email", byPath.recipient!)).toBe(true);
  expect(await isStopped(shop, "email", full.recipient!)).toBe(false);
  const events = await inShop(shop.id, (tx) => tx.messageEvent.findMany({ orderBy: { id: "asc" } }));
  expect(events.map(({ kind }) => kind).sort()).toEqual(["bounce", "bounce", "soft-bounce", "soft-bounce"]);
});

test("a spam complaint that comes by mail counts, a reply does not, and a forged return path is nothing", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const message = await aSentMail(shop);
  const path = `/providers/mail/${shopToken(secret, "returned-mail", shop.id)}`;
  const complaint = returned("x@y.example", {
    messageId: `<${message.id}.${shop.id}@shop.example>`,
  }).replace(
    /Content-Type: message\/delivery-status[\s\S]*?--B/,
    "Content-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nVersion: 1\r\n\r\n--B",
  );
  const foreign = `/providers/mail/${shopToken(secret, "returned-mail", other.id)}`;
  expect(await post(foreign, complaint)).toBe(200);
  expect((await messageOf(shop, message.id)).state).toBe("sent");
  expect(await post("/providers/mail/1.AAAAAAAAAAAAAAAAAAAAAA", complaint)).toBe(401);
  const forged = returnPathOf("bounces@shop.example", "another secret entirely", shop.id, message.id);
  expect(await post(path, returned(forged, {}))).toBe(200);
  expect(await post(path, "From: ada@buyer.example\r\nSubject: Re: Thank you\r\n\r\nThanks!")).toBe(200);
  expect(await post(path, "\0\0\0 no mail")).toBe(400);
  expect((await messageOf(shop, message.id)).state).toBe("sent");

  expect(await post(path, complaint)).toBe(200);
  expect((await messageOf(shop, message.id)).state).toBe("complained");
});

// ───────── Twilio ─────────

/** Signed as Twilio's own library checks it. */
async function fromTwilio(path: string, form: Record<string, string>, token: string): Promise<number> {
  const full = env().SHOPIFY_APP_URL + path;
  const signed = Object.keys(form)
    .sort()
    .reduce((text, name) => text + name + form[name], full);
  const signature = createHmac("sha1", token).update(signed).digest("base64");
  expect(twilio.validateRequest(token, signature, full, form)).toBe(true);
  const body = new URLSearchParams(form).toString();
  return post(path, body, { "x-twilio-signature": signature });
}

test("Twilio tells what became of an SMS, signed with the shop's own token", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  await aChannel(shop, "sms");
  await aChannel(other, "sms");
  const message = await aSentMail(shop);
  const recipient = "+4915112345678";
  await inShop(shop.id, (tx) => tx.message.updateMany({ data: { channel: "sms", recipient } }));
  const position = { shopId: shop.id, messageId: message.id, position: 0 };
  const path = `/providers/twilio/${mailToken(secret, "message-status", position)}`;
  const told = (status: string, token: string, more: Record<string, string> = {}) =>
    fromTwilio(path, { MessageSid: "SM1", MessageStatus: status, ...more }, token);
  expect(await told("delivered", `sms-token-of-${other.id}`)).toBe(401);
  expect(await told("sent", `sms-token-of-${shop.id}`)).toBe(200);
  expect((await messageOf(shop, message.id)).state).toBe("sent");
  expect(await told("delivered", `sms-token-of-${shop.id}`)).toBe(200);
  expect((await messageOf(shop, message.id)).state).toBe("delivered");
  expect(await told("undelivered", `sms-token-of-${shop.id}`, { ErrorCode: "30005" })).toBe(200);
  expect((await messageOf(shop, message.id)).state).toBe("bounced");
  expect(await isStopped(shop, "sms", recipient)).toBe(true);
  expect(await post("/providers/twilio/1.x", "MessageSid=1")).toBe(401);
});

test("Twilio tells afterwards that a number has said STOP, and START is heard", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  await aChannel(shop, "sms");
  await aChannel(other, "sms");
  const phone = "+4915112345678";
  const message = await aSentMail(shop);
  await inShop(shop.id, (tx) => tx.message.updateMany({ data: { channel: "sms", recipient: phone } }));
  const position = { shopId: shop.id, messageId: message.id, position: 0 };
  const path = `/providers/twilio/${mailToken(secret, "message-status", position)}`;
  const token = `sms-token-of-${shop.id}`;
  const failed = { MessageSid: "SM1", MessageStatus: "failed", ErrorCode: "21610" };
  expect([await fromTwilio(path, failed, token), await fromTwilio(path, failed, token)]).toEqual([200, 200]);
  expect((await messageOf(shop, message.id)).state).toBe("bounced");
  expect(await isStopped(shop, "sms", phone)).toBe(true);
  expect(await isStopped(other, "sms", phone)).toBe(false);
  const answers = `/providers/twilio/in/${shopToken(secret, "twilio-answers", shop.id)}`;
  await fromTwilio(answers, { MessageSid: "SM2", From: phone, Body: "START" }, token);
  expect(await isStopped(shop, "sms", phone)).toBe(false);
});

test("STOP ends SMS to a number in that shop, START allows them again", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  await aChannel(shop, "sms");
  await aChannel(other, "sms");
  const path = `/providers/twilio/in/${shopToken(secret, "twilio-answers", shop.id)}`;
  const phone = "+4915112345678";
  let n = 0;
  const says = (Body: string, From = phone) =>
    fromTwilio(path, { MessageSid: `SM${++n}`, From, Body }, `sms-token-of-${shop.id}`);
  expect(await says("Hello?")).toBe(200);
  expect(await isStopped(shop, "sms", phone)).toBe(false);
  expect(await says(" Stop. ")).toBe(200);
  expect(await isStopped(shop, "sms", phone)).toBe(true);
  expect(await isStopped(other, "sms", phone)).toBe(false);
  const consent = () =>
    inShop(shop.id, (tx) => consentOf(tx, shop.id, { channel: "sms", address: phone }, { secret }));
  expect((await consent())?.state).toBe("unsubscribed");
  expect(await says("START")).toBe(200);
  expect(await isStopped(shop, "sms", phone)).toBe(false);
  // Nobody had agreed to marketing before: START is no agreement.
  expect((await consent())?.state).toBe("not_subscribed");
  expect(await says("Stop", "nonsense")).toBe(400);
  expect(await post(path, "From=%2B49&Body=STOP", { "x-twilio-signature": "AAAA" })).toBe(401);
});

test("a Yes to what a text about an order asks agrees to nothing: only a STOP can be taken back", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const phone = "+4915112345678";
  for (const one of [shop, other]) {
    await aChannel(one, "sms");
    const message = await aSentMail(one);
    await inShop(one.id, (tx) =>
      tx.message.update({
        where: { shopId_id: { shopId: one.id, id: message.id } },
        data: { channel: "sms", recipient: phone },
      }),
    );
  }
  let n = 0;
  const says = (to: Shop, Body: string) => {
    const path = `/providers/twilio/in/${shopToken(secret, "twilio-answers", to.id)}`;
    return fromTwilio(path, { MessageSid: `SM${++n}`, From: phone, Body }, `sms-token-of-${to.id}`);
  };
  const told = (to: Shop) => inShop(to.id, (tx) => tx.consentEvent.findMany({ orderBy: { id: "asc" } }));
  expect(await says(shop, "Yes")).toBe(200);
  expect(await says(shop, "Stop")).toBe(200);
  // The other shop has heard no STOP: it is not its to take back.
  expect(await says(other, "Yes!")).toBe(200);
  expect([await told(shop), await told(other)]).toMatchObject([
    [{ state: "unsubscribed", text: "Stop" }],
    [],
  ]);
  expect(await isStopped(shop, "sms", phone)).toBe(true);

  expect(await says(shop, "Yes")).toBe(200);
  expect(await told(shop)).toMatchObject([
    { state: "unsubscribed", source: "stop" },
    { state: "not_subscribed", source: "start", text: "Yes" },
  ]);
  // Now that nothing is stopped, one more says nothing more.
  expect(await says(shop, "Start")).toBe(200);
  expect(await told(shop)).toHaveLength(2);
});

test("a STOP by a number that was given up before is known by the consent it left", async () => {
  const shop = await aShop();
  await aChannel(shop, "sms");
  const whose = { channel: "sms", address: "+4915112345678" } as const;
  const bounced = { ...whose, reason: "hard-bounce", now: NOW };
  await inShop(shop.id, (tx) => suppress(tx, shop.id, bounced, { secret }));
  const path = `/providers/twilio/in/${shopToken(secret, "twilio-answers", shop.id)}`;
  const states = [];
  for (const Body of ["Stop", "Start"]) {
    await fromTwilio(path, { MessageSid: `SM${Body}`, From: whose.address, Body }, `sms-token-of-${shop.id}`);
    states.push((await inShop(shop.id, (tx) => consentOf(tx, shop.id, whose, { secret })))?.state);
  }
  expect(states).toEqual(["unsubscribed", "not_subscribed"]);
  // That nobody is reached there is not the person's to take back.
  expect(await isStopped(shop, "sms", whose.address)).toBe(true);
});
