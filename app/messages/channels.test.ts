import { createDecipheriv, hkdfSync } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import {
  recordConsent,
  saveContactSettings,
  suppress,
  type ConsentChange,
} from "#app/contact-policy/contact-policy.server";
import { DEFAULT_LIMITS, type Channel } from "#app/contact-policy/contact";
import type { CountryRules } from "#app/contact-policy/country-rules";
import { inShop } from "#app/db/in-shop.server";
import type { Order, Shop } from "#app/generated/prisma/client";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { messagesSweeps } from "#app/worker/messages-jobs.server";
import { aBrowser, aChannel, aShortText, aSubscription, SID } from "../../tests/factories/channels";
import { aMarketingTemplate } from "../../tests/factories/campaigns";
import { anHttpStandIn, type HttpStandIn } from "../../tests/factories/http-stand-in";
import { anOrderToTell } from "../../tests/factories/messages";
import { messageOf, NOW, sendQueued } from "../../tests/factories/outbox";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";
import { isPrivate, problemOfUrl } from "./channels/post-safely.server";
import { encryptPush } from "./channels/push-crypto";
import { signWebhook } from "./channels/webhook.server";
import { inboxOf, markInbox } from "./inbox.server";
import { recordStop } from "./reports.server";
import {
  claimMessage,
  queueMessage,
  queueOnFirst,
  queueWebhook,
  reachable,
  settleLost,
  type NewMessage,
} from "./messages.server";

const keys = { secret: testPorts().secret };
const PHONE = "+4915112345678";
const accepted = () => ({ status: 201, body: { sid: "SM1", status: "queued" } });

let provider: HttpStandIn;
beforeAll(async () => {
  await startQueue("web");
  provider = await anHttpStandIn(accepted);
});
beforeEach(() => {
  provider.calls.length = 0;
  provider.answer = accepted;
});
afterEach(() => {
  provider.calls.length = 0;
});
afterAll(async () => {
  await provider.stop();
  await stopQueue();
});

const ports = (now = NOW) => testPorts({ twilioUrl: provider.url, now: () => now });

function queue(shop: Shop, order: Order, channel: Channel, more: Partial<NewMessage> = {}) {
  const message: NewMessage = {
    dedupeKey: `shipped:${order.gid}`,
    templateKey: "shipped",
    channel,
    orderGid: order.gid,
    customerGid: order.customerGid,
    locale: "en",
    ...more,
  };
  return inShop(shop.id, (tx) => queueMessage(tx, shop.id, message, { ...keys, now: NOW }));
}

async function consent(shop: Shop, change: Pick<ConsentChange, "channel" | "address" | "state">) {
  const told = {
    customerGid: null,
    source: "shopify",
    changedAt: NOW,
    sourceKey: JSON.stringify(change),
  } as const;
  await inShop(shop.id, (tx) => recordConsent(tx, shop.id, { ...told, ...change }, keys));
}

async function aShopThatTexts(): Promise<{ shop: Shop; order: Order }> {
  const shop = await aShop();
  await aShortText(shop, "shipped", "{{ order.name }} is on its way, {{ customer.first_name }}");
  return { shop, order: await anOrderToTell(shop, { phone: PHONE }) };
}

test("an SMS goes out once through the shop's own account, in plain words", async () => {
  const { shop, order } = await aShopThatTexts();
  await aChannel(shop, "sms");
  const queued = await queue(shop, order, "sms");
  expect(await queue(shop, order, "sms")).toEqual({ status: "already-queued" });
  // The same news by e-mail is another message.
  expect((await queue(shop, order, "email")).status).toBe("queued");

  const sent = await sendQueued(shop, queued, ports());
  await sendQueued(shop, queued, ports());
  expect(sent).toMatchObject({ state: "sent", channel: "sms", recipient: PHONE, providerId: "SM1" });
  expect(provider.calls).toHaveLength(1);
  const [call] = provider.calls;
  expect(call!.path).toBe(`/2010-04-01/Accounts/${SID}/Messages.json`);
  const form = new URLSearchParams(call!.body.toString());
  expect(Object.fromEntries(form)).toMatchObject({
    To: PHONE,
    From: "+4915550001111",
    Body: `${order.name} is on its way, Ada`,
    StatusCallback: expect.stringContaining("http://localhost:4710/providers/twilio/"),
  });
  const [user, password] = Buffer.from(call!.headers.authorization!.slice(6), "base64").toString().split(":");
  expect([user, password]).toEqual([SID, `sms-token-of-${shop.id}`]);
});

