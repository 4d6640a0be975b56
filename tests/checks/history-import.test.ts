/** The import and the repair of missed webhooks, against the demo store's Admin API (Shopify's own schema). */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { inShop, inShopRaw } from "#app/db/in-shop.server";
import { prisma } from "#app/db/pool.server";
import type { Shop } from "#app/generated/prisma/client";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { AdminApiError, type AdminClient } from "#app/shops/admin-client";
import type { ImportPorts } from "#app/shops/import/import-port";
import { advanceImport, importProgress } from "#app/shops/shops.server";
import { openLines } from "#app/worker/import-lines.server";
import { importWriters } from "#app/worker/import-writers.server";
import type { Ports } from "#app/worker/ports.server";
import { reconcileShop } from "#app/worker/reconcile.server";
import { shopsJobs, shopsSweeps } from "#app/worker/shops-jobs.server";
import { PRIMARY_SHOP, readAppRegistration } from "../../demo/config";
import type { RunningDemo } from "../../demo/main";
import { adminClient, aDemo } from "../../demo/testing";
import { waitingJobs } from "../factories/inbox";
import { testPorts } from "../factories/ports";
import { aShop } from "../factories/shop";

let demo: RunningDemo;
let shop: Shop;
let ports: Ports;

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());
beforeEach(async () => {
  const app = readAppRegistration("shopify.app.toml");
  demo = await aDemo({ generatedOrders: 80, app: { ...app, scopes: [...app.scopes, "read_all_orders"] } });
  await prisma.shop.deleteMany({ where: { domain: PRIMARY_SHOP } });
  shop = await aShop({ domain: PRIMARY_SHOP, currency: demo.store.shop().currency });
  shop = await prisma.shop.update({ where: { id: shop.id }, data: { installedAt: demo.clock.now() } });
  const admin = asPort(adminClient(demo));
  ports = testPorts({ now: () => demo.clock.now(), adminFor: async () => admin });
});
afterEach(() => demo.stop());

function asPort(client: ReturnType<typeof adminClient>): AdminClient {
  return {
    query: async <Data>(document: string, variables?: Record<string, unknown>) => {
      const { data, errors } = await client(document, variables);
      if (errors) throw new AdminApiError("rejected", JSON.stringify(errors));
      return data as Data;
    },
  };
}

