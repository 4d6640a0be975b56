import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { recordConsent } from "#app/contact-policy/contact-policy.server";
import { saveTip } from "#app/content/content.server";
import { inShop } from "#app/db/in-shop.server";
import type { Order, Shop } from "#app/generated/prisma/client";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { aProduct } from "../../tests/factories/catalogue";
import { anOrderToTell, aMailServer, type TestMailServer } from "../../tests/factories/messages";
import { NOW, queueMail, sendQueued } from "../../tests/factories/outbox";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";
import { aLiveSurvey, responsesOf } from "../../tests/factories/surveys";
import { newBlock, type Block, type BlockType } from "./blocks";
import { closeSmtp, previewOf, previewOrders, saveTemplate } from "./messages.server";
import type { ShowRule } from "./show-rule";

/** Blocks whose content depends on the person, the order and the shop, in mails that were really sent. */

let server: TestMailServer;

beforeAll(async () => {
  await startQueue("web");
  server = await aMailServer();
});
afterEach(() => {
  server.mails.length = 0;
});
afterAll(async () => {
  closeSmtp();
  await server.stop();
  await stopQueue();
});

const ports = () => testPorts({ smtpUrl: server.url, now: () => NOW });

function block(type: BlockType, change: Partial<Block> = {}): Block {
  return { ...newBlock(type, []), ...change };
}

function says(text: string, when?: ShowRule): Block {
  return block("text", { id: text, fields: { text: { en: text } }, ...(when && { when }) });
}

const contentOf = (blocks: Block[]) => ({ subject: { en: "Hello" }, preheader: {}, blocks });

async function write(shop: Shop, blocks: Block[]): Promise<void> {
  const edit = { content: contentOf(blocks), author: "", now: NOW };
  const saved = await inShop(shop.id, (tx) => saveTemplate(tx, shop.id, "thank-you", edit));
  expect(saved).toMatchObject({ status: "saved" });
}

async function mailAbout(shop: Shop, order: Order): Promise<{ html: string; text: string }> {
  await sendQueued(shop, await queueMail(shop, order), ports());
  const mail = server.mails.find((one) => one.recipients.includes(order.email!))!;
  return { html: mail.html!, text: mail.text! };
}

async function agrees(shop: Shop, { email, customerGid }: Order): Promise<void> {
  const whose = { channel: "email", address: email!, customerGid, state: "subscribed" } as const;
  const act = { source: "shopify", changedAt: NOW, sourceKey: email! } as const;
  await inShop(shop.id, (tx) => recordConsent(tx, shop.id, { ...whose, ...act }, ports()));
}

test("each block is seen by those it is meant for", async () => {
  const shop = await aShop({ currency: "EUR" });
  await write(shop, [
    says("for all"),
    says("for new ones", { who: "first-order" }),
    says("for old friends", { who: "returning" }),
    says("for members", { who: "members" }),
    says("for who agreed", { who: "agreed" }),
    says("for who did not", { who: "not-agreed" }),
    says("for large orders", { who: "everyone", orderFromMinor: 2_500 }),
    says("for very large orders", { who: "everyone", orderFromMinor: 2_501 }),
    says("for Austria", { who: "everyone", countries: ["AT", "CH"] }),
  ]);
  const first = await anOrderToTell(shop, { isFirst: true, country: "AT" });
  const later = await anOrderToTell(shop, { isFirst: false, country: "DE" });
  await agrees(shop, later);
  const seenIn = async (order: Order) =>
    [...(await mailAbout(shop, order)).text.matchAll(/^for .+$/gm)].map(([line]) => line);
  expect(await seenIn(first)).toEqual([
    ...["for all", "for new ones", "for who did not", "for large orders", "for Austria"],
  ]);
  expect(await seenIn(later)).toEqual(["for all", "for old friends", "for who agreed", "for large orders"]);
});