test.each([
  ["a number that reaches nobody bounces for good", 400, 21211, "bounced", "suppressed"],
  ["a wrong token is told to the merchant and tried again", 401, 20003, "queued", null],
  ["a busy Twilio is asked again", 429, 20429, "queued", null],
  ["a text that Twilio refuses fails", 400, 21617, "failed", null],
])("%s", async (_name, status, code, state, next) => {
  const { shop, order } = await aShopThatTexts();
  await aChannel(shop, "sms");
  provider.answer = () => ({ status, body: { code, message: "as told", status } });
  const first = await sendQueued(shop, await queue(shop, order, "sms"), ports());
  expect(first.state).toBe(state);
  const again = await queue(shop, order, "sms", { dedupeKey: "again" });
  expect("reason" in again ? again.reason : null).toBe(next);
  const account = await inShop(shop.id, (tx) => tx.channelAccount.findFirst());
  expect(account!.error).toBe(status === 401 ? "as told (20003)" : null);
});

test("a number that said STOP before we were connected is left alone until START", async () => {
  const [a, b] = [await aShopThatTexts(), await aShopThatTexts()];
  await aChannel(a.shop, "sms");
  await aChannel(b.shop, "sms");
  provider.answer = () => ({ status: 400, body: { code: 21610, message: "unsubscribed", status: 400 } });
  const refused = await sendQueued(a.shop, await queue(a.shop, a.order, "sms"), ports());
  expect(refused).toMatchObject({ state: "bounced", reason: "unsubscribed (21610)" });
  expect(await queue(a.shop, a.order, "sms", { dedupeKey: "2" })).toMatchObject({ reason: "suppressed" });
  expect((await queue(b.shop, b.order, "sms")).status).toBe("queued");

  const start = { channel: "sms", phone: PHONE, word: "START", sourceKey: "SM9", now: NOW } as const;
  await inShop(b.shop.id, (tx) => recordStop(tx, b.shop.id, start, keys));
  expect(await queue(a.shop, a.order, "sms", { dedupeKey: "3" })).toMatchObject({ reason: "suppressed" });
  await inShop(a.shop.id, (tx) => recordStop(tx, a.shop.id, start, keys));
  expect((await queue(a.shop, a.order, "sms", { dedupeKey: "4" })).status).toBe("queued");
});

test("an answer that is lost leaves an SMS unknown: Twilio takes no idempotency key", async () => {
  const { shop, order } = await aShopThatTexts();
  await aChannel(shop, "sms");
  provider.answer = () => "drop";
  expect((await sendQueued(shop, await queue(shop, order, "sms"), ports())).state).toBe("unknown");
});

test("WhatsApp needs an agreement, SMS about an order only that nobody said STOP", async () => {
  const { shop, order } = await aShopThatTexts();
  await aChannel(shop, "sms");
  await aChannel(shop, "whatsapp");
  expect(await queue(shop, order, "whatsapp")).toMatchObject({ reason: "no-consent" });
  await consent(shop, { channel: "whatsapp", address: PHONE, state: "subscribed" });
  const sent = await sendQueued(shop, await queue(shop, order, "whatsapp", { dedupeKey: "w" }), ports());
  expect(sent.state).toBe("sent");
  const form = new URLSearchParams(provider.calls[0]!.body.toString());
  expect([form.get("To"), form.get("From")]).toEqual([`whatsapp:${PHONE}`, "whatsapp:+4915550001111"]);

  const stop = { channel: "sms", phone: PHONE, word: "Stop", sourceKey: "SM9", now: NOW } as const;
  await inShop(shop.id, (tx) => recordStop(tx, shop.id, stop, keys));
  expect(await queue(shop, order, "sms")).toMatchObject({ reason: "suppressed" });
});

