import { afterAll, beforeAll, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import { queueMessage } from "#app/messages/messages.server";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import type { InboxResponse } from "../../extensions/shared/contract";
import { aChannel, aShortText } from "../../tests/factories/channels";
import { callAsExtension, startHotPaths } from "../../tests/factories/http";
import { anOrderToTell } from "../../tests/factories/messages";
import { sendQueued } from "../../tests/factories/outbox";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";

let web: Awaited<ReturnType<typeof startHotPaths>>;
beforeAll(async () => {
  await startQueue("web");
  web = await startHotPaths();
});
afterAll(async () => {
  await web.stop();
  await stopQueue();
});

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
    messages: [],
  });
  expect(await ask("/api/inbox", guest, { shop: other })).toEqual({ status: "unknown-order" });

  if (mine.status !== "ok") throw new Error("no inbox");
  const mark = { messageId: mine.messages[0]!.id, act: "dismiss" };
  expect(await ask("/api/inbox/mark", mark, { customerGid: "gid://shopify/Customer/1" })).toEqual({
    status: "unknown",
  });
  expect(await ask("/api/inbox/mark", { ...guest, ...mark })).toEqual({ status: "ok" });
  expect(await ask("/api/inbox", {}, { customerGid })).toEqual({ status: "ok", messages: [] });
});