async function importEverything(): Promise<void> {
  await shopsJobs(ports)["shops.start-import"]({ shopId: shop.id });
  for (let turn = 0; turn < 300; turn++) {
    await shopsSweeps[0]!.run(ports);
    const progress = await inShop(shop.id, (tx) => importProgress(tx, shop.id));
    if (progress.every(({ status }) => ["done", "failed"].includes(status))) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const counts = (of = shop) =>
  inShop(of.id, async (tx) => ({
    products: await tx.product.count(),
    variants: await tx.variant.count(),
    customers: await tx.customer.count(),
    orders: await tx.order.count(),
    lines: await tx.lineItem.count(),
    refunds: await tx.refund.count(),
    parcels: await tx.parcel.count(),
  }));

function expected() {
  const orders = demo.store.orders();
  const fulfillments = orders.flatMap((order) =>
    order.fulfillments.filter((one) => one.status === "SUCCESS"),
  );
  return {
    products: demo.store.products().length,
    variants: demo.store.products().flatMap((product) => product.variants).length,
    customers: demo.store.customers().length,
    orders: orders.length,
    lines: orders.flatMap((order) => order.lines).length,
    refunds: orders.flatMap((order) => order.refunds).length,
    parcels: fulfillments.length,
  };
}

test("products, customers and orders come in complete, once, and start nothing but learning", async () => {
  const other = await aShop();
  const customer = demo.store.customers().find((one) => one.numberOfOrders > 1)!;
  demo.store.setMetafield({
    ownerId: `gid://shopify/Customer/${customer.id}`,
    ...{ namespace: "facts", key: "birth_date", type: "date", value: "1990-12-24" },
  });
  await importEverything();
  const progress = await inShop(shop.id, (tx) => importProgress(tx, shop.id));
  expect(progress.map(({ kind, status, error }) => [kind, status, error])).toEqual([
    ["products", "done", null],
    ["customers", "done", null],
    ["orders", "done", null],
  ]);
  expect(progress[2]!.objectsDone).toBe(demo.store.orders().length);
  expect(await counts()).toEqual(expected());
  expect(Object.values(await counts(other)).every((count) => count === 0)).toBe(true);
  expect(await waitingJobs(shop)).toEqual([
    "journeys.learn",
    "offers.learn-affinity",
    "orders.list-collections",
    "payments.learn",
  ]);

  const order = demo.store.orders().find((one) => one.refunds.length > 0 && one.customerId)!;
  const stored = await inShop(shop.id, (tx) =>
    tx.order.findFirstOrThrow({
      where: { gid: `gid://shopify/Order/${order.id}` },
      include: { lines: true },
    }),
  );
  expect(stored).toMatchObject({
    imported: true,
    totalMinor: order.total,
    subtotalMinor: order.subtotal,
    refundedMinor: order.refunds.reduce((sum, refund) => sum + refund.amount, 0),
    customerGid: `gid://shopify/Customer/${order.customerId}`,
    placedAt: new Date(order.createdAt.replace(/\.\d+Z/, "Z")), // Shopify tells whole seconds
  });
  const removed = order.lines.reduce((sum, line) => sum + line.removed, 0);
  expect(stored.lines.reduce((sum, line) => sum + line.refundedQuantity, 0)).toBe(removed);

  const imported = await inShop(shop.id, (tx) =>
    tx.customer.findFirstOrThrow({ where: { gid: `gid://shopify/Customer/${customer.id}` } }),
  );
  expect(imported).toMatchObject({ ordersCount: customer.numberOfOrders, email: customer.email });
  expect(imported.attributes).toMatchObject({ birthday: "1990-12-24" });
  expect(imported.firstOrderAt!.getTime()).toBeLessThan(imported.lastOrderAt!.getTime());
  const firsts = await inShop(shop.id, (tx) =>
    tx.order.findMany({ where: { customerGid: imported.gid, isFirst: true } }),
  );
  expect(firsts.map((one) => one.placedAt)).toEqual([imported.firstOrderAt]);

  const subscribed = demo.store.customers().filter((one) => one.emailMarketing.state === "SUBSCRIBED");
  expect(await inShop(shop.id, (tx) => tx.consent.count({ where: { state: "subscribed" } }))).toBe(
    subscribed.length,
  );

  await importEverything();
  expect(await counts()).toEqual(expected());
});

test("a second request while an import runs starts nothing", async () => {
  const start = shopsJobs(ports)["shops.start-import"];
  await start({ shopId: shop.id });
  await start({ shopId: shop.id });
  expect(await inShop(shop.id, (tx) => tx.importRun.count())).toBe(3);
});

test("a reader that dies in the middle is followed by one that goes on where it stopped", async () => {
  const read: string[] = [];
  let linesUntilDeath = 25;
  const dying: ImportPorts["openLines"] = async function* (url) {
    for await (const lines of openLines(url)) {
      for (const line of lines) {
        if (linesUntilDeath-- <= 0) throw new Error("killed");
        read.push(line);
        yield [line];
      }
    }
  };
  const dyingPorts: ImportPorts = {
    admin: () => ports.adminFor(shop.domain),
    inShop: (work) => inShop(shop.id, work),
    inShopRaw: (work) => inShopRaw(shop.id, work),
    openLines: dying,
    writers: importWriters(ports.secret),
    now: ports.now,
    batchSize: 10,
  };
  await shopsJobs(ports)["shops.start-import"]({ shopId: shop.id });
  let deaths = 0;
  for (let turn = 0; turn < 2_000; turn++) {
    const runs = await inShop(shop.id, (tx) => tx.importRun.findMany({ orderBy: { startedAt: "asc" } }));
    const active = runs.filter(({ status }) => ["waiting", "running", "reading"].includes(status));
    if (active.length === 0) break;
    for (const run of active) {
      await advanceImport(dyingPorts, shop, run.id).catch((error: Error) => {
        if (error.message !== "killed") throw error;
        deaths++;
        linesUntilDeath = 25 * (deaths + 1); // gets a little further each time
      });
    }
  }
  expect(deaths).toBeGreaterThan(3);
  expect(await counts()).toEqual(expected());
  expect(await waitingJobs(shop)).toEqual([
    "journeys.learn",
    "offers.learn-affinity",
    "orders.list-collections",
    "payments.learn",
  ]);
});

test("two readers of one result do not double anything", async () => {
  await shopsJobs(ports)["shops.start-import"]({ shopId: shop.id });
  for (let turn = 0; turn < 300; turn++) {
    await Promise.all([shopsSweeps[0]!.run(ports), shopsSweeps[0]!.run(ports)]);
    const progress = await inShop(shop.id, (tx) => importProgress(tx, shop.id));
    if (progress.every(({ status }) => status === "done")) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(await counts()).toEqual(expected());
  expect(await waitingJobs(shop)).toEqual([
    "journeys.learn",
    "offers.learn-affinity",
    "orders.list-collections",
    "payments.learn",
  ]);
});

test("uninstalling cancels a running import", async () => {
  const { recordUninstall } = await import("#app/shops/shops.server");
  await shopsJobs(ports)["shops.start-import"]({ shopId: shop.id });
  await inShop(shop.id, (tx) => recordUninstall(tx, shop.id, demo.clock.now(), demo.clock.now()));
  await shopsSweeps[0]!.run(ports);
  const progress = await inShop(shop.id, (tx) => importProgress(tx, shop.id));
  expect(progress.map(({ status }) => status)).toEqual(["cancelled", "cancelled", "cancelled"]);
});

test("orders whose webhooks never came are found, repaired and counted", async () => {
  // The newest orders of the demo's history come after this installation, and no webhook told of them.
  const byChange = demo.store.orders().toSorted((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1));
  const missed = byChange.slice(0, 4);
  const since = new Date(Math.floor(Date.parse(missed.at(-1)!.updatedAt) / 1000) * 1000);
  shop = await prisma.shop.update({ where: { id: shop.id }, data: { installedAt: since } });
  const after = (hours: number): Ports => ({
    ...ports,
    now: () => new Date(demo.clock.now().getTime() + hours * 3_600_000),
  });
  expect(await reconcileShop(after(1), shop)).toBe(missed.length);
  const stored = await inShop(shop.id, (tx) =>
    tx.order.findMany({ include: { lines: { orderBy: { gid: "asc" } }, refunds: true } }),
  );
  for (const order of missed) {
    expect(stored.find(({ gid }) => gid.endsWith(`/${order.id}`))).toMatchObject({
      totalMinor: order.total,
      lines: order.lines
        .toSorted((a, b) => (`${a.id}` < `${b.id}` ? -1 : 1))
        .map(({ quantity, price }) => ({ quantity, priceMinor: price })),
      refunds: order.refunds.map(({ amount }) => ({ amountMinor: amount })),
      imported: Date.parse(order.createdAt) < since.getTime(),
    });
  }
  expect(await reconcileShop(after(2), shop)).toBe(0);
  const cursor = await inShop(shop.id, (tx) => tx.syncCursor.findFirstOrThrow());
  expect(cursor.repaired).toBe(missed.length);
});

test("a look that was cut short goes on from where it was", async () => {
  const byChange = demo.store.orders().toSorted((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1));
  const since = new Date(Math.floor(Date.parse(byChange[3]!.updatedAt) / 1000) * 1000);
  shop = await prisma.shop.update({ where: { id: shop.id }, data: { installedAt: since } });
  const admin = await ports.adminFor(shop.domain);
  let calls = 0;
  const failing: AdminClient = {
    query: (document, variables) => {
      if (++calls === 4) throw new AdminApiError("throttled", "Throttled");
      return admin.query(document, variables);
    },
  };
  const now = () => new Date(demo.clock.now().getTime() + 3_600_000);
  await expect(reconcileShop({ ...ports, now, adminFor: async () => failing }, shop)).rejects.toThrow(
    "Throttled",
  );
  const cursor = await inShop(shop.id, (tx) => tx.syncCursor.findFirstOrThrow());
  expect(cursor.updatedAt.getTime()).toBeGreaterThan(since.getTime());
  expect(cursor.repaired).toBe(2);
  expect(await reconcileShop({ ...ports, now }, shop)).toBe(2);
});
