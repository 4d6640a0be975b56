/** Erasure of any size: in steps, after crashes, beside what is told meanwhile. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "#app/db/id";
import { inShop } from "#app/db/in-shop.server";
import { prisma } from "#app/db/pool.server";
import type { Tx } from "#app/db/tx";
import type { Shop } from "#app/generated/prisma/client";
import { enqueue, startQueue, stopQueue } from "#app/queue/queue.server";
import { recordInstall } from "#app/shops/shops.server";
import { privacySweeps } from "#app/worker/privacy-jobs.server";
import { eraseAll } from "../../tests/factories/erasures";
import { drainEverything, inboxOf, inboxRow, waitingJobs } from "../../tests/factories/inbox";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";
import { customerPayload, orderPayload } from "../../tests/factories/webhooks-payloads";
import { eraseNext } from "./erase.server";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

const CUSTOMER = "gid://shopify/Customer/7";
const EMAIL = "customer-7@example.com";
const NOW = new Date("2026-11-22T12:00:00Z");
const asked = { customer: { id: 7, email: EMAIL, phone: null }, orders_to_redact: [1001] };

const ofShop = <Found>(shop: Shop, read: (tx: Tx) => Promise<Found>) => inShop(shop.id, read);
const requestsOf = (shop: Shop) => ofShop(shop, (tx) => tx.privacyRequest.findMany());

/** An order, its buyer, and as many touches and kept webhooks as make several batches. */
async function muchOfAPerson(shop: Shop): Promise<void> {
  await inboxRow(shop, "orders/create", orderPayload(1001));
  await drainEverything();
  const many = Array.from({ length: 2_500 }, (_, number) => number);
  await ofShop(shop, async (tx) => {
    const touch = { shopId: shop.id, channel: "email", kind: "nps", marketing: true, happenedAt: NOW };
    await tx.touch.createMany({
      data: many.map((n) => ({ ...touch, personKey: CUSTOMER, id: newId(NOW), sourceKey: `t${n}` })),
    });
  });
  const kept = { topic: "orders/updated", apiVersion: "2026-10", status: "done", processedAt: NOW } as const;
  await prisma.webhookInbox.createMany({
    data: many.map((n) => ({
      ...{ ...kept, shopDomain: shop.domain, webhookId: `kept-${n}` },
      body: n % 2 ? "{}" : `{"email":"${EMAIL}"}`,
    })),
  });
}

/** Takes steps as a worker does that dies after `most` of them. @returns how many it took */
async function eraseSome(shop: Shop, most: number): Promise<number> {
  const { id } = (await requestsOf(shop)).find(({ doneAt }) => !doneAt)!;
  for (let steps = 1; steps <= most; steps++) {
    if (!(await ofShop(shop, (tx) => eraseNext(tx, shop.id, id, NOW)))) return steps;
  }
  return most;
}

async function bodiesOfPerson(shop: Shop): Promise<number> {
  return (await inboxOf(shop)).filter(({ body }) => body.includes(EMAIL)).length;
}

async function uninstalledAndRedacted(shop: Shop): Promise<void> {
  await inboxRow(shop, "app/uninstalled", {});
  await drainEverything();
  await inboxRow(shop, "shop/redact", {});
  await drainEverything();
}

test("a person's erasure is begun at once, goes on after a crash, and is done at its end only", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  await muchOfAPerson(shop);
  await muchOfAPerson(other);
  await inboxRow(shop, "customers/redact", asked);
  await drainEverything();
  const [begun] = await requestsOf(shop);
  expect(begun).toMatchObject({ kind: "customer_redact", doneAt: null });
  expect(await ofShop(shop, (tx) => tx.suppression.count())).toBe(1);

  // Told before the first step: a change of the order and of its buyer.
  const late = { updated_at: "2026-11-23T09:00:00Z" };
  await inboxRow(shop, "customers/update", customerPayload(7, { first_name: "late", ...late }));
  await inboxRow(shop, "orders/updated", orderPayload(1001, { landing_site: "/?late", ...late }));
  await drainEverything();
  expect(await ofShop(shop, (tx) => tx.customer.findFirst())).not.toMatchObject({ firstName: "late" });

  const tables = await eraseSome(shop, 30);
  expect(tables).toBe(30);
  expect((await requestsOf(shop))[0]).toMatchObject({ doneAt: null });
  expect(await ofShop(shop, (tx) => tx.touch.count())).toBe(0);
  await eraseAll();

  const [done] = await requestsOf(shop);
  expect(done).toMatchObject({ person: null, reached: null });
  expect(done!.doneAt).not.toBeNull();
  expect(done!.deletedRows).toBeGreaterThan(2_500 + 1_250);
  expect(done!.deletedRows).toBeLessThan(2_500 + 1_250 + 30); // nothing is counted twice
  expect(await bodiesOfPerson(shop)).toBe(0);
  expect((await inboxOf(shop)).filter(({ body }) => body.includes("late"))).toEqual([]);
  expect((await inboxOf(shop)).filter(({ body }) => body === "{}")).toHaveLength(1_250);
  const nobody = { email: null, customerGid: null, landingSite: null };
  expect(await ofShop(shop, (tx) => tx.order.findFirst())).toMatchObject(nobody);
  expect(await ofShop(shop, (tx) => tx.customer.findFirst())).toMatchObject({ email: null });
  expect(await bodiesOfPerson(other)).toBeGreaterThan(1_250);
  expect(await ofShop(other, (tx) => tx.touch.count())).toBe(2_500);
});

