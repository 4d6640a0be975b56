import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { consentOf } from "#app/contact-policy/contact-policy.server";
import { inShop } from "#app/db/in-shop.server";
import { env } from "#app/env.server";
import type { Order, Shop } from "#app/generated/prisma/client";
import { closeSmtp, queueMessage } from "#app/messages/messages.server";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { contactPolicyJobs } from "#app/worker/contact-policy-jobs.server";
import { messagesJobs } from "#app/worker/messages-jobs.server";
import {
  anOrderToTell,
  aMailServer,
  type ReceivedMail,
  type TestMailServer,
} from "../../tests/factories/messages";
import { aChannel } from "../../tests/factories/channels";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";
import { handleMailLink } from "./mail-links.server";

const PERSON = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";
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

type Sent = { shop: Shop; order: Order; messageId: string; mail: ReceivedMail };

/** A thank-you mail that was sent an hour ago. */
async function aSentMail(
  orderColumns: Parameters<typeof anOrderToTell>[1] = {},
  locales = ["en", "de"],
): Promise<Sent> {
  const shop = await aShop({}, { locales });
  const order = await anOrderToTell(shop, orderColumns);
  const now = new Date(Date.now() - 3_600_000);
  const ports = testPorts({ smtpUrl: mailServer.url, now: () => now });
  const queued = await inShop(shop.id, (tx) =>
    queueMessage(
      tx,
      shop.id,
      {
        dedupeKey: order.gid,
        templateKey: "thank-you",
        orderGid: order.gid,
        customerGid: order.customerGid,
        recipient: order.email,
        locale: order.locale,
      },
      { ...keys(), now },
    ),
  );
  if (queued.status !== "queued") throw new Error(`not queued: ${queued.status}`);
  await messagesJobs(ports)["messages.send"]({ shopId: shop.id, messageId: queued.messageId });
  return { shop, order, messageId: queued.messageId, mail: mailServer.mails.at(-1)! };
}

function linkIn(mail: ReceivedMail, path: string): string {
  const found = new RegExp(`${env().SHOPIFY_APP_URL}(/${path}/[\\w.-]+)`).exec(mail.html!);
  if (!found) throw new Error(`no ${path} in the mail`);
  return url + found[1]!;
}

function clickLinks(mail: ReceivedMail): string[] {
  return [...new Set([...mail.html!.matchAll(/\/m\/c\/[\w.-]+/g)].map(([path]) => url + path))];
}

function visit(address: string, headers: Record<string, string> = { "user-agent": PERSON }, method = "GET") {
  return fetch(address, { method, headers, redirect: "manual" });
}

function messageOf({ shop, messageId }: Sent) {
  return inShop(shop.id, (tx) =>
    tx.message.findUniqueOrThrow({
      where: { shopId_id: { shopId: shop.id, id: messageId } },
      include: { events: true },
    }),
  );
}

function stateOf({ shop, order }: Sent) {
  return inShop(shop.id, (tx) => consentOf(tx, shop.id, { channel: "email", address: order.email! }, keys()));
}

test("a click leads to the stored destination and counts once as a person's", async () => {
  const sent = await aSentMail();
  const [toOrder] = clickLinks(sent.mail) as [string];
  const answer = await visit(toOrder);
  expect([answer.status, answer.headers.get("location")]).toEqual([302, sent.order.statusUrl]);
  const first = (await messageOf(sent)).clickedAt;
  await visit(toOrder);
  const message = await messageOf(sent);
  expect(message.clickedAt).toEqual(first);
  expect(message.events.map((event) => event.human)).toEqual([true, true]);
});

test("no link of ours can be made to lead elsewhere", async () => {
  const sent = await aSentMail();
  const [link] = clickLinks(sent.mail) as [string];
  const last = link.at(-1) === "A" ? "B" : "A";
  const path = new URL(link).pathname;
  const forged = [
    link.slice(0, -1) + last,
    link.replace(/\.(\d+)\.([\w-]+)$/, ".9.$2"),
    url + path.replace("/m/c/", "/m/c/https://evil.example/"),
    `${url}/m/c/${encodeURIComponent("https://evil.example")}`,
    `${url}/m/c/`,
    linkIn(sent.mail, "u").replace("/u/", "/m/c/"),
  ];
  for (const address of forged) {
    const answer = await visit(address);
    expect([address, answer.status, answer.headers.get("location")]).toEqual([address, 404, null]);
  }
  expect((await messageOf(sent)).events).toEqual([]);
  const kind = await fetch(forged[0]!, { headers: { "accept-language": "de-AT,de;q=0.9" } });
  expect(await kind.text()).toContain("Dieser Link gilt nicht mehr");
});

