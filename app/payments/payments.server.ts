import { randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { bucketOf, identityOf, isHeldOut } from "../../extensions/payment-ranking/src/bucket";
import { planOrder } from "../../extensions/payment-ranking/src/rank";
import type { ShopId, Tx } from "#app/db/tx";
import type { Order, PaymentRanking } from "#app/generated/prisma/client";
import { currencyExponent } from "#app/orders/money";
import { publish } from "#app/queue/queue.server";
import { OTHER_SOURCES } from "./learn-payments.server";
import { configOf, learntOf, type Learnt, type RankingForm } from "./learnt";
import { methodOf } from "./methods";
import { NO_FIGURES, wasOn } from "./pauses";

/**
 * The order of payment methods at the checkout. The shop decides whether and with which rules; the past decides the
 * rest. Shopify keeps what it needs in a metafield of our payment customization: this door only says that it must be
 * told anew (payments.changed), and never calls Shopify itself.
 */

export async function rankingOf(tx: Tx, shopId: ShopId): Promise<PaymentRanking> {
  const known = await tx.paymentRanking.findUnique({ where: { shopId } });
  if (known) return known;
  // Two pages may ask at the same time; the first salt stays.
  const salt = randomBytes(8).toString("hex");
  await tx.paymentRanking.createMany({ data: [{ shopId, salt }], skipDuplicates: true });
  return tx.paymentRanking.findUniqueOrThrow({ where: { shopId } });
}

/** As `rankingOf`, and nobody changes it until this transaction ends: Shopify's answer may be noted at this moment. */
async function rankingToChange(tx: Tx, shopId: ShopId): Promise<PaymentRanking> {
  await rankingOf(tx, shopId);
  await tx.$queryRaw`SELECT 1 FROM "PaymentRanking" WHERE "shopId" = ${shopId} FOR UPDATE`;
  return tx.paymentRanking.findUniqueOrThrow({ where: { shopId } });
}

/**
 * Another holdout begins the figures anew: they must not mix buyers who were split differently. Switched off they rest,
 * and go on when Shopify has the order again.
 */
export async function saveRanking(tx: Tx, shopId: ShopId, form: RankingForm, now: Date): Promise<void> {
  const before = await rankingToChange(tx, shopId);
  const { enabled, holdoutPercent, rules } = form;
  const isSplitAnew = before.holdoutPercent !== holdoutPercent;
  const isPaused = !enabled && before.startedAt !== null && before.pausedAt === null;
  await tx.paymentRanking.update({
    where: { shopId },
    data: {
      ...{ enabled, holdoutPercent, rules },
      ...(isPaused && { pausedAt: now }),
      ...(isSplitAnew && NO_FIGURES),
    },
  });
  await tellShopify(tx, shopId);
}

/** What was counted so far counts no more. Where it is on, the next order is the first one; else the first after it is on. */
export async function beginFiguresAnew(tx: Tx, shopId: ShopId, now: Date): Promise<void> {
  const { startedAt, pausedAt } = await rankingToChange(tx, shopId);
  const isRunning = startedAt !== null && pausedAt === null;
  await tx.paymentRanking.update({
    where: { shopId },
    data: { ...NO_FIGURES, startedAt: isRunning ? now : null },
  });
}

/** Takes in what was learnt. Shopify is told only what is new, and only where the ranking is on. */
export async function saveLearnt(tx: Tx, shopId: ShopId, learnt: Learnt | null, now: Date): Promise<void> {
  const before = await rankingOf(tx, shopId);
  const isNew = !isDeepStrictEqual(learnt, learntOf(before));
  await tx.paymentRanking.update({
    where: { shopId },
    data: { learntAt: now, ...(isNew && learnt ? { learnt } : {}) },
  });
  if (isNew && learnt && before.enabled) await tellShopify(tx, shopId);
}

/** Asks for the customization to be brought up to date; also the way to try again. */
export async function tellShopify(tx: Tx, shopId: ShopId): Promise<void> {
  await tx.paymentRanking.update({
    where: { shopId },
    data: { revision: { increment: 1 }, syncState: "pending", syncError: null },
  });
  await publish(tx, "payments.changed", { shopId });
}

/**
 * The app is gone, and with it the customization: Shopify removes it by itself. What the shop wants stays, and is told to
 * Shopify when the app is back; the figures begin anew then, for in between buyers met no order of ours.
 */
export async function forgetCustomization(tx: Tx, shopId: ShopId): Promise<void> {
  const gone = { customizationGid: null, ...NO_FIGURES, syncError: null };
  await tx.paymentRanking.updateMany({ where: { shopId }, data: { ...gone, syncState: "idle" } });
  await tx.paymentRanking.updateMany({
    where: { shopId, enabled: true },
    data: { revision: { increment: 1 }, syncState: "pending" },
  });
}

/**
 * Notes on which side the buyer of an order stood, what the model would have put first, and what they paid with.
 * @returns "noted", or why the order says nothing about the ranking
 */
export async function noteOrder(
  tx: Tx,
  shopId: ShopId,
  orderGid: string,
): Promise<{ status: "noted" | "off" | "not-asked" | "not-learnt" }> {
  const ranking = await tx.paymentRanking.findUnique({ where: { shopId } });
  if (!ranking?.startedAt) return { status: "off" };
  const order = await tx.order.findUnique({ where: { shopId_gid: { shopId, gid: orderGid } } });
  if (!order || order.test || !wasOn(ranking, order.placedAt)) return { status: "off" };
  const identity = identityOf(order.email, order.phone);
  const method = methodOf(order.gateway);
  if (!identity || !method || OTHER_SOURCES.includes(order.sourceName ?? "")) return { status: "not-asked" };
  const learnt = learntOf(ranking);
  if (!learnt) return { status: "not-learnt" };
  const bucket = bucketOf(ranking.salt, identity);
  await tx.paymentOrder.createMany({
    data: [
      {
        shopId,
        orderGid,
        bucket,
        heldOut: isHeldOut(bucket, ranking.holdoutPercent / 100),
        firstChoice: firstChoice(ranking, learnt, order),
        method: method.key,
        placedAt: order.placedAt,
      },
    ],
    skipDuplicates: true,
  });
  return { status: "noted" };
}

type PaidOrder = Pick<Order, "country" | "totalMinor" | "currency" | "isFirst" | "device">;

/** Key of the method that the buyer of an order finds first where the learnt order is shown, the shop's rules included. */
export function firstChoice(ranking: PaymentRanking, { methods }: Learnt, order: PaidOrder): string {
  const { visible } = planOrder(
    configOf(ranking),
    methods.map(({ title }) => title),
    {
      country: order.country,
      total: order.totalMinor / 10 ** currencyExponent(order.currency),
      returning: order.isFirst === false,
      device: order.device ?? "",
    },
    true,
  );
  return methods[visible[0]!]!.key;
}
