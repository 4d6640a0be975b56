import { expect, test } from "vitest";
import { acrossShops, inShop, inShopRaw } from "#app/db/in-shop.server";
import { prisma } from "#app/db/pool.server";
import { aShop } from "../../tests/factories/shop";

const NOW = new Date("2026-11-22T12:00:00Z");

async function aCustomer(shopId: number, gid: string) {
  await inShop(shopId, (tx) => tx.customer.create({ data: { shopId, gid, createdAt: NOW } }));
}

test("a transaction sees the rows of its shop only, even without a where", async () => {
  const [one, other] = [await aShop(), await aShop()];
  await aCustomer(one.id, "gid://shopify/Customer/1");
  await aCustomer(other.id, "gid://shopify/Customer/2");
  const seen = await inShop(one.id, (tx) => tx.customer.findMany());
  expect(seen.map(({ gid }) => gid)).toEqual(["gid://shopify/Customer/1"]);
  const raw = await inShopRaw(other.id, (client) => client.query('SELECT gid FROM "Customer"'));
  expect(raw.rows).toEqual([{ gid: "gid://shopify/Customer/2" }]);
});

test("a row of another shop can be neither written, changed nor deleted", async () => {
  const [one, other] = [await aShop(), await aShop()];
  await aCustomer(other.id, "gid://shopify/Customer/2");
  await expect(
    inShop(one.id, (tx) =>
      tx.customer.create({ data: { shopId: other.id, gid: "gid://shopify/Customer/9", createdAt: NOW } }),
    ),
  ).rejects.toThrow(/row-level security/);
  const touched = await inShop(one.id, async (tx) => [
    (await tx.customer.updateMany({ data: { email: "stolen@example.com" } })).count,
    (await tx.customer.deleteMany({ where: { shopId: other.id } })).count,
  ]);
  expect(touched).toEqual([0, 0]);
});

test("the binding ends with the transaction, also after an error", async () => {
  const shop = await aShop();
  await expect(inShopRaw(shop.id, async (client) => client.query("SELECT 1/0"))).rejects.toThrow(
    /division by zero/,
  );
  const after =
    await prisma.$queryRaw`SELECT current_setting('app.shop_id', true) AS shop, current_user <> 'postlude_app' AS own`;
  expect(after).toEqual([{ shop: "", own: true }]);
});

test("sweeps may read due rows of all shops, and nothing else", async () => {
  const [one, other] = [await aShop(), await aShop()];
  for (const shop of [one, other]) {
    await inShop(shop.id, (tx) =>
      tx.journeyClock.create({
        data: { shopId: shop.id, kind: "k", subject: "s", customerGid: "c", dueAt: NOW },
      }),
    );
  }
  const due = await acrossShops((tx) =>
    tx.journeyClock.findMany({ where: { shopId: { in: [one.id, other.id] } } }),
  );
  expect(due).toHaveLength(2);
  await expect(acrossShops((tx) => tx.customer.findMany())).rejects.toThrow(/permission denied/);
  await expect(acrossShops((tx) => tx.journeyClock.updateMany({ data: { days: 1 } }))).rejects.toThrow(
    /permission denied/,
  );
});
