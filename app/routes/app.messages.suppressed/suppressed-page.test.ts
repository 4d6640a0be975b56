/** The page of stopped addresses, asked as the admin asks it: with a session token, for two shops. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { isSuppressed, suppress } from "#app/contact-policy/contact-policy.server";
import { addressHash } from "#app/db/seal";
import { inShop } from "#app/db/in-shop.server";
import { env } from "#app/env.server";
import type { Shop } from "#app/generated/prisma/client";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { askAdmin } from "../../../tests/factories/admin-requests";
import { aSession } from "../../../tests/factories/sessions";
import { aShop } from "../../../tests/factories/shop";
import { action, loader } from "./route";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

const NOW = new Date("2026-11-22T12:00:00Z");
const keys = { secret: env().ENCRYPTION_KEY };
const GONE = "gone@example.com";
const PAGE = "/app/messages/suppressed";

async function aShopWith(bounces: number): Promise<Shop> {
  const shop = await aShop();
  await aSession(shop);
  await inShop(shop.id, async (tx) => {
    for (let index = 0; index < bounces; index++) {
      const address = index === 0 ? GONE : `gone-${index}@example.com`;
      await suppress(tx, shop.id, { channel: "email", address, reason: "hard-bounce", now: NOW }, keys);
    }
    const angry = { channel: "email", address: "angry@example.com", reason: "complaint", now: NOW } as const;
    await suppress(tx, shop.id, angry, keys);
  });
  return shop;
}

const look = (shop: Shop, query = "") =>
  loader({ request: askAdmin(shop, `${PAGE}?${query}`), params: {}, context: {} });
const ask = (shop: Shop, intent: string, address = GONE, hashedIn = shop) => {
  const hash = addressHash(keys.secret, hashedIn.id, address);
  const request = askAdmin(shop, PAGE, { intent, channel: "email", hash });
  return action({ request, params: {}, context: {} });
};
const isStopped = (shop: Shop) =>
  inShop(shop.id, (tx) => isSuppressed(tx, shop.id, { channel: "email", address: GONE }, keys));

test("the list has pages, and is searched by reason and by address; nonsense is told beside the field or shows the first page", async () => {
  const [shop, other] = [await aShopWith(26), await aShopWith(1)];
  const first = await look(shop);
  expect([first.addresses.length, first.next]).toEqual([25, expect.any(String)]);
  const second = await look(shop, `before=${encodeURIComponent(first.next!)}`);
  expect([second.addresses.length, second.next]).toEqual([2, null]);
  const hashes = [...first.addresses, ...second.addresses].map(({ hash }) => hash);
  expect(new Set(hashes).size).toBe(27);
  expect((await look(shop, "reason=complaint")).addresses).toMatchObject([{ reason: "complaint" }]);
  expect((await look(shop, "address=Gone@example.com")).addresses).toMatchObject([{ reason: "hard-bounce" }]);
  expect(await look(shop, "address=%00gone")).toMatchObject({
    addresses: [],
    problem: expect.stringContaining("whole address"),
  });
  const none = ["nonsense", "0000-01-01T00:00:00.000Z~x", "2026-11-22T10:00:00.000Z~%00"];
  for (const query of [...none.map((before) => `before=${before}`), "reason=moon"])
    expect((await look(shop, query)).addresses).toHaveLength(25);
  expect((await look(other)).addresses).toHaveLength(2);
});

test("a bounce is lifted and stopped again; a complaint and another shop's are not", async () => {
  const [shop, other] = [await aShopWith(1), await aShopWith(1)];
  const refused = { problems: { "": expect.any(String) } };
  expect(await ask(shop, "lift", "angry@example.com")).toEqual(refused);
  expect(await ask(other, "lift", GONE, shop)).toEqual(refused);
  const done = await ask(shop, "lift");
  expect(done.lifted).toMatchObject({ channel: "email" });
  expect([await isStopped(shop), await isStopped(other)]).toEqual([false, true]);
  expect(await ask(shop, "stop-again")).toMatchObject({ saved: expect.any(String) });
  expect([await isStopped(shop), await isStopped(other)]).toEqual([true, true]);
  const malformed = askAdmin(shop, PAGE, { intent: "lift", channel: "email", hash: "x" });
  expect(await action({ request: malformed, params: {}, context: {} })).toEqual(refused);
});
