import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DEFAULT_LIMITS } from "#app/contact-policy/contact";
import { consentOf, mayContact, saveContactSettings } from "#app/contact-policy/contact-policy.server";
import type { CountryRules, DoubleOptIn } from "#app/contact-policy/country-rules";
import { inShop } from "#app/db/in-shop.server";
import { env } from "#app/env.server";
import type { Order, Shop } from "#app/generated/prisma/client";
import { closeSmtp, queueMessage } from "#app/messages/messages.server";
import { mailToken } from "#app/messages/tokens";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { contactPolicyJobs } from "#app/worker/contact-policy-jobs.server";
import { messagesJobs } from "#app/worker/messages-jobs.server";
import { anOrderToTell, aMailServer, type TestMailServer } from "../../tests/factories/messages";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";
import { handleMailLink } from "./mail-links.server";

const DAY = 24 * 60 * 60 * 1000;
const keys = () => ({ secret: env().ENCRYPTION_KEY });
let web: Server;
let url: string;
let mailServer: TestMailServer;

beforeAll(async () => {
  await startQueue("web");
  mailServer = await aMailServer();
  web = createServer((request, response) => void handleMailLink(request, response));
  await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise((resolve) => web.close(resolve));
  closeSmtp();
  await mailServer.stop();
  await stopQueue();
});

type Reader = { shop: Shop; order: Order; preferences: string };

/** Somebody who got a mail about an order and opens the preference page from it. */
async function aReader(country: string, locale = "en"): Promise<Reader> {
  const shop = await aShop({}, { locales: ["en", "de", "fr", "es"] });
  const order = await anOrderToTell(shop, { country, locale });
  const about = { orderGid: order.gid, customerGid: order.customerGid, recipient: order.email };
  const message = { ...about, dedupeKey: order.gid, templateKey: "thank-you", locale } as const;
  const queued = await inShop(shop.id, (tx) =>
    queueMessage(tx, shop.id, message, { ...keys(), now: new Date() }),
  );
  if (queued.status !== "queued") throw new Error(queued.status);
  const token = { shopId: shop.id, messageId: queued.messageId, position: 0 };
  return { shop, order, preferences: `${url}/p/${mailToken(keys().secret, "mail-preferences", token)}` };
}

function ask({ shop }: Reader, doubleOptIn: DoubleOptIn, countries: CountryRules = {}): Promise<void> {
  const rules = { limits: DEFAULT_LIMITS, doubleOptIn, countries };
  return inShop(shop.id, (tx) => saveContactSettings(tx, shop.id, rules, new Date()));
}

/** Saves the page with marketing ticked, or not. @returns the page that answers */
async function save({ preferences }: Reader, marketing: boolean): Promise<string> {
  const boxes = { shipped: "1", ...(marketing && { marketing: "1" }) };
  return (await fetch(preferences, { method: "POST", body: new URLSearchParams(boxes) })).text();
}

function confirmations({ shop }: Reader) {
  return inShop(shop.id, (tx) =>
    tx.message.findMany({ where: { templateKey: "confirm-marketing" }, orderBy: { queuedAt: "asc" } }),
  );
}

/** Sends the newest confirmation mail and follows its button. */
async function openConfirmation(reader: Reader): Promise<{ link: string; subject: string; text: string }> {
  const message = (await confirmations(reader)).at(-1)!;
  const ports = testPorts({ smtpUrl: mailServer.url, now: () => new Date() });
  await messagesJobs(ports)["messages.send"]({ shopId: reader.shop.id, messageId: message.id });
  const mail = mailServer.mails.at(-1)!;
  const links = [...mail.html!.matchAll(/\/m\/c\/[\w.-]+/g)].map(([path]) => url + path);
  for (const link of links) {
    const leadsTo = (await fetch(link, { redirect: "manual" })).headers.get("location");
    if (leadsTo?.includes("/c/"))
      return {
        link: leadsTo.replace(env().SHOPIFY_APP_URL, url),
        subject: mail.subject!,
        text: mail.text!,
      };
  }
  throw new Error("no confirmation in the mail");
}

const consent = ({ shop, order }: Reader) =>
  inShop(shop.id, (tx) => consentOf(tx, shop.id, { channel: "email", address: order.email! }, keys()));

const mayGetMarketing = ({ shop, order }: Reader) =>
  inShop(shop.id, (tx) =>
    mayContact(
      tx,
      shop.id,
      {
        ...{ personKey: order.customerGid!, address: order.email, channel: "email", purpose: "marketing" },
        ...{ messageType: "news", now: new Date("2026-11-22T12:00:00Z"), timezone: "UTC", country: "DE" },
      },
      keys(),
    ),
  );

/** What Shopify is told of the consent. */
async function toldToShopify({ shop, order }: Reader): Promise<unknown> {
  let told: unknown;
  const admin = {
    query: async <Data>(_document: string, variables?: Record<string, unknown>) => {
      told = (variables!.input as { emailMarketingConsent: unknown }).emailMarketingConsent;
      return { customerEmailMarketingConsentUpdate: { userErrors: [] } } as Data;
    },
  };
  const jobs = contactPolicyJobs(testPorts({ adminFor: async () => admin }));
  const customerGid = order.customerGid!;
  await jobs["contact-policy.write-back-consent"]({ shopId: shop.id, customerGid, channel: "email" });
  return told;
}

