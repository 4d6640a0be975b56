import { afterAll, beforeAll, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import { aShop } from "../../tests/factories/shop";
import { JOB_NAMES, type JobName } from "./jobs";
import { drainJobs, publish, startQueue, stopQueue, type JobHandlers } from "./queue.server";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

/** Handlers that note what they were given. */
function recorder(): { handlers: JobHandlers; seen: [JobName, unknown][] } {
  const seen: [JobName, unknown][] = [];
  const handlers = Object.fromEntries(
    JOB_NAMES.map((name) => [name, async (payload: unknown) => void seen.push([name, payload])]),
  ) as JobHandlers;
  return { handlers, seen };
}

test("a fact starts its jobs when the transaction commits", async () => {
  const shop = await aShop();
  await inShop(shop.id, (tx) =>
    publish(tx, "order.refunded", { shopId: shop.id, orderGid: "gid://shopify/Order/1" }),
  );
  const { handlers, seen } = recorder();
  await drainJobs(handlers);
  const about = { shopId: shop.id, orderGid: "gid://shopify/Order/1" };
  expect(Object.fromEntries(seen)).toEqual({
    "journeys.hear": { ...about, fact: "order.refunded" },
    "loyalty.claw-back": about,
    "offers.attribute-refund": about,
  });
});

test("a rolled-back transaction leaves no job", async () => {
  const shop = await aShop();
  await expect(
    inShop(shop.id, async (tx) => {
      await publish(tx, "shop.installed", { shopId: shop.id });
      throw new Error("no");
    }),
  ).rejects.toThrow("no");
  const { handlers, seen } = recorder();
  await drainJobs(handlers);
  expect(seen).toEqual([]);
});
