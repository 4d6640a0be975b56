import { randomInt } from "node:crypto";
import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import type { PlacementKey } from "#app/decisions/outcomes.server";
import type { OfferCode, OfferDiscount } from "#app/generated/prisma/client";
import { publish } from "#app/queue/queue.server";
import { codeEnd, type Offer } from "./offer";

/** The code that this placement already got, with the discount it was made for. */
export async function givenCode(
  tx: Tx,
  shopId: ShopId,
  { decisionId, position }: PlacementKey,
): Promise<{ code: OfferCode; discountPercent: number } | null> {
  const code = await tx.offerCode.findFirst({ where: { shopId, decisionId, position } });
  if (!code?.discountId) return null;
  const discount = await tx.offerDiscount.findUniqueOrThrow({
    where: { shopId_id: { shopId, id: code.discountId } },
  });
  return { code, discountPercent: discount.discountPercent };
}

type Giving = {
  placement: PlacementKey;
  offer: Offer;
  variant: { gid: string; productGid: string };
  now: Date;
};

/** A code that is ready, or else a new one that a job makes. */
export async function giveCode(tx: Tx, shopId: ShopId, giving: Giving): Promise<OfferCode> {
  const { placement, offer, variant, now } = giving;
  const discount = await discountFor(tx, shopId, offer, variant.productGid, now);
  const ready = await takeReadyCode(tx, shopId, discount.id, placement);
  if (ready) {
    // The next shoppers find codes ready before the last one is gone.
    await publish(tx, "offer.code-given", { shopId, discountId: discount.id });
    return ready;
  }
  const code = discount.state === "pending" ? discount.firstCode : randomCode();
  const isTaken = (await tx.offerCode.count({ where: { shopId, code } })) > 0;
  const row = await tx.offerCode.create({
    data: {
      shopId,
      id: newId(now),
      offerId: offer.id,
      discountId: discount.id,
      decisionId: placement.decisionId,
      position: placement.position,
      productGid: variant.productGid,
      variantGid: variant.gid,
      code: isTaken ? randomCode() : code,
      state: "pending",
      expiresAt: discount.endsAt,
      createdAt: now,
    },
  });
  await publish(tx, "offer.accepted", { shopId, codeId: row.id });
  return row;
}

/**
 * A code for a mail, which can't wait for an answer of Shopify's while it is read: one that is ready, or null after
 * asking for some. Not an acceptance; a code that nobody uses expires.
 */
export async function reserveCode(tx: Tx, shopId: ShopId, giving: Giving): Promise<OfferCode | null> {
  const known = await givenCode(tx, shopId, giving.placement);
  if (known) return known.code.state === "created" ? known.code : null;
  const code = await giveCode(tx, shopId, giving);
  return code.state === "created" ? code : null;
}

/** The mail went without it: who comes next may have it. */
export async function releaseCode(
  tx: Tx,
  shopId: ShopId,
  { decisionId, position }: PlacementKey,
): Promise<void> {
  await tx.offerCode.updateMany({
    where: { shopId, decisionId, position },
    data: { decisionId: null, position: null },
  });
}

/** The intent row of the Shopify discount with today's terms; made with the first code that needs it. */
async function discountFor(
  tx: Tx,
  shopId: ShopId,
  offer: Offer,
  productGid: string,
  now: Date,
): Promise<OfferDiscount> {
  const terms = {
    shopId,
    offerId: offer.id,
    productGid,
    discountPercent: offer.discountPercent,
    minimumMinor: offer.minimumMinor,
    endsAt: codeEnd(now, offer.validDays),
  };
  await tx.offerDiscount.createMany({
    data: [{ ...terms, id: newId(now), firstCode: randomCode(), state: "pending", createdAt: now }],
    skipDuplicates: true,
  });
  return tx.offerDiscount.findFirstOrThrow({ where: terms });
}

async function takeReadyCode(
  tx: Tx,
  shopId: ShopId,
  discountId: string,
  { decisionId, position }: PlacementKey,
): Promise<OfferCode | undefined> {
  const [taken] = await tx.$queryRaw<OfferCode[]>`
    UPDATE "OfferCode" SET "decisionId" = ${decisionId}::uuid, position = ${position}
    WHERE "shopId" = ${shopId} AND id = (
      SELECT id FROM "OfferCode"
      WHERE "shopId" = ${shopId} AND "discountId" = ${discountId}::uuid AND "decisionId" IS NULL AND state = 'created'
      ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING *`;
  return taken;
}

/** Easy to read out and to type: no 0/O, 1/I/L. About 10^12 codes. */
const LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

export function randomCode(): string {
  return `THX-${Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join("")}`;
}