test("who agrees in Germany counts from the button of the page behind the mail, with proof of both acts", async () => {
  const [reader, other] = [await aReader("DE", "de"), await aReader("DE")];
  expect(await save(reader, true)).toContain("Noch nicht bestätigt");
  expect(await consent(reader)).toMatchObject({ state: "pending" });
  expect(await mayGetMarketing(reader)).toMatchObject({ allowed: false, reason: "no-consent" });
  expect(await toldToShopify(reader)).toMatchObject({
    marketingState: "PENDING",
    marketingOptInLevel: "CONFIRMED_OPT_IN",
  });

  const { link, subject, text } = await openConfirmation(reader);
  expect(subject).toBe(`Bitte bestätigen: Neuigkeiten von ${reader.shop.name}`);
  expect(text).toContain("Der Link gilt sieben Tage.");
  for (const method of ["GET", "HEAD"]) expect((await fetch(link, { method })).status).toBe(200);
  expect(await consent(reader)).toMatchObject({ state: "pending" });

  for (let press = 0; press < 2; press++)
    expect(await (await fetch(link, { method: "POST" })).text()).toContain("Bestätigt");
  expect(await consent(reader)).toMatchObject({ state: "subscribed", optInLevel: "CONFIRMED_OPT_IN" });
  expect(await mayGetMarketing(reader)).toEqual({ allowed: true });
  expect(await toldToShopify(reader)).toMatchObject({
    marketingState: "SUBSCRIBED",
    marketingOptInLevel: "CONFIRMED_OPT_IN",
  });
  const proofs = await inShop(reader.shop.id, (tx) =>
    tx.consentEvent.findMany({ orderBy: { happenedAt: "asc" } }),
  );
  const customerGid = reader.order.customerGid;
  expect(proofs).toMatchObject([
    { source: "preference-page", state: "pending", customerGid, text: expect.stringMatching(/^Ja, /) },
    { source: "confirmation", state: "subscribed", customerGid, text: expect.stringMatching(/^Ja, /) },
  ]);
  expect([await consent(other), await confirmations(other)]).toEqual([null, []]);
});

test.each([
  ["FR", "usual", {}, "subscribed"],
  ["AT", "usual", {}, "pending"],
  ["DE", "nobody", {}, "subscribed"],
  ["FR", "everyone", {}, "pending"],
  ["FR", "nobody", { FR: "confirmed" }, "pending"],
] as const)(
  "in %s, with %s and rules %o, a tick makes one %s",
  async (country, doubleOptIn, rules, state) => {
    const reader = await aReader(country);
    await ask(reader, doubleOptIn, rules);
    await save(reader, true);
    expect((await consent(reader))?.state).toBe(state);
    expect(await confirmations(reader)).toHaveLength(state === "pending" ? 1 : 0);
  },
);

test("nobody's mailbox is filled: saved again, the mail comes again, but not at once and thrice a day", async () => {
  const reader = await aReader("DE");
  for (let saved = 0; saved < 6; saved++) {
    await save(reader, true);
    await save(reader, true);
    await inShop(
      reader.shop.id,
      (tx) => tx.$executeRaw`UPDATE "Message" SET "queuedAt" = "queuedAt" - interval '10 minutes'`,
    );
  }
  expect(await confirmations(reader)).toHaveLength(3);
  const proofs = await inShop(reader.shop.id, (tx) => tx.consentEvent.count());
  expect(proofs).toBe(1);
});

test("a link that is old, of somebody who left, of another mail or forged confirms nothing", async () => {
  const reader = await aReader("DE");
  await save(reader, true);
  const { link } = await openConfirmation(reader);
  const age = (ms: number) =>
    inShop(reader.shop.id, (tx) => tx.message.updateMany({ data: { queuedAt: new Date(Date.now() - ms) } }));
  const press = async (address: string) => (await fetch(address, { method: "POST" })).text();

  await age(8 * DAY);
  expect(await press(link)).toContain("nothing to confirm");
  await age(6 * DAY);
  await save(reader, false);
  expect(await press(link)).toContain("nothing to confirm");
  expect((await consent(reader))?.state).toBe("unsubscribed");

  await age(0);
  const thankYou = await inShop(reader.shop.id, (tx) =>
    tx.message.findFirstOrThrow({ where: { templateKey: "thank-you" } }),
  );
  const token = { shopId: reader.shop.id, messageId: thankYou.id, position: 0 };
  expect(await press(`${url}/c/${mailToken(keys().secret, "mail-confirm", token)}`)).toContain(
    "nothing to confirm",
  );
  const other = await aShop();
  const foreign = link.replace(`/c/${reader.shop.id}.`, `/c/${other.id}.`);
  expect((await fetch(foreign, { method: "POST" })).status).toBe(404);
  expect((await consent(reader))?.state).toBe("unsubscribed");
});

test("mails that need an agreement stand below it, those about orders above, in each language", async () => {
  for (const [locale, agreement] of [
    ["en", "Offers and news"],
    ["de", "Angebote und Neuigkeiten"],
  ] as const) {
    const page = await (await fetch((await aReader("US", locale)).preferences)).text();
    const [orders, marketing] = page.split(`<legend>${agreement}</legend>`);
    const names = (part?: string) => [...part!.matchAll(/name="([\w-]+)"/g)].map(([, name]) => name);
    expect(names(orders)).toEqual(expect.arrayContaining(["thank-you", "shipped", "delivered"]));
    expect(names(orders)).not.toContain("birthday");
    expect(names(marketing)[0]).toBe("marketing");
    expect(names(marketing)).toEqual(expect.arrayContaining(["birthday", "win-back"]));
  }
});