test("a channel is off until it is set up, and a template needs a short text for it", async () => {
  const shop = await aShop();
  const order = await anOrderToTell(shop, { phone: PHONE });
  expect(await queue(shop, order, "sms")).toMatchObject({ reason: "channel-off" });
  await aChannel(shop, "sms");
  await aShortText(shop, "shipped", "");
  expect(await queue(shop, order, "sms", { dedupeKey: "2" })).toMatchObject({ reason: "no-short-text" });
  await aShortText(shop, "shipped", "On its way");
  expect((await queue(shop, order, "sms", { dedupeKey: "3" })).status).toBe("queued");
  const local = await anOrderToTell(shop, { phone: "0151 1234567" });
  expect(await queue(shop, local, "sms")).toMatchObject({ reason: "no-address" });
});

test("the first channel that reaches the person is taken; asked again, it stays one message", async () => {
  const { shop, order } = await aShopThatTexts();
  const person = { customerGid: order.customerGid, orderGid: order.gid };
  const wanted: Channel[] = ["push", "whatsapp", "sms", "email"];
  const ask = () =>
    inShop(shop.id, (tx) =>
      reachable(tx, shop.id, { ...person, templateKey: "shipped", purpose: "transactional" }, wanted, keys),
    );
  expect(await ask()).toBe("email");
  await aChannel(shop, "sms");
  await aChannel(shop, "push");
  expect(await ask()).toBe("sms");
  const message = { dedupeKey: "step-1", templateKey: "shipped", locale: "en", ...person } as const;
  const first = () =>
    inShop(shop.id, (tx) => queueOnFirst(tx, shop.id, message, wanted, { ...keys, now: NOW }));
  expect(await first()).toMatchObject({ status: "queued" });
  await aSubscription(shop, aBrowser("https://push.example/1"), person);
  expect(await ask()).toBe("push");
  expect(await first()).toEqual({ status: "already-queued" });
  await inShop(shop.id, (tx) =>
    suppress(tx, shop.id, { channel: "email", address: order.email!, reason: "staff", now: NOW }, keys),
  );
  const byMailOnly = await inShop(shop.id, (tx) =>
    queueOnFirst(tx, shop.id, { ...message, dedupeKey: "step-2" }, ["email"], { ...keys, now: NOW }),
  );
  expect(byMailOnly).toMatchObject({ status: "suppressed", reason: "suppressed" });
});

test("the first channel that reaches somebody for marketing is the one that their country's rule allows", async () => {
  const shop = await aShop();
  const order = await anOrderToTell(shop, { phone: PHONE, country: "DE" });
  const customer = { customerGid: order.customerGid, orderGid: order.gid };
  await aShortText(shop, "win-back", "We miss you");
  await aChannel(shop, "sms");
  const ask = (channels: Channel[]) =>
    inShop(shop.id, (tx) =>
      reachable(tx, shop.id, { ...customer, templateKey: "win-back", purpose: "marketing" }, channels, keys),
    );
  const rule = (rules: CountryRules) =>
    inShop(shop.id, (tx) =>
      saveContactSettings(
        tx,
        shop.id,
        { limits: DEFAULT_LIMITS, doubleOptIn: "nobody", countries: rules },
        NOW,
      ),
    );
  expect(await ask(["sms", "email"])).toBeNull();
  await rule({ DE: "unless-left" });
  expect(await ask(["sms", "email"])).toBe("email");
  await rule({ DE: "confirmed" });
  await consent(shop, { channel: "email", address: order.email!, state: "subscribed" });
  await consent(shop, { channel: "sms", address: PHONE, state: "subscribed" });
  expect(await ask(["email", "sms"])).toBe("sms");
});

