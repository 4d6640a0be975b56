import { acrossShops, inShop, inShopRaw } from "#app/db/in-shop.server";
import { prisma } from "#app/db/pool.server";
import type { ShopId } from "#app/db/tx";
import { log } from "#app/log.server";
import { learnPayments } from "#app/payments/learn-payments.server";
import { forgetCustomization, noteOrder, saveLearnt } from "#app/payments/payments.server";
import { syncPayments } from "#app/payments/sync-payments.server";
import { enqueue, type JobHandlers } from "#app/queue/queue.server";
import type { Ports, Sweep } from "./ports.server";

type PaymentsJob = "payments.learn" | "payments.sync" | "payments.forget" | "payments.note-order";

export function paymentsJobs(ports: Ports): Pick<JobHandlers, PaymentsJob> {
  return {
    "payments.learn": ({ shopId }) => learn(ports, shopId),
    "payments.sync": ({ shopId }) => sync(ports, shopId),
    "payments.forget": ({ shopId }) => inShop(shopId, (tx) => forgetCustomization(tx, shopId)),
    "payments.note-order": async ({ shopId, orderGid }) => {
      await inShop(shopId, (tx) => noteOrder(tx, shopId, orderGid));
    },
  };
}

async function learn(ports: Ports, shopId: ShopId): Promise<void> {
  const shop = await prisma.shop.findUniqueOrThrow({ where: { id: shopId } });
  const now = ports.now();
  const learnt = await inShopRaw(shopId, (client) => learnPayments(client, shopId, shop.currency, now));
  await inShop(shopId, (tx) => saveLearnt(tx, shopId, learnt, now));
  log.info({ shopId, orders: learnt?.orders ?? 0 }, "payment methods learnt");
}

async function sync(ports: Ports, shopId: ShopId): Promise<void> {
  const shop = await prisma.shop.findUnique({ where: { id: shopId } });
  if (shop?.status !== "installed") return;
  const { status } = await syncPayments(shopId, {
    admin: await ports.adminFor(shop.domain),
    inShop: (work) => inShop(shopId, work),
    now: ports.now(),
  });
  log.info({ shopId, status }, "payment customization");
}

const HOUR = 60 * 60 * 1000;

/** Ways to pay change slowly: once a week is enough. */
const learnWeekly: Sweep = {
  name: "payments.learn",
  everySeconds: 3600,
  run: async (ports) => {
    const before = new Date(ports.now().getTime() - 7 * 24 * HOUR);
    const due = await acrossShops(
      (tx) => tx.$queryRaw<{ shopId: ShopId }[]>`
        SELECT s.id AS "shopId" FROM "Shop" s LEFT JOIN "PaymentRanking" r ON r."shopId" = s.id
        WHERE s.status = 'installed' AND (r."learntAt" IS NULL OR r."learntAt" < ${before})`,
    );
    for (const { shopId } of due) await inShop(shopId, (tx) => enqueue(tx, "payments.learn", { shopId }));
    return 0;
  },
};

/** What Shopify was not told because its job ran out of tries is told when Shopify is back. */
const tellAgain: Sweep = {
  name: "payments.sync",
  everySeconds: 900,
  run: async (ports) => {
    const lapsed = new Date(ports.now().getTime() - HOUR);
    const stuck = await acrossShops(
      (tx) => tx.$queryRaw<{ shopId: ShopId }[]>`
        SELECT r."shopId" FROM "PaymentRanking" r JOIN "Shop" s ON s.id = r."shopId" AND s.status = 'installed'
        WHERE r."syncState" IN ('pending', 'unknown') AND (r."askedAt" IS NULL OR r."askedAt" < ${lapsed})`,
    );
    for (const { shopId } of stuck) await inShop(shopId, (tx) => enqueue(tx, "payments.sync", { shopId }));
    return 0;
  },
};

export const paymentsSweeps: Sweep[] = [learnWeekly, tellAgain];