test("two workers at one request do not do the same step", async () => {
  const shop = await aShop();
  await muchOfAPerson(shop);
  await inboxRow(shop, "customers/redact", asked);
  await drainEverything();
  const [request] = await requestsOf(shop);
  await ofShop(shop, async (tx) => {
    expect(await eraseNext(tx, shop.id, request!.id, NOW)).toBe(true);
    expect(await ofShop(shop, (second) => eraseNext(second, shop.id, request!.id, NOW))).toBe(false);
  });
  await eraseAll();
  expect((await requestsOf(shop))[0]!.doneAt).not.toBeNull();
});

test("an uninstalled shop is erased batch by batch, with what was written behind the batches and with its jobs", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  await muchOfAPerson(shop);
  await muchOfAPerson(other);
  await uninstalledAndRedacted(shop);
  expect((await requestsOf(shop))[0]).toMatchObject({ kind: "shop_redact", doneAt: null });

  await eraseSome(shop, 8);
  expect(await ofShop(shop, (tx) => tx.touch.count())).toBeLessThan(2_500);
  // Somebody who was at work when the request came writes what is deleted already, and starts a job.
  await ofShop(shop, async (tx) => {
    const clock = { shopId: shop.id, kind: "customer.lapsed", subject: CUSTOMER, customerGid: CUSTOMER };
    await tx.journeyClock.create({ data: { ...clock, dueAt: NOW } });
    await enqueue(tx, "journeys.hear", { shopId: shop.id, fact: "customer.lapsed", customerGid: CUSTOMER });
  });
  await eraseAll();

  expect(await requestsOf(shop)).toMatchObject([{ kind: "shop_redact", doneAt: expect.any(Date) as Date }]);
  expect((await requestsOf(shop))[0]!.deletedRows).toBeGreaterThan(5_000);
  const left = await ofShop(shop, (tx) =>
    Promise.all([tx.touch.count(), tx.order.count(), tx.customer.count(), tx.journeyClock.count()]),
  );
  expect(left).toEqual([0, 0, 0, 0]);
  expect(await waitingJobs(shop)).toEqual([]);
  expect((await inboxOf(shop)).map(({ topic, body }) => [topic, body])).toEqual([["shop/redact", ""]]);
  expect(await ofShop(other, (tx) => tx.touch.count())).toBe(2_500);
  expect(await waitingJobs(other)).not.toEqual([]);
});

test("what comes for an erased shop is answered, and nothing of it written", async () => {
  const shop = await aShop();
  await uninstalledAndRedacted(shop);
  await eraseAll();
  await inboxRow(shop, "customers/redact", asked);
  await inboxRow(shop, "customers/data_request", { ...asked, orders_requested: [1001] });
  await inboxRow(shop, "orders/updated", orderPayload(1001));
  await drainEverything();
  expect(await requestsOf(shop)).toHaveLength(1);
  expect(await ofShop(shop, (tx) => tx.customer.count())).toBe(0);
  expect(await ofShop(shop, (tx) => tx.suppression.count())).toBe(0);
  const bodies = (await inboxOf(shop)).map(({ status, body }) => [status, body]);
  expect(bodies.sort()).toEqual([
    ["done", ""],
    ["done", ""],
    ["done", ""],
    ["ignored", ""],
  ]);
});

test("a shop that comes back in the middle keeps what is left", async () => {
  const shop = await aShop();
  await muchOfAPerson(shop);
  await uninstalledAndRedacted(shop);
  await eraseSome(shop, 4);
  const left = async () => [
    (await inboxOf(shop)).length,
    await ofShop(shop, (tx) => tx.touch.count()),
    await ofShop(shop, (tx) => tx.order.count()),
  ];
  const before = await left();
  expect(before[0]).toBeGreaterThan(2_500);
  await recordInstall(prisma as never, shop.domain, "read_orders", new Date("2026-11-23T13:00:00Z"));
  await eraseAll();
  expect(await left()).toEqual(before);
  expect(await requestsOf(shop)).toEqual([]);
});

test("an erasure whose job is lost is taken up again, once", async () => {
  const shop = await aShop();
  await muchOfAPerson(shop);
  await uninstalledAndRedacted(shop);
  await prisma.$executeRaw`DELETE FROM pgboss.job WHERE name = 'privacy.erase'`;
  const sweep = async (minutes: number) => {
    const now = new Date(NOW.getTime() + minutes * 60_000);
    for (const one of privacySweeps) await one.run(testPorts({ now: () => now }));
    return (await waitingJobs(shop)).filter((job) => job.startsWith("privacy.erase")).length;
  };
  expect(await sweep(29)).toBe(0);
  expect(await sweep(600)).toBe(1);
  expect(await sweep(601)).toBe(1);
  await eraseAll();
  expect(await ofShop(shop, (tx) => tx.touch.count())).toBe(0);
  expect((await requestsOf(shop))[0]!.doneAt).not.toBeNull();
});
