/** Which products are proposed for an order, and why. */
import { expect, test } from "vitest";
import { inShop, inShopRaw } from "#app/db/in-shop.server";
import { payloadOf } from "#app/decisions/candidate";
import type { Shop } from "#app/generated/prisma/client";
import { aProduct, boughtTogether, type TestProduct } from "../../tests/factories/catalogue";
import { anOffer, habits, NOW, proposed, subjects } from "../../tests/factories/companions";
import { aShop } from "../../tests/factories/shop";
import { readBoughtBefore } from "./bought-before.server";

async function anOrder(
  shop: Shop,
  number: number,
  customerGid: string,
  products: TestProduct[],
): Promise<string> {
  const gid = `gid://shopify/Order/${number}`;
  await inShop(shop.id, (tx) =>
    tx.order.create({
      data: {
        ...{ shopId: shop.id, gid, name: `#${number}`, currency: "EUR", totalMinor: 1_000, customerGid },
        ...{ placedAt: NOW, shopifyUpdatedAt: NOW },
        lines: {
          create: products.map(({ productGid }, index) => ({
            gid: `gid://shopify/LineItem/${number}${index}`,
            ...{ productGid, title: "x", quantity: 1, priceMinor: 1_000 },
          })),
        },
      },
    }),
  );
  return gid;
}

test("what goes with an order comes first, with a reason that can be said and facts for the model", async () => {
  const shop = await aShop();
  const tea = await aProduct(shop, { title: "Rose tea", category: "Tea" });
  const pot = await aProduct(shop, {
    title: "Rose pot",
    category: "Pots",
    priceMinor: 4_000,
    costMinor: 1_000,
  });
  const lamp = await aProduct(shop, { category: "Lamps" });
  await boughtTogether(shop, tea, pot, 0.3);
  await anOffer(shop);
  const [first, ...rest] = await proposed(shop, { products: [tea], orderValueMinor: 8_000 });
  expect(first).toMatchObject({
    subject: pot.productGid,
    valueMinor: 2_600,
    features: { source: "together", match: false, category: "Pots", price: "part", margin: "3/5" },
  });
  const payload = payloadOf(first!);
  expect(payload).toMatchObject({
    goesWith: "Rose tea",
    reasons: [{ code: "goes-with", product: "Rose tea" }],
  });
  expect(subjects(rest)).toEqual([lamp.productGid]);
});

test("what only a like title speaks for is not said to be bought together", async () => {
  const shop = await aShop();
  const tea = await aProduct(shop, { title: "Rose tea" });
  const pot = await aProduct(shop, { title: "Rose pot" });
  const bond = { score: 0.3, likeness: 0.5, together: 0 };
  await inShop(shop.id, (tx) =>
    tx.productAffinity.create({
      data: {
        ...{ shopId: shop.id, productGid: tea.productGid, otherGid: pot.productGid, learntAt: NOW },
        ...bond,
      },
    }),
  );
  await habits(shop, "", 0.1);
  await anOffer(shop);
  const [first] = await proposed(shop, { products: [tea] });
  expect(first).toMatchObject({ subject: pot.productGid, features: { source: "catalogue" } });
  expect(payloadOf(first!)).toMatchObject({ goesWith: null });
});

test("a shop without any orders still proposes from its catalogue; what is sold out or unknown is never proposed", async () => {
  const shop = await aShop();
  const tea = await aProduct(shop);
  const cup = await aProduct(shop);
  await aProduct(shop, { available: false });
  await aProduct(shop, { status: "DRAFT" });
  await anOffer(shop);
  const unknown = { ...tea, productGid: "gid://shopify/Product/404404" };
  expect(subjects(await proposed(shop, { products: [tea, unknown] }))).toEqual([cup.productGid]);
});

test("costs that are missing or nonsense give a value that is a number", async () => {
  const shop = await aShop();
  const tea = await aProduct(shop);
  await aProduct(shop, { costMinor: null });
  await aProduct(shop, { costMinor: -500 });
  await anOffer(shop, { discountPercent: 0 });
  const values = (await proposed(shop, { products: [tea] })).map(({ valueMinor }) => valueMinor);
  expect(values).toEqual([1_000, 1_000]);
});

test("a customer is offered refills again, with that reason, and no second durable", async () => {
  const shop = await aShop();
  const beans = await aProduct(shop, { category: "Coffee" });
  const kettle = await aProduct(shop, { category: "Kettles" });
  const mug = await aProduct(shop, { category: "Mugs" });
  await habits(shop, "Coffee", 0.4);
  await anOffer(shop);
  const [customerGid, strangerGid] = ["gid://shopify/Customer/71", "gid://shopify/Customer/72"];
  await anOrder(shop, 1, customerGid, [beans, kettle]);
  await anOrder(shop, 2, customerGid, [beans]);
  const orderGid = await anOrder(shop, 3, customerGid, [mug]);
  const [bought, nothing, unlinked] = await inShopRaw(shop.id, (client) =>
    readBoughtBefore(client, shop.id, [
      { customerGid, orderGid },
      { customerGid: strangerGid, orderGid },
      { customerGid: null, orderGid },
    ]),
  );
  expect([nothing, unlinked]).toEqual([[], []]);
  expect(bought!.map(({ product, times }) => [product.productGid, times]).sort()).toEqual(
    [
      [beans.productGid, 2],
      [kettle.productGid, 1],
    ].sort(),
  );
  const [first, ...rest] = await proposed(shop, { products: [mug], bought });
  expect(first).toMatchObject({
    subject: beans.productGid,
    features: { source: "bought-before", history: "bought" },
  });
  expect(payloadOf(first!)).toMatchObject({ reasons: [{ code: "bought-before" }] });
  expect(rest).toEqual([]);
});

test("another shop's orders are nobody's earlier orders", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const customerGid = "gid://shopify/Customer/81";
  await anOrder(other, 1, customerGid, [await aProduct(other)]);
  const [bought] = await inShopRaw(shop.id, (client) =>
    readBoughtBefore(client, shop.id, [{ customerGid, orderGid: "gid://shopify/Order/9" }]),
  );
  expect(bought).toEqual([]);
});
