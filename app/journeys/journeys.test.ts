import { afterAll, beforeAll, expect, test } from "vitest";
import { recordTouch } from "#app/contact-policy/contact-policy.server";
import { inShop } from "#app/db/in-shop.server";
import type { Order, Parcel, Shop } from "#app/generated/prisma/client";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { createFromStarter } from "#app/surveys/surveys.server";
import { journeysJobs, journeysSweeps } from "#app/worker/journeys-jobs.server";
import { anOrderToTell, aParcelToTell } from "../../tests/factories/messages";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";

const NOW = new Date("2026-11-22T12:00:00Z");
const LATER = new Date("2026-11-22T14:00:00Z");

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

function at(now: Date) {
  return testPorts({ now: () => now });
}

function placed(shop: Shop, order: Order) {
  return journeysJobs(at(NOW))["journeys.enter-order"]({ shopId: shop.id, orderGid: order.gid });
}

function parcelIs(shop: Shop, parcel: Parcel, status: "shipped" | "delivered", now = NOW) {
  return journeysJobs(at(now))["journeys.enter-parcel"]({ shopId: shop.id, parcelId: parcel.id, status });
}

async function sweep(now: Date): Promise<void> {
  for (const one of journeysSweeps) await one.run(at(now));
}

async function messages(shop: Shop): Promise<string[]> {
  const rows = await inShop(shop.id, (tx) => tx.message.findMany({ orderBy: { queuedAt: "asc" } }));
  return rows.map((row) => `${row.templateKey} ${row.state}`);
}

test("an order is thanked for at once and once", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const order = await anOrderToTell(shop);
  await placed(shop, order);
  await placed(shop, order);
  expect(await messages(shop)).toEqual(["thank-you queued"]);
  await placed(other, order);
  expect(await messages(other)).toEqual([]);
});

test("test orders and orders from history get no mail", async () => {
  const shop = await aShop();
  for (const kind of [{ test: true }, { imported: true }]) {
    const order = await anOrderToTell(shop, kind);
    await placed(shop, order);
    const parcel = await aParcelToTell(shop, order, { status: "delivered", deliveredAt: NOW });
    await parcelIs(shop, parcel, "shipped");
    await parcelIs(shop, parcel, "delivered");
  }
  await sweep(LATER);
  expect(await messages(shop)).toEqual([]);
});

test("each parcel is announced; the delivered check comes two hours after the last one", async () => {
  const shop = await aShop();
  const order = await anOrderToTell(shop);
  const first = await aParcelToTell(shop, order, { status: "delivered", deliveredAt: NOW });
  const second = await aParcelToTell(shop, order);
  await parcelIs(shop, first, "shipped");
  await parcelIs(shop, second, "shipped");
  await parcelIs(shop, first, "delivered");
  await sweep(new Date(LATER.getTime() - 1));
  expect(await messages(shop)).toEqual(["shipped queued", "shipped queued"]);
  await sweep(LATER);
  expect(await messages(shop)).toHaveLength(2); // the other parcel is still on its way

  const deliveredAt = new Date("2026-11-23T10:00:00Z");
  await inShop(shop.id, (tx) =>
    tx.parcel.update({
      where: { shopId_id: { shopId: shop.id, id: second.id } },
      data: { status: "delivered", deliveredAt },
    }),
  );
  await parcelIs(shop, second, "delivered", deliveredAt);
  await parcelIs(shop, second, "delivered", deliveredAt);
  await sweep(new Date("2026-11-23T12:00:00Z"));
  await sweep(new Date("2026-11-24T12:00:00Z"));
  expect(await messages(shop)).toEqual(["shipped queued", "shipped queued", "delivered queued"]);
});

test("an order that was cancelled or refunded in full is not asked about", async () => {
  const shop = await aShop();
  const delivered = { status: "delivered", deliveredAt: NOW } as const;
  const cancelled = await anOrderToTell(shop);
  await parcelIs(shop, await aParcelToTell(shop, cancelled, delivered), "delivered");
  await journeysJobs(at(NOW))["journeys.cancel-order"]({ shopId: shop.id, orderGid: cancelled.gid });

  const refunded = await anOrderToTell(shop);
  await parcelIs(shop, await aParcelToTell(shop, refunded, delivered), "delivered");
  await inShop(shop.id, (tx) =>
    tx.order.updateMany({ where: { gid: refunded.gid }, data: { refundedMinor: refunded.totalMinor } }),
  );
  await sweep(LATER);
  expect(await messages(shop)).toEqual([]);
  const steps = await inShop(shop.id, (tx) =>
    tx.journeyStep.findMany({ select: { state: true, reason: true } }),
  );
  expect(steps).toEqual(
    expect.arrayContaining([
      { state: "cancelled", reason: "order-cancelled" },
      { state: "cancelled", reason: "order-refunded" },
    ]),
  );
});

test("the delivered check asks the NPS question where the survey is live and the person was not asked lately", async () => {
  const shop = await aShop();
  await inShop(shop.id, async (tx) => {
    const survey = await createFromStarter(tx, shop.id, "nps", NOW);
    await tx.survey.update({
      where: { shopId_id: { shopId: shop.id, id: survey.id } },
      data: { status: "live" },
    });
  });
  const fresh = await anOrderToTell(shop);
  const askedLately = await anOrderToTell(shop);
  await inShop(shop.id, (tx) =>
    recordTouch(tx, shop.id, {
      personKey: askedLately.customerGid!,
      channel: "order-status",
      kind: "nps",
      marketing: false,
      sourceKey: "earlier",
      happenedAt: new Date("2026-10-01T12:00:00Z"),
    }),
  );
  for (const order of [fresh, askedLately]) {
    await parcelIs(
      shop,
      await aParcelToTell(shop, order, { status: "delivered", deliveredAt: NOW }),
      "delivered",
    );
  }
  await sweep(LATER);
  const extras = await inShop(shop.id, (tx) =>
    tx.message.findMany({ select: { orderGid: true, variables: true } }),
  );
  const npsOf = (order: Order) =>
    (extras.find((row) => row.orderGid === order.gid)!.variables as { nps?: string[] }).nps;
  expect(npsOf(fresh)).toHaveLength(11);
  expect(npsOf(fresh)![9]).toMatch(/^http:\/\/localhost:4710\/s\/[\w.-]+\?score=9$/);
  expect(npsOf(askedLately)).toBeUndefined();
});
