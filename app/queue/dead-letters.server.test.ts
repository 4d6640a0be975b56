import { afterAll, beforeAll, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import { prisma } from "#app/db/pool.server";
import { deadLetters, replayDeadLetters } from "#app/queue/dead-letters.server";
import { enqueue, startQueue, stopQueue } from "#app/queue/queue.server";
import { drainOnly } from "../../tests/factories/jobs";
import { aShop } from "../../tests/factories/shop";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

/** A job that has used up its tries, as the queue leaves it. */
async function aDeadLetter() {
  const shop = await aShop();
  await inShop(shop.id, (tx) =>
    enqueue(tx, "loyalty.award-order", { shopId: shop.id, orderGid: "gid://o/1" }),
  );
  await prisma.$executeRaw`
    UPDATE pgboss.job SET state = 'failed', completed_on = now(), output = '{"error":"Error: no"}'
    WHERE (data->>'shopId')::int = ${shop.id}`;
  return shop;
}

test("a dead letter tells its job, its ids and its error, to its own shop only", async () => {
  const [shop, other] = [await aDeadLetter(), await aShop()];
  const page = { skip: 0, take: 10 };
  expect(await inShop(shop.id, (tx) => deadLetters(tx, shop.id, page))).toMatchObject([
    { job: "loyalty.award-order", ids: '{"orderGid": "gid://o/1"}', error: "Error: no" },
  ]);
  expect(await inShop(other.id, (tx) => deadLetters(tx, other.id, page))).toEqual([]);
});

test("a replayed dead letter runs again; another shop cannot replay it", async () => {
  const [shop, other] = [await aDeadLetter(), await aShop()];
  const [letter] = await inShop(shop.id, (tx) => deadLetters(tx, shop.id, { skip: 0, take: 1 }));
  expect(await inShop(other.id, (tx) => replayDeadLetters(tx, other.id, letter!.id))).toBe(0);
  expect(await inShop(other.id, (tx) => replayDeadLetters(tx, other.id, "all"))).toBe(0);
  expect(await inShop(shop.id, (tx) => replayDeadLetters(tx, shop.id, letter!.id))).toBe(1);
  const ran: unknown[] = [];
  await drainOnly({ "loyalty.award-order": async (payload) => void ran.push(payload) });
  expect(ran).toContainEqual({ shopId: shop.id, orderGid: "gid://o/1" });
});