test("a survey's first question stands in the mail, each answer a link that records nothing by itself", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const survey = await aLiveSurvey(shop, {
    questions: [
      {
        ...(await aLiveSurvey(other)).questions[0]!,
        id: "liked",
        type: "single",
        text: { en: "What did you like?" },
        options: [
          { id: "taste", text: { en: "The taste" } },
          { id: "price", text: { en: "The price" } },
        ],
      },
    ],
  });
  const asking = block("survey", { settings: { survey: survey.id } });
  await write(shop, [says("Hello"), asking]);
  const order = await anOrderToTell(shop);
  const { text } = await mailAbout(shop, order);
  expect(text).toMatch(/What did you like\?\nThe taste: http\S+\nThe price: http\S+/);
  const links = await inShop(shop.id, (tx) => tx.messageLink.findMany({ where: { role: "survey" } }));
  expect(links.map(({ url }) => url.split("?")[1])).toEqual(["choice=taste", "choice=price"]);
  expect(await responsesOf(shop)).toEqual([]);

  // Asked a moment ago, the same person is not asked again; another shop's survey asks nobody here.
  const again = await anOrderToTell(shop, { email: order.email, customerGid: null });
  await inShop(shop.id, (tx) =>
    tx.order.update({
      where: { shopId_gid: { shopId: shop.id, gid: again.gid } },
      data: { customerGid: order.customerGid },
    }),
  );
  server.mails.length = 0;
  expect((await mailAbout(shop, { ...again, customerGid: order.customerGid })).text).not.toContain(
    "What did you",
  );
  await write(other, [says("Hello"), asking]);
  expect((await mailAbout(other, await anOrderToTell(other))).text).not.toContain("What did you like?");
});

test("tips are those of the products ordered, and of this shop", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const tea = await aProduct(shop, { title: "Earl Grey" });
  const tip = {
    kind: "care",
    scope: "everything",
    keys: [],
    imageUrl: "",
    texts: { en: { title: "Keep it dry", body: "In <closed> tins.", videoUrl: "https://video.example/1" } },
  } as const;
  await inShop(shop.id, (tx) => saveTip(tx, shop.id, null, { ...tip, keys: [] }, NOW));
  const blocks = [
    says("Hello"),
    block("tips", { settings: { kind: "care" }, fields: { heading: { en: "Care" } } }),
  ];
  const about = async (one: Shop) => {
    await write(one, blocks);
    const order = await anOrderToTell(one);
    await inShop(one.id, (tx) =>
      tx.lineItem.updateMany({ where: { orderGid: order.gid }, data: { productGid: tea.productGid } }),
    );
    return mailAbout(one, order);
  };
  const { html, text } = await about(shop);
  expect(html).toContain("In &lt;closed&gt; tins.");
  expect(text).toContain("Keep it dry\nIn <closed> tins.");
  expect((await about(other)).text).not.toMatch(/Keep it dry|Care/);
});

test("a preview shows any real order of the shop, found by its number or address, and nobody else's", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const order = await anOrderToTell(shop, { isFirst: false, customer: { firstName: "Grace" } });
  for (let number = 0; number < 25; number++) await anOrderToTell(shop, { placedAt: NOW });
  const found = (one: Shop, wanted: string) => inShop(one.id, (tx) => previewOrders(tx, one.id, wanted));
  expect((await found(shop, order.name.slice(1))).map(({ gid }) => gid)).toEqual([order.gid]);
  expect((await found(shop, order.email!.toUpperCase())).map(({ gid }) => gid)).toEqual([order.gid]);
  expect(await found(other, order.name)).toEqual([]);

  const content = contentOf([
    says("Dear {{ customer.first_name }}"),
    says("for old friends", { who: "returning" }),
    says("for who did not", { who: "not-agreed" }),
  ]);
  const looks = { content, locale: "en", orderGid: order.gid, agreed: true } as const;
  const preview = (one: Shop, change = {}) =>
    inShop(one.id, (tx) => previewOf(tx, one.id, one, { ...looks, ...change }, async () => null));
  expect(await preview(shop)).toMatchObject({ text: expect.stringMatching(/Dear Grace\s+for old friends/) });
  expect(await preview(shop, { agreed: false })).toMatchObject({
    text: expect.stringContaining("for who did not"),
  });
  const elsewhere = await preview(other);
  expect(elsewhere).toMatchObject({ text: expect.not.stringMatching(/Grace|for old friends/) });
});
