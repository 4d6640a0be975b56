import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { recordConsent, suppress } from "#app/contact-policy/contact-policy.server";
import { inShop } from "#app/db/in-shop.server";
import type { Order, Shop } from "#app/generated/prisma/client";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { BrandSchema, SurfacesSchema } from "#app/shops/settings";

import { messagesJobs, messagesSweeps } from "#app/worker/messages-jobs.server";
import type { Ports } from "#app/worker/ports.server";
import { aMarketingTemplate, aShopWithBuyers, buyerGid } from "../../tests/factories/campaigns";
import {
  anOrderToTell,
  aMailServer,
  aParcelToTell,
  smtpError,
  type TestMailServer,
} from "../../tests/factories/messages";
import { messageOf, NOW, queueMail, sendQueued } from "../../tests/factories/outbox";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";
import { closeSmtp } from "./channels/smtp.server";
import { queueMessage, sendAgain, type QueueResult } from "./messages.server";

let server: TestMailServer;

beforeAll(async () => {
  await startQueue("web");
  server = await aMailServer();
});
afterEach(() => {
  server.mails.length = 0;
  server.rules = {};
});
afterAll(async () => {
  closeSmtp();
  await server.stop();
  await stopQueue();
});

function ports(now = NOW): Ports {
  return testPorts({ smtpUrl: server.url, now: () => now });
}

const queue = queueMail;
const send = (shop: Shop, result: QueueResult, now = NOW) => sendQueued(shop, result, ports(now));

/** Sweeps work for all shops, also for those of the other tests. */
function mailsTo(order: Order) {
  return server.mails.filter((mail) => mail.recipients.includes(order.email!));
}

async function sweep(name: string, now: Date): Promise<void> {
  await messagesSweeps.find((one) => one.name === name)!.run(ports(now));
}

