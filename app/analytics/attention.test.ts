import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "#app/db/id";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { aShop } from "../../tests/factories/shop";
import { attentionOf } from "./attention.server";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

const NOW = new Date("2026-11-22T12:00:00Z");
const daysLater = (days: number) => new Date(NOW.getTime() + days * 86_400_000);

const look = (shop: Shop, now: Date) => inShop(shop.id, (tx) => attentionOf(tx, shop.id, shop.domain, now));

async function aDataRequest(shop: Shop, receivedAt: Date, dueAt: Date): Promise<string> {
  const id = newId(receivedAt);
  await inShop(shop.id, (tx) =>
    tx.privacyRequest.create({
      data: { shopId: shop.id, id, kind: "data_request", sourceKey: id, receivedAt, dueAt },
    }),
  );
  return id;
}

test("a data request is shown from its first day on, and is pressing in its last ten", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  expect(await look(shop, NOW)).toEqual([]);
  const first = await aDataRequest(shop, NOW, daysLater(30));
  await aDataRequest(shop, daysLater(3), daysLater(33));

  const [early] = await look(shop, NOW);
  expect(early).toMatchObject({ key: "privacy", count: 2, dueAt: daysLater(30), canWait: true });
  expect(early!.text).toBe("privacy requests must be answered");
  const [late] = await look(shop, daysLater(21));
  expect(late).toMatchObject({ dueAt: daysLater(30), canWait: false });
  expect(late!.text).toBe("privacy requests must soon be answered");

  const where = { shopId_id: { shopId: shop.id, id: first } };
  await inShop(shop.id, (tx) => tx.privacyRequest.update({ where, data: { doneAt: NOW } }));
  expect(await look(shop, daysLater(21))).toMatchObject([{ count: 1, dueAt: daysLater(33), canWait: true }]);
  expect(await look(other, daysLater(21))).toEqual([]);
});