test("a customer without an order is told too", async () => {
  const { shop, order } = await aShopThatTexts();
  await aShortText(shop, "thank-you", "Hello {{ customer.first_name }}");
  await inShop(shop.id, (tx) => tx.customer.updateMany({ data: { phone: PHONE } }));
  await aChannel(shop, "sms");
  const queued = await queue(shop, order, "sms", {
    templateKey: "thank-you",
    orderGid: null,
    dedupeKey: "b",
  });
  expect((await sendQueued(shop, queued, ports())).state).toBe("sent");
  expect(new URLSearchParams(provider.calls[0]!.body.toString()).get("Body")).toBe("Hello Ada");
});

test("a notification reaches the browser encrypted for it, and a browser that is gone is forgotten", async () => {
  const { shop, order } = await aShopThatTexts();
  await aChannel(shop, "push");
  const browser = aBrowser(`${provider.url}/push/1`);
  await aSubscription(shop, browser, { customerGid: order.customerGid, orderGid: order.gid });
  const stored = await inShop(shop.id, (tx) => tx.pushSubscription.findFirst());
  expect(JSON.stringify(stored)).not.toContain("/push/1");
  const sent = await sendQueued(shop, await queue(shop, order, "push"), ports());
  expect(sent.state).toBe("sent");
  const [call] = provider.calls;
  expect(call!.headers).toMatchObject({ "content-encoding": "aes128gcm", ttl: "259200" });
  expect(call!.headers.authorization).toMatch(/^vapid t=[\w-]+\.[\w-]+\.[\w-]+, k=[\w-]{87}$/);
  const shown = JSON.parse(decrypt(call!.body, browser));
  expect(shown).toMatchObject({ title: shop.name, body: `${order.name} is on its way, Ada`, tag: sent.id });
  expect(shown.url).toMatch(/^http:\/\/localhost:4710\/m\/c\//);

  provider.answer = () => ({ status: 410 });
  const gone = await sendQueued(shop, await queue(shop, order, "push", { dedupeKey: "2" }), ports());
  expect(gone.state).toBe("bounced");
  expect(await inShop(shop.id, (tx) => tx.pushSubscription.count())).toBe(0);
});

/** What a browser does with a message (RFC 8291). */
function decrypt(body: Buffer, { ecdh, auth }: ReturnType<typeof aBrowser>): string {
  const salt = body.subarray(0, 16);
  const length = body[20]!;
  const server = body.subarray(21, 21 + length);
  const derive = (key: Buffer, from: Buffer, info: Buffer, size: number) =>
    Buffer.from(hkdfSync("sha256", key, from, info, size));
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), ecdh.getPublicKey(), server]);
  const secret = derive(ecdh.computeSecret(server), auth, info, 32);
  const key = derive(secret, salt, Buffer.from("Content-Encoding: aes128gcm\0"), 16);
  const nonce = derive(secret, salt, Buffer.from("Content-Encoding: nonce\0"), 12);
  const record = body.subarray(21 + length);
  const decipher = createDecipheriv("aes-128-gcm", key, nonce);
  decipher.setAuthTag(record.subarray(-16));
  const plain = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
  return plain.subarray(0, plain.lastIndexOf(2)).toString();
}

test("the encryption is the one of RFC 8291, appendix A", () => {
  const sealed = encryptPush(
    "When I grow up, I want to be a watermelon",
    {
      p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
      auth: "BTBZMqHH6r4Tts7J_aSIgg",
    },
    {
      salt: Buffer.from("DGv6ra1nlYgDCS1FRnbzlw", "base64url"),
      privateKey: Buffer.from("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw", "base64url"),
    },
  );
  expect(sealed.toString("base64url")).toBe(
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
  );
});