test("a thank-you mail arrives once, in the shopper's language, with all its headers", async () => {
  const shop = await aShop(
    { name: "Tea House" },
    { locales: ["en", "de"], brand: { ...brand(), replyTo: "help@tea.example" } },
  );
  const order = await anOrderToTell(shop, { locale: "de-AT", customer: { firstName: "Ada" } });
  const queued = await queue(shop, order);
  expect(await queue(shop, order)).toEqual({ status: "already-queued" });

  const sent = await send(shop, queued);
  await send(shop, queued);
  expect(sent).toMatchObject({ state: "sent", templateVersion: 0, locale: "de", attempts: 1 });
  expect(server.mails).toHaveLength(1);
  const mail = server.mails[0]!;
  expect(mail.subject).toBe(`Danke für Ihre Bestellung ${order.name}`);
  expect(mail.from).toMatchObject({ name: "Tea House", address: "post@shop.example" });
  expect(mail.replyTo?.[0]?.address).toBe("help@tea.example");
  expect(mail.recipients).toEqual([order.email]);
  expect(mail.messageId).toBe(`<${sent.id}.${shop.id}@shop.example>`);
  expect(mail.header("list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
  expect(mail.header("list-unsubscribe")).toMatch(/^<http:\/\/localhost:4710\/u\/[\w.-]+>$/);
  expect(mail.text).toContain("Earl Grey (Menge: 2)");
  expect(mail.text).toContain("25,00");
  expect(mail.html).toContain("Hauptstr. 1, Berlin");
  expect(mail.html).not.toContain(order.statusUrl!);
});

test("a mail about a parcel that no sweep has seen yet tells the day, and that is what was promised", async () => {
  const shop = await aShop();
  const order = await anOrderToTell(shop, { placedAt: new Date(NOW.getTime() - 3_600_000) });
  const { id, shippedAt } = await aParcelToTell(shop, order, { shippedAt: NOW, forecastDueAt: NOW });
  await send(shop, await queue(shop, order, { key: "shipped", parcelId: id }));

  const where = { shopId: shop.id, parcelId: id };
  const { parcel, promises } = await inShop(shop.id, async (tx) => ({
    parcel: await tx.parcel.findUniqueOrThrow({ where: { shopId_id: { shopId: shop.id, id } } }),
    promises: await tx.deliveryPromise.findMany({ where }),
  }));
  expect(parcel.likelyAt!.getTime()).toBeGreaterThan(shippedAt.getTime());
  expect(server.mails[0]!.text).toContain("Expected by");
  const { earliestAt, latestAt } = parcel;
  expect(promises).toMatchObject([{ channel: "email", earliestAt, latestAt }]);
});

test("an address that takes no mail bounces, and is never tried again", async () => {
  const shop = await aShop();
  server.rules.onRecipient = () => smtpError(550, "no such user");
  const bounced = await send(
    shop,
    await queue(shop, await anOrderToTell(shop, { email: "gone@buyer.example", customerGid: null })),
  );
  expect(bounced).toMatchObject({ state: "bounced" });
  const next = await queue(
    shop,
    await anOrderToTell(shop, { email: "Gone@buyer.example", customerGid: null }),
  );
  expect(next).toMatchObject({ status: "suppressed", reason: "suppressed" });

  const other = await aShop();
  expect((await queue(other, await anOrderToTell(other, { email: "gone@buyer.example" }))).status).toBe(
    "queued",
  );
});

test.each([
  [554, "5.7.1 <ada@buyer.example>: Relay access denied"],
  [550, "5.7.1 Service unavailable; client [192.0.2.7] blocked using zen.spamhaus.org"],
  [552, "5.2.2 mailbox full"],
])("%i %s at the recipient is shown and tried again, and costs nobody their address", async (code, words) => {
  const shop = await aShop();
  server.rules.onRecipient = () => smtpError(code, words);
  const order = await anOrderToTell(shop);
  const refused = await send(shop, await queue(shop, order));
  const dueAt = new Date("2026-11-22T12:01:00Z");
  expect(refused).toMatchObject({ state: "queued", dueAt, reason: expect.stringContaining(words) });
  expect((await queue(shop, order, { key: "shipped" })).status).toBe("queued");

  server.rules = {};
  await sweep("messages.send-due", dueAt);
  expect(await messageOf(shop, refused.id)).toMatchObject({ state: "sent", reason: null });
});

test("a refusal that is never mended ends as failed, the address untouched", async () => {
  const shop = await aShop();
  server.rules.onRecipient = () => smtpError(554, "5.7.1 Relay access denied");
  const order = await anOrderToTell(shop);
  const queued = await queue(shop, order);
  let message = await send(shop, queued);
  while (message.state === "queued") message = await send(shop, queued, message.dueAt);
  expect(message).toMatchObject({ state: "failed", attempts: 8 });
  expect((await queue(shop, order, { key: "shipped" })).status).toBe("queued");
});

test("a busy server is tried again later, and only later", async () => {
  const shop = await aShop();
  server.rules.onMail = () => smtpError(451, "try again");
  const order = await anOrderToTell(shop);
  const waiting = await send(shop, await queue(shop, order));
  expect(waiting).toMatchObject({ state: "queued", attempts: 1, dueAt: new Date("2026-11-22T12:01:00Z") });

  server.rules = {};
  await sweep("messages.send-due", new Date("2026-11-22T12:00:59Z"));
  expect(mailsTo(order)).toHaveLength(0);
  await sweep("messages.send-due", new Date("2026-11-22T12:01:00Z"));
  expect(mailsTo(order)).toHaveLength(1);
  expect(await messageOf(shop, waiting.id)).toMatchObject({ state: "sent", attempts: 2 });
});

test("a mail refused for what it says fails without blaming the address", async () => {
  const shop = await aShop();
  server.rules.onMail = () => smtpError(554, "looks like spam");
  const order = await anOrderToTell(shop);
  expect(await send(shop, await queue(shop, order))).toMatchObject({
    state: "failed",
    reason: expect.stringContaining("spam"),
  });
  expect((await queue(shop, order, { key: "shipped" })).status).toBe("queued");
});

test("a server that vanishes after taking the mail leaves it unknown, never sent again by itself", async () => {
  const shop = await aShop();
  server.rules.onMail = () => "drop";
  const order = await anOrderToTell(shop);
  const lost = await send(shop, await queue(shop, order));
  expect(lost.state).toBe("unknown");
  server.rules = {};
  await sweep("messages.send-due", new Date("2026-11-23T12:00:00Z"));
  expect(mailsTo(order)).toHaveLength(1);
});

test("marketing of unknown fate that is sent again does not stand in its own way", async () => {
  const [shop, other] = [await aShopWithBuyers(1), await aShopWithBuyers(1)];
  const ask = async (to: Shop, dedupeKey: string) => {
    const templateKey = await aMarketingTemplate(to);
    const news = { dedupeKey, templateKey, customerGid: buyerGid(0), orderGid: null, locale: "en" };
    return inShop(to.id, (tx) => queueMessage(tx, to.id, news, { secret: ports().secret, now: NOW }));
  };
  server.rules.onMail = () => "drop";
  const lost = await send(shop, await ask(shop, "news"));
  const theirs = await send(other, await ask(other, "news"));
  expect([lost.state, theirs.state]).toEqual(["unknown", "unknown"]);
  server.rules = {};

  const later = new Date("2026-11-22T13:00:00Z");
  expect(await inShop(other.id, (tx) => sendAgain(tx, other.id, lost.id, later))).toEqual({
    status: "not-unknown",
  });
  expect((await inShop(shop.id, (tx) => sendAgain(tx, shop.id, lost.id, later))).status).toBe("queued");
  const waiting = { state: "queued" } as const;
  const again = await inShop(shop.id, (tx) => tx.message.findFirstOrThrow({ where: waiting }));
  await messagesJobs(ports(later))["messages.send"]({ shopId: shop.id, messageId: again.id });
  expect(await messageOf(shop, again.id)).toMatchObject({ state: "sent", reason: null });
  // The two count as one, and as one they still take the day's place. Elsewhere nothing was taken back.
  const touches = (of: Shop) =>
    inShop(of.id, (tx) => tx.touch.count({ where: { marketing: true, personKey: buyerGid(0) } }));
  expect([await touches(shop), await touches(other)]).toEqual([1, 1]);
  expect(await ask(shop, "more news")).toMatchObject({ reason: "marketing-cap-day" });
});

test("nobody is mailed who must not be: suppressed, unsubscribed from the type, mails off, template off, bad address", async () => {
  const shop = await aShop();
  const order = await anOrderToTell(shop);
  await inShop(shop.id, (tx) =>
    suppress(
      tx,
      shop.id,
      { channel: "email", address: order.email!, reason: "complaint", now: NOW },
      ports(),
    ),
  );
  expect(await queue(shop, order)).toMatchObject({ reason: "suppressed" });
  const off = await aShop({}, { surfaces: SurfacesSchema.parse({ message: false }) });
  expect(await queue(off, await anOrderToTell(off))).toMatchObject({ reason: "messages-off" });
  for (const recipient of [
    "",
    "v@x.example\r\nBCC: evil@y.example",
    "a@b.example, c@d.example",
    "group: a@b.example;",
  ]) {
    expect(await queue(shop, await anOrderToTell(shop), { recipient })).toMatchObject({
      reason: "no-address",
    });
  }
  expect(server.mails).toHaveLength(0);
});

test("what changes between queueing and sending counts: a suppression, an uninstall", async () => {
  const shop = await aShop();
  const order = await anOrderToTell(shop);
  const queued = await queue(shop, order);
  await inShop(shop.id, (tx) =>
    suppress(tx, shop.id, { channel: "email", address: order.email!, reason: "staff", now: NOW }, ports()),
  );
  expect(await send(shop, queued)).toMatchObject({ state: "suppressed", reason: "suppressed" });

  const second = await anOrderToTell(shop);
  const stillQueued = await queue(shop, second);
  await inShop(shop.id, (tx) => tx.shop.update({ where: { id: shop.id }, data: { status: "uninstalled" } }));
  expect(await send(shop, stillQueued)).toMatchObject({ state: "suppressed", reason: "uninstalled" });
  expect(server.mails).toHaveLength(0);
});

test("text from outside cannot become markup, a header or a second recipient", async () => {
  const shop = await aShop();
  const evil = `<script>alert(1)</script>"'&{{ shop.email }}\r\nBcc: evil@y.example\u202e`;
  const order = await anOrderToTell(shop, {
    name: evil,
    customer: { firstName: evil },
    lines: [{ title: evil, quantity: 1, priceMinor: 100 }],
  });
  await send(shop, await queue(shop, order));
  const mail = server.mails[0]!;
  expect(mail.html).not.toContain("<script>alert");
  expect(mail.html).toContain("&lt;script&gt;");
  expect(mail.html).toContain("{{ shop.email }}");
  expect(mail.header("bcc")).toBeUndefined();
  expect(mail.subject).not.toMatch(/[\r\n\u202e]/);
  expect(mail.recipients).toEqual([order.email]);
});

test("two shops with the same order and address know nothing of each other", async () => {
  const [a, b] = [await aShop(), await aShop()];
  const shared = { gid: "gid://shopify/Order/77", email: "both@buyer.example" };
  const orderA = await anOrderToTell(a, shared);
  const orderB = await anOrderToTell(b, shared);
  const queuedA = await queue(a, orderA);
  expect((await queue(b, orderB)).status).toBe("queued");
  if (!("messageId" in queuedA)) throw new Error("not queued");
  // Shop B's number with shop A's message: nothing there to send.
  await messagesJobs(ports())["messages.send"]({ shopId: b.id, messageId: queuedA.messageId });
  expect(server.mails).toHaveLength(0);
  await inShop(a.id, (tx) =>
    recordConsent(
      tx,
      a.id,
      {
        channel: "email",
        address: "both@buyer.example",
        customerGid: null,
        state: "unsubscribed",
        source: "one-click",
        changedAt: NOW,
        sourceKey: "x",
      },
      ports(),
    ),
  );
  const seenByB = await inShop(b.id, (tx) => tx.consent.count());
  expect(seenByB).toBe(0);
});

function brand() {
  return BrandSchema.parse({ postalAddress: "Hauptstr. 1, Berlin" });
}