test.each([
  [
    "a scanner by name",
    { "user-agent": "Mozilla/5.0 (compatible; Barracuda Link Protection)" },
    "GET",
    "bot",
  ],
  ["a script", { "user-agent": "python-requests/2.32" }, "GET", "bot"],
  [
    "a browser that loads ahead",
    { "user-agent": PERSON, "sec-purpose": "prefetch;prerender" },
    "GET",
    "prefetch",
  ],
  ["a link checker", { "user-agent": PERSON }, "HEAD", "head"],
  ["something without a name", { "user-agent": "" }, "GET", "no-agent"],
] as [string, Record<string, string>, string, string][])(
  "%s is led on but not counted",
  async (_name, headers, method, why) => {
    const sent = await aSentMail();
    expect((await visit(clickLinks(sent.mail)[0]!, headers, method)).status).toBe(302);
    const message = await messageOf(sent);
    expect(message.clickedAt).toBeNull();
    expect(message.events).toMatchObject([{ kind: "click", human: false, why }]);
  },
);

test("a scanner in a browser's clothes gives itself away: it follows the link nobody sees", async () => {
  const sent = await aSentMail();
  for (const link of clickLinks(sent.mail)) await visit(link);
  const message = await messageOf(sent);
  expect(message.events.length).toBeGreaterThan(1);
  expect(message.events.every((event) => !event.human)).toBe(true);
  expect(message.clickedAt).toBeNull();
});

test("opens are counted for people, and the picture comes for everybody", async () => {
  const sent = await aSentMail();
  const pixel = linkIn(sent.mail, "m/o");
  const byProxy = await visit(pixel, { "user-agent": "Mozilla/5.0" });
  expect([byProxy.status, byProxy.headers.get("content-type")]).toEqual([200, "image/gif"]);
  expect((await messageOf(sent)).openedAt).toBeNull();
  await visit(pixel);
  expect((await messageOf(sent)).openedAt).not.toBeNull();
  expect((await visit(`${url}/m/o/nonsense`)).status).toBe(200);
});

test("one click unsubscribes: by POST, without cookie, log-in or redirect; twice is once", async () => {
  const sent = await aSentMail();
  const link = url + new URL(/<(.+)>/.exec(sent.mail.header("list-unsubscribe")!)![1]!).pathname;
  const post = () =>
    fetch(link, {
      method: "POST",
      body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }),
      redirect: "manual",
    });
  const answers = await Promise.all([post(), post()]);
  for (const answer of answers) {
    expect([answer.status, answer.headers.get("set-cookie"), answer.headers.get("location")]).toEqual([
      200,
      null,
      null,
    ]);
  }
  expect((await stateOf(sent))?.state).toBe("unsubscribed");
  const proofs = await inShop(sent.shop.id, (tx) => tx.consentEvent.findMany());
  expect(proofs).toMatchObject([
    { source: "one-click", state: "unsubscribed", customerGid: sent.order.customerGid },
  ]);
});

test("an unsubscribe is told to Shopify", async () => {
  const sent = await aSentMail();
  await fetch(linkIn(sent.mail, "u"), { method: "POST", body: "List-Unsubscribe=One-Click" });
  const calls: { document: string; variables: unknown }[] = [];
  const admin = {
    query: async <Data>(document: string, variables?: Record<string, unknown>) => {
      calls.push({ document, variables });
      return { customerEmailMarketingConsentUpdate: { userErrors: [] } } as Data;
    },
  };
  const jobs = contactPolicyJobs(testPorts({ adminFor: async () => admin }));
  const customerGid = sent.order.customerGid!;
  await jobs["contact-policy.write-back-consent"]({ shopId: sent.shop.id, customerGid, channel: "email" });
  expect(calls).toMatchObject([
    {
      document: expect.stringContaining("customerEmailMarketingConsentUpdate"),
      variables: {
        input: { customerId: customerGid, emailMarketingConsent: { marketingState: "UNSUBSCRIBED" } },
      },
    },
  ]);
});

test("GET and HEAD never change anything", async () => {
  const sent = await aSentMail();
  for (const path of ["u", "p"]) {
    for (const method of ["GET", "HEAD"]) {
      expect((await visit(linkIn(sent.mail, path), { "user-agent": PERSON }, method)).status).toBe(200);
    }
  }
  expect(await stateOf(sent)).toBeNull();
  expect(await inShop(sent.shop.id, (tx) => tx.messagePreference.count())).toBe(0);
});