test("a webhook is signed, carries its key, and is tried again with the same one", async () => {
  const { shop, order } = await aShopThatTexts();
  await aChannel(shop, "webhook", { config: { url: `${provider.url}/hook` } });
  const call = { dedupeKey: "h", customerGid: null, orderGid: order.gid, data: { points: 5 } };
  const queued = await inShop(shop.id, (tx) => queueWebhook(tx, shop.id, call, { ...keys, now: NOW }));
  provider.answer = () => ({ status: 500 });
  const waiting = await sendQueued(shop, queued, ports());
  expect(waiting).toMatchObject({ state: "queued", dueAt: new Date(NOW.getTime() + 60_000) });
  // An answer that is lost is no reason to give up: the receiver knows the key.
  provider.answer = () => "drop";
  const later = new Date(NOW.getTime() + 60_000);
  expect((await sendQueued(shop, queued, ports(later))).state).toBe("queued");
  provider.answer = () => ({ status: 204 });
  const latest = new Date(NOW.getTime() + 3_600_000);
  expect((await sendQueued(shop, queued, ports(latest))).state).toBe("sent");

  expect(new Set(provider.calls.map(({ headers }) => headers["idempotency-key"]))).toEqual(
    new Set([waiting.id]),
  );
  const { headers, body } = provider.calls[2]!;
  const timestamp = String(headers["x-postlude-timestamp"]);
  const signature = signWebhook(`webhook-secret-of-${shop.id}`, timestamp, body.toString());
  expect(headers["x-postlude-signature"]).toBe(`sha256=${signature}`);
  expect(JSON.parse(body.toString())).toMatchObject({ orderGid: order.gid, data: { points: 5 } });
});

test("webhooks never reach into our own network", async () => {
  const { shop } = await aShopThatTexts();
  await aChannel(shop, "webhook", { config: { url: `${provider.url}/hook` } });
  const call = { dedupeKey: "x", customerGid: null, orderGid: null, data: {} };
  const queued = await inShop(shop.id, (tx) => queueWebhook(tx, shop.id, call, { ...keys, now: NOW }));
  const inProduction = testPorts({ allowPrivate: false });
  expect((await sendQueued(shop, queued, inProduction)).state).toBe("failed");
  expect(provider.calls).toHaveLength(0);

  for (const url of [
    "http://erp.example/hook",
    "https://localhost/x",
    "https://127.1/x",
    "https://2130706433/x",
    "https://[::1]/x",
    "https://[::ffff:10.0.0.1]/x",
    "https://169.254.169.254/latest/meta-data",
    "https://10.1.2.3/x",
    "https://db.internal/x",
    "https://user:password@erp.example/x",
    "ftp://erp.example/x",
    "nonsense",
  ]) {
    expect(problemOfUrl(url, false), url).not.toBeNull();
  }
  expect(problemOfUrl("https://erp.example/hook", false)).toBeNull();
  expect(["100.64.1.1", "fd00::1", "fe80::1", "2001:db8::1", "224.0.0.1"].map(isPrivate)).not.toContain(
    false,
  );
  expect(["93.184.215.14", "2606:4700::1111"].map(isPrivate)).not.toContain(true);
});

test("the inbox and the list of calls are written once, and only the person's own", async () => {
  const { shop, order } = await aShopThatTexts();
  const [other] = [await aShop()];
  await aChannel(shop, "inbox");
  await aChannel(shop, "phone");
  const inboxed = await sendQueued(shop, await queue(shop, order, "inbox"), ports());
  const task = await sendQueued(shop, await queue(shop, order, "phone"), ports());
  expect([inboxed.state, task.state]).toEqual(["sent", "sent"]);
  const tasks = await inShop(shop.id, (tx) => tx.phoneTask.findMany());
  expect(tasks).toMatchObject([{ phone: PHONE, note: `${order.name} is on its way, Ada`, doneAt: null }]);

  const mine = { customerGid: order.customerGid, orderGid: null };
  const [entry] = await inShop(shop.id, (tx) => inboxOf(tx, shop.id, mine, NOW));
  expect(entry).toMatchObject({ body: `${order.name} is on its way, Ada`, readAt: null });
  const stranger = { customerGid: "gid://shopify/Customer/1", orderGid: null };
  const act = { messageId: entry!.messageId, act: "dismiss", now: NOW } as const;
  expect(await inShop(shop.id, (tx) => inboxOf(tx, shop.id, stranger, NOW))).toEqual([]);
  expect(await inShop(shop.id, (tx) => markInbox(tx, shop.id, stranger, act))).toEqual({ status: "unknown" });
  expect(await inShop(other.id, (tx) => markInbox(tx, other.id, mine, act))).toEqual({ status: "unknown" });
  expect(await inShop(shop.id, (tx) => markInbox(tx, shop.id, mine, act))).toEqual({ status: "ok" });
  expect(await inShop(shop.id, (tx) => inboxOf(tx, shop.id, mine, NOW))).toEqual([]);
  expect((await messageOf(shop, inboxed.id)).state).toBe("delivered");
});

