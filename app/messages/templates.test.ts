import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { recordConsent } from "#app/contact-policy/contact-policy.server";
import { inShop } from "#app/db/in-shop.server";
import type { Order, Shop } from "#app/generated/prisma/client";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { anOrderToTell, aMailServer, smtpError, type TestMailServer } from "../../tests/factories/messages";
import { NOW, queueMail, sendQueued } from "../../tests/factories/outbox";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";
import { BrandSchema, LOCALES, type Locale } from "#app/shops/settings";
import type { Content, LocalizedText } from "./blocks";
import { compileTemplate } from "./compile";
import { DEFAULT_TEMPLATES, TEMPLATE_KEYS, type BuiltInKey } from "./default-templates";
import { checkContent } from "./check-content";
import { fill } from "./compiled";
import { DELIVERY_TEMPLATES } from "./delivery-templates";
import { sampleFilling } from "./sample";
import {
  closeSmtp,
  liveTemplate,
  messageResults,
  restoreVersion,
  saveTemplate,
  type QueueResult,
} from "./messages.server";

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

const ports = () => testPorts({ smtpUrl: server.url, now: () => NOW });
const queue = queueMail;
const send = (shop: Shop, result: QueueResult) => sendQueued(shop, result, ports());
const mailsTo = (order: Order) => server.mails.filter((mail) => mail.recipients.includes(order.email!));

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

test("a mail that asks a survey by a link counts as asking, and a code's mail names its last day", async () => {
  const shop = await aShop({ timezone: "Europe/Berlin" });
  const order = await anOrderToTell(shop);
  const asks = { key: "survey-invitation", extras: { surveyUrl: "https://app.example/s/1" } } as const;
  await send(shop, await queue(shop, order, asks));
  const touches = await inShop(shop.id, (tx) => tx.touch.findMany({ select: { kind: true } }));
  expect(touches.map(({ kind }) => kind).sort()).toEqual(["survey", "survey-invitation"]);

  // The first moment at which it is over, in Berlin.
  const code = { code: "BACK-1", percent: 10, endsAt: "2026-12-24T23:00:00.000Z" };
  const agreed = { address: order.email!, customerGid: order.customerGid, state: "subscribed" } as const;
  await inShop(shop.id, (tx) =>
    recordConsent(
      tx,
      shop.id,
      { channel: "email", ...agreed, source: "shopify", changedAt: NOW, sourceKey: "agreed" },
      ports(),
    ),
  );
  await send(shop, await queue(shop, order, { key: "win-back", extras: { code } }));
  expect(server.mails.at(-1)!.text).toMatch(/once, until [^.]*\b24\b/);
});

test("every message about a delivery can go as a text message, in each language", () => {
  const keys = [...Object.keys(DELIVERY_TEMPLATES), "shipped", "out-for-delivery", "delivered", "found-it"];
  for (const key of keys) {
    const { purpose, content } = DEFAULT_TEMPLATES[key as BuiltInKey];
    expect({ key, purpose, locales: Object.keys(content.short ?? {}).sort() }).toEqual({
      key,
      purpose: "transactional",
      locales: [...LOCALES].sort(),
    });
  }
});

const says = (text: LocalizedText, subject: LocalizedText = { en: "Hello", de: "Hallo" }): Content => ({
  subject,
  preheader: {},
  blocks: [
    { id: "t", type: "text", fields: { text } },
    {
      id: "b",
      type: "button",
      fields: { text: { en: "Go", de: "Los" }, url: { de: "https://tea.example/" } },
    },
    { id: "p", type: "products", fields: { heading: {} } },
  ],
});

test.each<[string, Locale[], Content, [field: string, message: string][]]>([
  [
    "a subject that only another language has",
    ["en", "de"],
    says({ en: "Hi" }, { en: " ", de: "Hallo" }),
    [["subject.en", "Give a subject."]],
  ],
  [
    "a text that only another language has",
    ["en", "de"],
    says({ en: "", de: "Hallo" }),
    [["blocks.t.text.en", "Give this text in English too."]],
  ],
  [
    "the same where German is the main language",
    ["de", "fr"],
    says({ fr: "Bonjour" }, { fr: "Bonjour" }),
    [
      ["subject.de", "Give a subject."],
      ["blocks.t.text.de", "Give this text in German too."],
    ],
  ],
  [
    "a text that only a language has which the shop does not speak",
    ["en"],
    says({ de: "Hallo" }),
    [["blocks.t.text.en", "Write something here."]],
  ],
  [
    "a language that is not the main one lacks everything",
    ["en", "de"],
    says({ en: "Hi" }, { en: "Hi" }),
    [],
  ],
])("%s", async (_, locales, content, problems) => {
  const shop = await aShop({}, { locales });
  const edit = { content, author: "", now: NOW };
  const saved = await inShop(shop.id, (tx) => saveTemplate(tx, shop.id, "thank-you", edit));
  expect(saved).toEqual(
    problems.length === 0
      ? { status: "saved", version: 1 }
      : {
          status: "invalid",
          problems: problems.map(([field, message]) => ({ field, message, position: 0 })),
        },
  );
});

test("what came with Postlude can be saved whichever languages a shop speaks", () => {
  for (const key of TEMPLATE_KEYS) {
    for (const locale of LOCALES)
      expect(checkContent(DEFAULT_TEMPLATES[key].content, [locale, ...LOCALES])).toEqual([]);
  }
});

test("a mail takes no text of a language that is neither its own nor the shop's main one", async () => {
  const written = async (content: Content, locale: Locale, main: Locale) => {
    const frame = { brand: BrandSchema.parse({}), shopName: "Tea", locale, main };
    return fill(await compileTemplate(content, frame), { ...sampleFilling(locale), link: (url) => url });
  };
  // Saved before this was asked of the main language.
  const old = says({ de: "Hallo Welt" }, { de: "Betreff" });
  old.blocks.push({ id: "e", type: "text", fields: { text: { en: "English" } } });
  old.blocks.push({ id: "f", type: "heading", fields: { text: { en: "More English" } } });
  const english = await written(old, "en", "en");
  expect(english.subject).toBe("Tea");
  expect(english.text).not.toContain("Hallo");
  // An address is the same in all languages.
  expect(english.text).toContain("Go: https://tea.example/");
  const french = await written(says({ en: "Hello world", de: "Hallo Welt" }), "fr", "de");
  expect([french.subject, french.text.includes("Hallo Welt")]).toEqual(["Hallo", true]);

  // The shop has changed its languages since, and nothing is written in the new one.
  const before = await written(says({ en: "Hello world" }, { en: "Hello" }), "fr", "fr");
  expect([before.subject, before.text.includes("Hello world")]).toEqual(["Hello", true]);
});
