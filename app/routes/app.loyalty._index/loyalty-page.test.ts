/** The list of members, asked as the admin asks it: with a session token, for two shops. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "#app/db/id";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { askAdmin } from "../../../tests/factories/admin-requests";
import { aSession } from "../../../tests/factories/sessions";
import { aShop } from "../../../tests/factories/shop";
import { loader } from "./route";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

const JOINED = new Date("2026-11-22T10:00:00Z");

async function aShopWithMembers(count: number): Promise<Shop> {
  const shop = await aShop();
  await aSession(shop);
  const members = Array.from({ length: count }, (_, index) => ({
    ...{ shopId: shop.id, id: newId(JOINED), personKey: `gid://shopify/Customer/${index}` },
    ...{ joinedAt: JOINED, joinedVia: "thank-you", consentText: "" },
  }));
  await inShop(shop.id, (tx) => tx.loyaltyMember.createMany({ data: members }));
  return shop;
}

const look = (shop: Shop, before = "") =>
  loader({ request: askAdmin(shop, `/app/loyalty?before=${before}`), params: {}, context: {} });

test("the list goes on where its page ended; what is no place in it is the first page", async () => {
  const [shop, other] = [await aShopWithMembers(21), await aShopWithMembers(1)];
  const first = await look(shop);
  expect([first.members.length, first.onFirstPage]).toEqual([20, true]);
  const second = await look(shop, first.next!);
  expect([second.members.length, second.onFirstPage]).toEqual([1, false]);
  const time = JOINED.toISOString();
  for (const before of [
    `${time}~${"-".repeat(36)}`,
    `${time}~${"a".repeat(36)}`,
    `0000-01-01T00:00:00.000Z~${newId(JOINED)}`,
    "~",
  ]) {
    const page = await look(shop, before);
    expect([page.members.length, page.onFirstPage]).toEqual([20, true]);
  }
  expect((await look(other)).members).toHaveLength(1);
});
