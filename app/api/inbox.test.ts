import { expect, test } from "vitest";
import { saveTip } from "#app/content/content.server";
import { inShop } from "#app/db/in-shop.server";
import { queueMessage } from "#app/messages/messages.server";
import type { InboxResponse, Said } from "../../extensions/shared/contract";
import { aProduct, type TestProduct } from "../../tests/factories/catalogue";
import { aChannel, aShortText } from "../../tests/factories/channels";
import { callAsExtension, servedHotPaths } from "../../tests/factories/http";
import { anOrderToTell } from "../../tests/factories/messages";
import { sendQueued } from "../../tests/factories/outbox";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";

const web = servedHotPaths();

test("a shopper reads their inbox on the order status and account pages, and nobody else's", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  await aShortText(shop, "shipped", "{{ order.name }} is on its way");
  await aChannel(shop, "inbox");
  const order = await anOrderToTell(shop, { confirmationNumber: "ABC123" });
  const customerGid = order.customerGid!;
  const now = new Date();
  const message = { dedupeKey: "m", templateKey: "shipped", channel: "inbox", locale: "en" } as const;
  const config = { secret: testPorts().secret, now };
  const queued = await inShop(shop.id, (tx) =>
    queueMessage(tx, shop.id, { ...message, orderGid: order.gid, customerGid }, config),
  );
  await sendQueued(shop, queued, testPorts({ now: () => now }));

  const ask = async (path: string, body: object, as: { shop?: typeof shop; customerGid?: string } = {}) =>
    (await callAsExtension<InboxResponse>(web.url, as.shop ?? shop, path, { locale: "en", ...body }, as))
      .body;
  const mine = await ask("/api/inbox", {}, { customerGid });
  expect(mine).toMatchObject({
    status: "ok",
    messages: [{ body: `${order.name} is on its way`, read: false }],
  });
  const guest = { orderId: order.gid, confirmationNumber: "ABC123" };
  expect(await ask("/api/inbox", guest)).toEqual(mine);

  expect(await ask("/api/inbox", { orderId: order.gid, confirmationNumber: "XYZ" })).toEqual({
    status: "unknown-order",
  });
  expect(await ask("/api/inbox", {})).toEqual({ status: "unknown-order" });
  expect(await ask("/api/inbox", {}, { customerGid: "gid://shopify/Customer/1" })).toEqual({
    status: "ok",
    ...{ messages: [], tips: [], codes: [] },
  });
  expect(await ask("/api/inbox", guest, { shop: other })).toEqual({ status: "unknown-order" });

  if (mine.status !== "ok") throw new Error("no inbox");
  const mark = { messageId: mine.messages[0]!.id, act: "dismiss" };
  expect(await ask("/api/inbox/mark", mark, { customerGid: "gid://shopify/Customer/1" })).toEqual({
    status: "unknown",
  });
  expect(await ask("/api/inbox/mark", { ...guest, ...mark })).toEqual({ status: "ok" });
  expect(await ask("/api/inbox", {}, { customerGid })).toMatchObject({ status: "ok", messages: [] });
});

test("tips are about what was bought: the order's on its page, the last orders' in the account", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const [mug, rug, soap] = [await aProduct(shop), await aProduct(shop), await aProduct(shop)];
  const customerGid = "gid://shopify/Customer/77";
  const now = Date.now();
  const daysAgo = (days: number) => ({ placedAt: new Date(now - days * 24 * 3_600_000), customerGid });
  const line = ({ productGid, title }: TestProduct) => ({
    productGid,
    title,
    quantity: 1,
    priceMinor: 1_000,
  });
  const claim = { confirmationNumber: "ABC123" };
  const order = await anOrderToTell(shop, { ...daysAgo(3), ...claim, lines: [line(mug)] });
  const more = { shopId: shop.id, currency: "EUR", totalMinor: 1_000, name: "#2", customerGid };
  await inShop(shop.id, async (tx) => {
    for (const [product, days, cancelledAt] of [
      [rug, 40, null],
      [soap, 400, null],
      [soap, 5, new Date()],
    ] as const) {
      const { placedAt } = daysAgo(days);
      const gid = `gid://shopify/Order/9${days}`;
      const lines = { create: { ...line(product), gid: `gid://shopify/LineItem/9${days}` } };
      await tx.order.create({
        data: { ...more, gid, placedAt, shopifyUpdatedAt: placedAt, cancelledAt, lines },
      });
    }
    for (const product of [mug, rug, soap]) {
      const texts = {
        en: { title: `About ${product.title}`, body: "Words.", videoUrl: "" },
        de: { title: `Zu ${product.title}`, body: "Worte.", videoUrl: "" },
      };
      const tip = {
        kind: "care",
        scope: "products",
        keys: [product.productGid],
        imageUrl: "",
        texts,
      } as const;
      await saveTip(tx, shop.id, null, { ...tip, keys: [...tip.keys] }, new Date());
    }
    const locales = { locales: ["en", "de"] };
    const where = { shopId: shop.id };
    await tx.shopSettings.upsert({ where, update: locales, create: { ...where, ...locales } });
  });

  const titles = async (
    path: string,
    body: object,
    as: { shop?: typeof shop; customerGid?: string } = {},
  ) => {
    type Answer = { tips?: Said["tips"]; said?: Said | null; status: string };
    const answer = await callAsExtension<Answer>(
      web.url,
      as.shop ?? shop,
      path,
      { locale: "en", ...body },
      as,
    );
    const tips = answer.body.tips ?? answer.body.said?.tips;
    return tips?.map(({ title }) => title).sort() ?? answer.body.status;
  };
  const signedIn = { customerGid };
  expect(await titles("/api/inbox", { locale: "de" }, signedIn)).toEqual(
    [`Zu ${mug.title}`, `Zu ${rug.title}`].sort(),
  );
  const held = { orderId: order.gid, ...claim };
  expect(await titles("/api/order-status", { ...held, withInbox: true })).toEqual([`About ${mug.title}`]);
  expect(await titles("/api/order-status", held)).toBe("ok");
  expect(await titles("/api/order-status", { ...held, withInbox: true }, { shop: other })).toBe(
    "unknown-order",
  );
  expect(await titles("/api/inbox", {}, { ...signedIn, shop: other })).toEqual([]);
});
