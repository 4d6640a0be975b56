import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { recordConsent, suppress } from "#app/contact-policy/contact-policy.server";
import { inShop } from "#app/db/in-shop.server";
import type { Order, Shop } from "#app/generated/prisma/client";
import { startQueue, stopQueue } from "#app/queue/queue.server";

import { messagesJobs, messagesSweeps } from "#app/worker/messages-jobs.server";
import type { Ports } from "#app/worker/ports.server";
import { anOrderToTell, aMailServer, smtpError, type TestMailServer } from "../../tests/factories/messages";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";
import { closeSmtp } from "./channels/smtp.server";
import { messageResults, queueMessage, saveTemplate, restoreVersion, liveTemplate } from "./messages.server";
import { DEFAULT_TEMPLATES, type TemplateKey } from "./default-templates";

const NOW = new Date("2026-11-22T12:00:00Z");
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

function queue(
  shop: Shop,
  order: Order,
  options: { key?: TemplateKey; recipient?: string; now?: Date } = {},
) {
  const key = options.key ?? "thank-you";
  return inShop(shop.id, (tx) =>
    queueMessage(
      tx,
      shop.id,
      {
        dedupeKey: `${key}:${order.gid}`,
        templateKey: key,
        orderGid: order.gid,
        customerGid: order.customerGid,
        recipient: options.recipient ?? order.email,
        locale: order.locale,
      },
      { secret: ports().secret, now: options.now ?? NOW },
    ),
  );
}

async function send(shop: Shop, result: Awaited<ReturnType<typeof queue>>, now = NOW) {
  if (!("messageId" in result)) throw new Error(`not in the outbox: ${result.status}`);
  await messagesJobs(ports(now))["messages.send"]({ shopId: shop.id, messageId: result.messageId });
  return messageOf(shop, result.messageId);
}

function messageOf(shop: Shop, id: string) {
  return inShop(shop.id, (tx) =>
    tx.message.findUniqueOrThrow({ where: { shopId_id: { shopId: shop.id, id } } }),
  );
}

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
  const off = await aShop({}, { surfaces: { "thank-you": true, "order-status": true, message: false } });
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

test("an edit counts for the next mail; what was sent keeps its version; old versions come back", async () => {
  const shop = await aShop();
  const { content } = DEFAULT_TEMPLATES["thank-you"];
  const edit = (subject: string) =>
    inShop(shop.id, (tx) =>
      saveTemplate(tx, shop.id, "thank-you", {
        content: { ...content, subject: { en: subject } },
        author: "",
        now: NOW,
      }),
    );
  expect(await edit("Cheers {{ customer.first_name }}")).toEqual({ status: "saved", version: 1 });
  const first = await send(
    shop,
    await queue(shop, await anOrderToTell(shop, { customer: { firstName: "Grace" } })),
  );
  expect([first.templateVersion, server.mails[0]!.subject]).toEqual([1, "Cheers Grace"]);
  expect(await edit("{% for x in y %}")).toMatchObject({
    status: "invalid",
    problems: [{ field: "subject.en" }],
  });
  expect(await edit("Bye")).toEqual({ status: "saved", version: 2 });
  const restore = (version: number) =>
    inShop(shop.id, (tx) => restoreVersion(tx, shop.id, "thank-you", { version, author: "", now: NOW }));
  expect(await restore(1)).toEqual({ status: "saved", version: 3 });
  expect(await restore(99)).toEqual({ status: "unknown-version" });
  const live = await inShop(shop.id, (tx) => liveTemplate(tx, shop.id, "thank-you"));
  expect(live.content.subject).toEqual({ en: "Cheers {{ customer.first_name }}" });
  const other = await aShop();
  expect((await inShop(other.id, (tx) => liveTemplate(tx, other.id, "thank-you"))).version).toBe(0);
});

test("results count what was sent, what bounced and why the rest was not sent", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  await send(shop, await queue(shop, await anOrderToTell(shop)));
  await queue(shop, await anOrderToTell(shop), { recipient: "nobody" });
  server.rules.onRecipient = () => smtpError(550, "no such user");
  await send(shop, await queue(shop, await anOrderToTell(shop)));
  const period = { from: NOW, to: new Date(NOW.getTime() + 1) };
  const results = await inShop(shop.id, (tx) => messageResults(tx, shop.id, period));
  expect(results).toMatchObject({ sent: 1, delivered: 1, bounced: 1, suppressed: { "no-address": 1 } });
  expect(await inShop(other.id, (tx) => messageResults(tx, other.id, period))).toMatchObject({
    sent: 0,
    suppressed: {},
  });
});

test("marketing in a transactional mail reaches only those who agreed", async () => {
  const shop = await aShop();
  const { content } = DEFAULT_TEMPLATES["thank-you"];
  const line = (en: string) => ({ en });
  const fields = {
    heading: line("Ten percent off"),
    text: line("Only now"),
    button: line("Shop"),
    url: line("https://tea.example/"),
  };
  const withMarketing = {
    ...content,
    blocks: [...content.blocks, { id: "m", type: "marketing" as const, fields }],
  };
  await inShop(shop.id, (tx) =>
    saveTemplate(tx, shop.id, "thank-you", { content: withMarketing, author: "", now: NOW }),
  );
  const [agreed, silent] = [await anOrderToTell(shop), await anOrderToTell(shop)];
  const consent = {
    channel: "email",
    address: agreed.email!,
    customerGid: agreed.customerGid,
    state: "subscribed",
  } as const;
  await inShop(shop.id, (tx) =>
    recordConsent(
      tx,
      shop.id,
      { ...consent, source: "shopify", changedAt: NOW, sourceKey: "agreed" },
      ports(),
    ),
  );
  for (const order of [agreed, silent]) await send(shop, await queue(shop, order));
  expect(mailsTo(agreed)[0]!.html).toContain("Ten percent off");
  expect(mailsTo(silent)[0]!.html).not.toContain("Ten percent off");
  expect(mailsTo(silent)[0]!.text).not.toContain("Ten percent off");
  const touches = await inShop(shop.id, (tx) => tx.touch.findMany({ where: { marketing: true } }));
  expect(touches.map((touch) => touch.personKey)).toEqual([agreed.customerGid]);
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
  return {
    logoUrl: "",
    primaryColor: "#1f4d3d",
    senderName: "",
    replyTo: "",
    postalAddress: "Hauptstr. 1, Berlin",
  };
}
