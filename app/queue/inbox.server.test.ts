import { expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import { prisma } from "#app/db/pool.server";
import { forgetOldWebhooks, inboxEntries, inboxOverview, replayWebhooks } from "#app/queue/inbox.server";
import { inboxOf, inboxRow } from "../../tests/factories/inbox";
import { aShop } from "../../tests/factories/shop";

const now = new Date("2026-11-22T12:00:00Z");

async function aShopWithFailures() {
  const shop = await aShop();
  for (const id of ["a", "b", "c", "d"]) await inboxRow(shop, "orders/create", { id }, id);
  const mark = (webhookId: string, data: object) =>
    prisma.webhookInbox.updateMany({ where: { shopDomain: shop.domain, webhookId }, data });
  await mark("a", { status: "failed", attempts: 8, error: "no", processedAt: now });
  await mark("b", { status: "failed", attempts: 8, error: "no", processedAt: now });
  await mark("c", { status: "done", attempts: 1, processedAt: now });
  return { shop, mark };
}

test("one failed webhook or all are put back; another shop's stay", async () => {
  const [{ shop }, { shop: other }] = [await aShopWithFailures(), await aShopWithFailures()];
  const replay = (which: Parameters<typeof replayWebhooks>[2]) =>
    inShop(shop.id, (tx) => replayWebhooks(tx, shop.domain, which, now));
  expect(await replay({ webhookId: "a" })).toBe(1);
  expect((await inboxOf(shop)).find((row) => row.webhookId === "a")).toMatchObject({
    status: "pending",
    attempts: 0,
    error: null,
  });
  expect(await replay("failed")).toBe(1);
  expect(await replay("failed")).toBe(0);
  expect((await inboxOf(other)).filter((row) => row.status === "failed")).toHaveLength(2);
});

test("the list filters, pages and never hands out bodies", async () => {
  const { shop } = await aShopWithFailures();
  const list = (filter: object, skip = 0) =>
    inShop(shop.id, (tx) => inboxEntries(tx, shop.domain, filter, { skip, take: 2 }));
  expect((await list({ status: "failed" })).map((row) => row.webhookId).sort()).toEqual(["a", "b"]);
  const [first, second] = [await list({}), await list({}, 2)];
  expect(new Set([...first, ...second].map((row) => row.webhookId)).size).toBe(4);
  expect(first[0]).not.toHaveProperty("body");
  expect(await inShop(shop.id, (tx) => inboxOverview(tx, shop.domain))).toEqual({
    byStatus: { failed: 2, done: 1, pending: 1 },
    topics: ["orders/create"],
  });
});

test("bodies are emptied after 30 days, rows go after 90; what still waits is kept", async () => {
  const { shop, mark } = await aShopWithFailures();
  await mark("a", { processedAt: new Date("2026-10-20T00:00:00Z") });
  await mark("b", { processedAt: new Date("2026-08-20T00:00:00Z") });
  await forgetOldWebhooks(prisma, now);
  const left = await inboxOf(shop);
  expect(left.map((row) => row.webhookId).sort()).toEqual(["a", "c", "d"]);
  expect(left.filter((row) => row.body === "").map((row) => row.webhookId)).toEqual(["a"]);
  expect(await inShop(shop.id, (tx) => replayWebhooks(tx, shop.domain, { webhookId: "a" }, now))).toBe(0);
});