test("a worker lost in mid-call: what can be repeated is, the rest is listed", async () => {
  const { shop, order } = await aShopThatTexts();
  await aChannel(shop, "sms");
  await aChannel(shop, "webhook", { config: { url: `${provider.url}/hook` } });
  const call = { dedupeKey: "lost", customerGid: null, orderGid: order.gid, data: {} };
  const hook = await inShop(shop.id, (tx) => queueWebhook(tx, shop.id, call, { ...keys, now: NOW }));
  const sms = await queue(shop, order, "sms");
  await inShop(shop.id, (tx) => tx.message.updateMany({ data: { state: "sending", sendingAt: NOW } }));
  const later = ports(new Date(NOW.getTime() + 11 * 60_000));
  await messagesSweeps.find(({ name }) => name === "messages.find-ambiguous")!.run(later);
  const state = async (queued: typeof hook) =>
    (await messageOf(shop, "messageId" in queued ? queued.messageId : "")).state;
  expect([await state(hook), await state(sms)]).toEqual(["queued", "unknown"]);
});

test("a marketing notification whose worker died does not stand in its own way", async () => {
  const [a, b] = [await aShopThatTexts(), await aShopThatTexts()];
  const lost = [];
  for (const { shop, order } of [a, b]) {
    await aChannel(shop, "push");
    const whose = { customerGid: order.customerGid, orderGid: order.gid };
    await aSubscription(shop, aBrowser(`${provider.url}/push/1`), whose, "Yes, send me news");
    const templateKey = await aMarketingTemplate(shop);
    await aShortText(shop, templateKey, "News");
    const queued = await queue(shop, order, "push", { templateKey });
    if (!("messageId" in queued)) throw new Error(queued.status);
    const { messageId } = queued;
    await inShop(shop.id, (tx) => claimMessage(tx, shop.id, messageId, { ...keys, now: NOW }));
    lost.push({ shop, queued });
  }
  const [mine, theirs] = lost as [(typeof lost)[0], (typeof lost)[0]];
  const later = new Date(NOW.getTime() + 11 * 60_000);
  // One shop cannot settle what is another's.
  await inShop(b.shop.id, (tx) => settleLost(tx, b.shop.id, mine.queued.messageId, later));
  const touches = (shop: Shop) => inShop(shop.id, (tx) => tx.touch.count());
  expect([await touches(a.shop), await touches(b.shop)]).toEqual([1, 1]);

  await messagesSweeps.find(({ name }) => name === "messages.find-ambiguous")!.run(ports(later));
  for (const { shop, queued } of [mine, theirs]) {
    expect(await sendQueued(shop, queued, ports(later))).toMatchObject({ state: "sent", attempts: 2 });
    expect(await touches(shop)).toBe(1);
  }
});

test("shops have their own accounts: one's channel is not the other's", async () => {
  const [a, b] = [await aShopThatTexts(), await aShopThatTexts()];
  await aChannel(a.shop, "sms");
  expect(await queue(b.shop, b.order, "sms")).toMatchObject({ reason: "channel-off" });
  await aChannel(b.shop, "sms", { config: { accountSid: SID, from: "+4915550002222" }, secret: "b-secret" });
  await sendQueued(a.shop, await queue(a.shop, a.order, "sms"), ports());
  await sendQueued(b.shop, await queue(b.shop, b.order, "sms", { dedupeKey: "2" }), ports());
  const from = provider.calls.map(({ body }) => new URLSearchParams(body.toString()).get("From"));
  expect(from).toEqual(["+4915550001111", "+4915550002222"]);
});
