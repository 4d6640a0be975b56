import { afterAll, beforeAll, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { anOrder, anOrderSnapshot } from "../../tests/factories/orders";
import { aShop } from "../../tests/factories/shop";
import { findOrders } from "./find-orders.server";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

test("an order is found by its number, the shopper's address or their name, in its own shop only", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const ada = await anOrder(shop, { placedAt: new Date("2026-11-20T10:00:00Z") });
  const { customer } = anOrderSnapshot();
  const grace = await anOrder(shop, {
    customer: { ...customer!, gid: "gid://shopify/Customer/8", firstName: "Grace", lastName: "Hopper" },
    email: "grace@example.com",
    placedAt: new Date("2026-11-21T10:00:00Z"),
  });
  const found = async (words: string, where: Shop = shop) =>
    (await inShop(where.id, (tx) => findOrders(tx, where.id, words))).map(({ gid }) => gid);
  expect(await found("")).toEqual([grace.gid, ada.gid]);
  expect(await found(ada.name.slice(1))).toEqual([ada.gid]);
  expect(await found("GRACE@")).toEqual([grace.gid]);
  expect(await found("hopper grace")).toEqual([grace.gid]);
  expect(await found("nobody")).toEqual([]);
  expect(await found("", other)).toEqual([]);
});
