import { randomInt } from "node:crypto";
import type { AcceptOfferResponse } from "../../extensions/shared/contract";
import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import { recordAcceptance, type PlacementKey } from "#app/decisions/outcomes.server";
import type { OfferCode, OfferDiscount } from "#app/generated/prisma/client";
import { publish } from "#app/queue/queue.server";
import { codeEnd, discountedPrice, isRunning, readOffer, type Offer } from "./offer";

/**
 * Accepting an offer: one exclusive single-use code per placement, however often the shopper clicks. The code is an
 * intent row first; Shopify is asked by a job (create-code.server.ts). Where a code is ready, it is given at once.
 */

/** An offer can be taken up to this long after it was shown. */
const WINDOW_DAYS = 30;
const DAY = 24 * 60 * 60 * 1000;

export type AcceptInput = PlacementKey & { shopDomain: string; currency: string };

export async function acceptOffer(
  tx: Tx,
  shopId: ShopId,
  input: AcceptInput,
  now: Date,
): Promise<AcceptOfferResponse> {
  const placement = await lockPlacement(tx, shopId, input, now);
  if (!placement) return { status: "unavailable" };
  const variant = await tx.variant.findUnique({
    where: { shopId_gid: { shopId, gid: placement.shown.variantId } },
  });
  if (!variant) return { status: "unavailable" };
  const given = await givenCode(tx, shopId, input);
  if (given) return answerWith(given.code, variant, given.discountPercent, input, now);

  const row = await tx.offer.findUnique({ where: { shopId_id: { shopId, id: placement.candidateId } } });
  const offer = row && readOffer(row);
  if (!offer || !isRunning(offer, now) || !variant.available) return { status: "unavailable" };
  const { discountPercent } = offer;
  // Never dearer than what the shopper was shown.
  const isDearer = discountedPrice(variant.priceMinor, discountPercent) > placement.shown.discountedMinor;
  if (isDearer || variant.priceMinor < offer.minimumMinor) return { status: "unavailable" };

  await recordAcceptance(tx, shopId, input, now);
  if (discountPercent === 0) {
    const expiresAt = offer.endsAt ?? new Date(now.getTime() + offer.validDays * DAY);
    return accepted({ code: null, expiresAt }, variant, 0, input);
  }
  const code = await giveCode(tx, shopId, { placement: input, offer, variant, now });
  return answerWith(code, variant, discountPercent, input, now);
}

type Shown = { variantId: string; discountedMinor: number };

/** The code that this placement already got, with the discount it was made for. */
async function givenCode(tx: Tx, shopId: ShopId, { decisionId, position }: PlacementKey) {
  const code = await tx.offerCode.findFirst({ where: { shopId, decisionId, position } });
  if (!code?.discountId) return null;
  const discount = await tx.offerDiscount.findUniqueOrThrow({
    where: { shopId_id: { shopId, id: code.discountId } },
  });
  return { code, discountPercent: discount.discountPercent };
}

/** Locked, so that two clicks at the same moment wait for one another. */
async function lockPlacement(tx: Tx, shopId: ShopId, { decisionId, position }: PlacementKey, now: Date) {
  const since = new Date(now.getTime() - WINDOW_DAYS * DAY);
  const [row] = await tx.$queryRaw<{ candidateId: string; payload: Shown }[]>`
    SELECT "candidateId", payload FROM "Placement"
    WHERE "shopId" = ${shopId} AND "decisionId" = ${decisionId}::uuid AND position = ${position}
      AND kind = 'offer' AND "decidedAt" > ${since}
    FOR UPDATE`;
  return row && { candidateId: row.candidateId, shown: row.payload };
}

type Giving = {
  placement: PlacementKey;
  offer: Offer;
  variant: { gid: string; productGid: string };
  now: Date;
};

/** A code that is ready, or else a new one that a job makes. */
async function giveCode(tx: Tx, shopId: ShopId, giving: Giving): Promise<OfferCode> {
  const { placement, offer, variant, now } = giving;
  const discount = await discountFor(tx, shopId, offer, variant.productGid, now);
  const ready = await takeReadyCode(tx, shopId, discount.id, placement);
  if (ready) return ready;
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

type Priced = { gid: string; priceMinor: number };

function answerWith(
  code: OfferCode,
  variant: Priced,
  discountPercent: number,
  input: AcceptInput,
  now: Date,
): AcceptOfferResponse {
  if (code.state === "pending" || code.state === "unknown") return { status: "preparing" };
  if (code.state !== "created" || code.expiresAt <= now) return { status: "unavailable" };
  return accepted(code, variant, discountPercent, input);
}

function accepted(
  { code, expiresAt }: { code: string | null; expiresAt: Date },
  { gid, priceMinor }: Priced,
  discountPercent: number,
  { shopDomain, currency }: AcceptInput,
): AcceptOfferResponse {
  const variantNumber = gid.split("/").at(-1);
  const discount = code ? `?discount=${encodeURIComponent(code)}` : "";
  return {
    status: "accepted",
    code,
    cartUrl: `https://${shopDomain}/cart/${variantNumber}:1${discount}`,
    expiresAt: expiresAt.toISOString(),
    priceMinor,
    discountedMinor: discountedPrice(priceMinor, discountPercent),
    currency,
  };
}