test("the preference page speaks the shopper's language, saves choices, and takes somebody back", async () => {
  const sent = await aSentMail({ locale: "de", country: "CH" });
  const link = linkIn(sent.mail, "p");
  const page = await (await visit(link)).text();
  expect(page).toContain('<html lang="de">');
  expect(page).toContain("Welche E-Mails möchten Sie?");

  const choose = (boxes: string[]) =>
    fetch(link, { method: "POST", body: new URLSearchParams(boxes.map((name) => [name, "1"])) });
  const boxes = [...page.matchAll(/type="checkbox" name="([^"]+)"/g)].map(([, name]) => name!);
  await choose(boxes.filter((name) => name !== "delivered"));
  expect((await stateOf(sent))?.state).toBe("subscribed");
  const proof = await inShop(sent.shop.id, (tx) => tx.consentEvent.findFirstOrThrow());
  expect(proof.text).toMatch(/^Ja, .+ darf mir Angebote/);
  const choices = await inShop(sent.shop.id, (tx) => tx.messagePreference.findMany());
  expect(choices).toMatchObject([{ messageType: "delivered", wanted: false }]);

  await choose(boxes.filter((name) => name !== "marketing"));
  expect((await stateOf(sent))?.state).toBe("unsubscribed");
  await choose(["marketing"]);
  expect((await stateOf(sent))?.state).toBe("subscribed");
});

test("an empty box is a no with its proof, also from an address whose consent nobody knew", async () => {
  const sent = await aSentMail();
  const save = () =>
    fetch(linkIn(sent.mail, "p"), { method: "POST", body: new URLSearchParams({ shipped: "1" }) });
  await save();
  await save();
  expect((await stateOf(sent))?.state).toBe("unsubscribed");
  const proofs = await inShop(sent.shop.id, (tx) => tx.consentEvent.findMany());
  expect(proofs).toMatchObject([{ source: "preference-page", state: "unsubscribed" }]);
  expect(proofs[0]!.text).not.toBe("");
  expect((await messageOf(sent)).events).toEqual([]);
});

test("a link of one shop does nothing in another, and a forged one shows a kind page", async () => {
  const [sent, other] = [await aSentMail(), await aSentMail()];
  const token = linkIn(sent.mail, "u").split("/u/")[1]!;
  const stolen = token.replace(/^\d+/, String(other.shop.id));
  const answer = await fetch(`${url}/u/${stolen}`, {
    method: "POST",
    body: "List-Unsubscribe=One-Click",
    headers: { "accept-language": "fr-CA,fr;q=0.9" },
  });
  expect(answer.status).toBe(404);
  expect(await answer.text()).toContain("Ce lien n'est plus valable".replace("'", "&#39;"));
  expect(await stateOf(other)).toBeNull();
});

test("the preference page knows each channel that reaches the person, and saves type by type", async () => {
  const { shop, order, mail } = await aSentMail();
  const page = /href="([^"]*\/p\/[^"]*)"/.exec(mail.html!)![1]!.replace("http://localhost:4710", url);
  expect(await (await fetch(page)).text()).not.toContain("sms.");
  const phone = "+4915112345678";
  await inShop(shop.id, (tx) => tx.order.updateMany({ where: { gid: order.gid }, data: { phone } }));
  await aChannel(shop, "sms");
  const shown = await (await fetch(page)).text();
  expect(shown).toContain("Text messages … 678");
  expect(shown).not.toContain(phone);

  const ticks = [...shown.matchAll(/name="([^"]+)" value="1"/g)].map(([, name]) => name!);
  const kept = ticks.filter((name) => name !== "sms.shipped").map((name) => [name, "1"]);
  const saved = await fetch(page, {
    method: "POST",
    body: new URLSearchParams([...kept, ["sms.marketing", "1"]]),
  });
  expect(saved.status).toBe(200);
  const choice = await inShop(shop.id, (tx) => tx.messagePreference.findMany());
  expect(choice).toMatchObject([{ channel: "sms", messageType: "shipped", wanted: false }]);
  const whose = { channel: "sms", address: phone } as const;
  const agreed = await inShop(shop.id, (tx) => consentOf(tx, shop.id, whose, keys()));
  expect(agreed?.state).toBe("subscribed");
  const proof = await inShop(shop.id, (tx) => tx.consentEvent.findFirst({ where: { channel: "sms" } }));
  expect(proof?.text).toBe(`Yes, ${shop.name} may send me offers and news: Text messages.`);
});
