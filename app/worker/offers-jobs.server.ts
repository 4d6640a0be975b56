import { acrossShops, inShop, inShopRaw } from "#app/db/in-shop.server";
import type { ShopId } from "#app/db/tx";
import type { Shop } from "#app/generated/prisma/client";
import { log } from "#app/log.server";
import { attributeOrder, attributeRefund } from "#app/offers/attribution.server";
import { createCode, refillCodes, type CodePorts } from "#app/offers/create-code.server";
import { editOrder } from "#app/offers/edit-order.server";
import { learnAffinity } from "#app/offers/learn-affinity.server";
import { enqueue, type JobHandlers } from "#app/queue/queue.server";
import type { Ports, Sweep } from "./ports.server";

type OffersJob =
  | "offers.learn-affinity"
  | "offers.create-code"
  | "offers.refill-codes"
  | "offers.edit-order"
  | "offers.attribute-order"
  | "offers.attribute-refund";

export function offersJobs(ports: Ports): Pick<JobHandlers, OffersJob> {
  return {
    "offers.learn-affinity": async ({ shopId }) => {
      const learnt = await learnAffinity((work) => inShopRaw(shopId, work), shopId, ports.now());
      log.info({ shopId, ...learnt }, "affinity learnt");
    },
    "offers.create-code": ({ shopId, codeId }) =>
      withCodePorts(ports, shopId, (codes) => createCode(shopId, codeId, codes)),
    "offers.refill-codes": ({ shopId, discountId }) =>
      withCodePorts(ports, shopId, (codes) => refillCodes(shopId, discountId, codes)),
    "offers.edit-order": ({ shopId, editId }) => addToOrder(ports, shopId, editId),
    "offers.attribute-order": ({ shopId, orderGid }) =>
      inShop(shopId, (tx) => attributeOrder(tx, shopId, orderGid)),
    "offers.attribute-refund": ({ shopId, orderGid }) =>
      inShop(shopId, (tx) => attributeRefund(tx, shopId, orderGid)),
  };
}

async function withCodePorts(
  ports: Ports,
  shopId: ShopId,
  work: (codes: CodePorts) => Promise<void>,
): Promise<void> {
  const shop = await installedShop(shopId);
  if (!shop) return;
  await work({
    admin: await ports.adminFor(shop.domain),
    inShop: (work) => inShop(shopId, work),
    now: ports.now(),
    currency: shop.currency,
    title: (offerName) => `Postlude: ${offerName}`,
  });
}

async function addToOrder(ports: Ports, shopId: ShopId, editId: string): Promise<void> {
  const shop = await installedShop(shopId);
  if (!shop) return;
  await editOrder(shopId, editId, {
    admin: await ports.adminFor(shop.domain),
    inShop: (work) => inShop(shopId, work),
    now: ports.now,
  });
}

async function installedShop(shopId: ShopId): Promise<Shop | null> {
  const shop = await inShop(shopId, (tx) => tx.shop.findUniqueOrThrow({ where: { id: shopId } }));
  return shop.status === "installed" ? shop : null;
}

const HOUR = 60 * 60 * 1000;

/** Buying habits drift slowly: once a week is enough, and once a day while there are few orders to learn from. */
const learnWeekly: Sweep = {
  name: "offers.learn-affinity",
  everySeconds: 3600,
  run: async (ports) => {
    const now = ports.now().getTime();
    const [dayAgo, weekAgo] = [new Date(now - 24 * HOUR), new Date(now - 7 * 24 * HOUR)];
    const due = await acrossShops(
      (tx) => tx.$queryRaw<{ shopId: ShopId }[]>`
        SELECT s.id AS "shopId" FROM "Shop" s LEFT JOIN "AffinityModel" m ON m."shopId" = s.id
        WHERE s.status = 'installed' AND (
          m."learntAt" IS NULL OR m."learntAt" < ${weekAgo} OR (m.orders < ${FEW_ORDERS} AND m."learntAt" < ${dayAgo})
        )`,
    );
    for (const { shopId } of due)
      await inShop(shopId, (tx) => enqueue(tx, "offers.learn-affinity", { shopId }));
    return 0;
  },
};
const FEW_ORDERS = 2_000;

/** A code whose job ran out of tries while Shopify was away is asked for again, as long as the shopper may still want it. */
const remakeCodes: Sweep = {
  name: "offers.remake-codes",
  everySeconds: 900,
  run: async (ports) => {
    const now = ports.now();
    const stuck = await acrossShops((tx) =>
      tx.offerCode.findMany({
        where: {
          state: { in: ["pending", "unknown"] },
          decisionId: { not: null },
          createdAt: { lt: new Date(now.getTime() - HOUR), gt: new Date(now.getTime() - 24 * HOUR) },
        },
        select: { shopId: true, id: true },
        take: 500,
      }),
    );
    for (const { shopId, id } of stuck) {
      await inShop(shopId, (tx) => enqueue(tx, "offers.create-code", { shopId, codeId: id }));
    }
    return 0;
  },
};

const MINUTE = 60 * 1000;

/** An edit whose job ran out of tries is looked up once more: it is done, or it is told as failed. */
const settleEdits: Sweep = {
  name: "offers.settle-edits",
  everySeconds: 300,
  run: async (ports) => {
    const now = ports.now();
    const stuck = await acrossShops((tx) =>
      tx.offerOrderEdit.findMany({
        where: {
          state: { in: ["pending", "unknown"] },
          createdAt: { lt: new Date(now.getTime() - 5 * MINUTE), gt: new Date(now.getTime() - 24 * HOUR) },
        },
        select: { shopId: true, id: true },
        take: 500,
      }),
    );
    for (const { shopId, id } of stuck) {
      await inShop(shopId, (tx) => enqueue(tx, "offers.edit-order", { shopId, editId: id }));
    }
    return 0;
  },
};

export const offersSweeps: Sweep[] = [learnWeekly, remakeCodes, settleEdits];
