import type { AcceptOfferResponse } from "../../extensions/shared/contract";
import type { ShopId, Tx } from "#app/db/tx";
import { waitForTurn } from "#app/db/wait-for-turn";
import { recordAcceptance, type PlacementKey } from "#app/decisions/outcomes.server";
import type { OfferCode, Prisma } from "#app/generated/prisma/client";
import type { OrderWithLines } from "#app/orders/orders.server";
import { cartLink } from "./cart-link";
import { giveCode, givenCode } from "./give-code.server";
import { discountedPrice, isRunning, readOffer, type Offer } from "./offer";
import { answerTo, editOfProduct, requestEdit, requestedEdit } from "./order-edit.server";
import { discountShown } from "./promote-variant.server";
import { takeOne } from "./taken.server";

/**
 * Accepting an offer: one exclusive single-use code, or one line added to the order, per placement, however often the
 * shopper clicks. What Shopify has to do is an intent row first; jobs ask Shopify (create-code.server.ts,
 * edit-order.server.ts). Where a code is ready, it is given at once.
 */

/** An offer can be taken up to this long after it was shown. */
const WINDOW_DAYS = 30;
const DAY = 24 * 60 * 60 * 1000;

export type AcceptInput = PlacementKey & {
  shopDomain: string;
  currency: string;
  /** The page can apply no code: the usual price was shown, and none is given. */
  atFullPrice?: boolean;
  /**
   * The order that the caller may act for. "not-yet": it has not arrived. Null where the caller showed no proof, or the
   * app may not edit orders: then by code.
   */
  order: OrderWithLines | "not-yet" | null;
};

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
  const edit = await requestedEdit(tx, shopId, input);
  if (edit) return edit;
  const given = (await givenCode(tx, shopId, input)) ?? (await codeOfTwin(tx, shopId, placement, input, now));
  if (given) return answerWith(given.code, variant, given.discountPercent, input, now);

  const offer = await takableOffer(tx, shopId, placement, variant, input, now);
  if (!offer) return { status: "unavailable" };
  const order = offer.acceptBy === "order-edit" ? input.order : null;
  if (order === "not-yet") return { status: "preparing" };
  const added = order && (await editOfProduct(tx, shopId, order.gid, variant.gid));
  if (added && added.state !== "failed") return answerTo(tx, added, input.currency);
  if (!placement.isTaken && !(await takeOne(tx, shopId, offer, now))) return { status: "unavailable" };
  await recordAcceptance(tx, shopId, input, now);
  if (order && !added && isEditable(order, placement.orderGid, variant.gid)) {
    return requestEdit(
      tx,
      shopId,
      { placement: input, offer, variant, order, currency: input.currency },
      now,
    );
  }
  if (givesNoCode(offer, input)) {
    const expiresAt = offer.endsAt ?? new Date(now.getTime() + offer.validDays * DAY);
    return accepted({ code: null, expiresAt }, variant, 0, input);
  }
  const code = await giveCode(tx, shopId, { placement: input, offer, variant, now });
  return answerWith(code, variant, offer.discountPercent, input, now);
}

type Shown = { variantId: string; priceMinor: number; discountedMinor: number };
type LockedPlacement = {
  candidateId: string;
  subject: string;
  personKey: string;
  orderGid: string | null;
  shown: Shown;
  isTaken: boolean;
};
type Variant = Prisma.VariantGetPayload<object>;

/** Locked, so that two clicks at the same moment wait for one another. */
async function lockPlacement(
  tx: Tx,
  shopId: ShopId,
  { decisionId, position }: PlacementKey,
  now: Date,
): Promise<LockedPlacement | undefined> {
  const since = new Date(now.getTime() - WINDOW_DAYS * DAY);
  type Row = Omit<LockedPlacement, "shown"> & { payload: Shown };
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT p."candidateId", p.subject, p."personKey", d."orderGid", p.payload, p."acceptedAt" IS NOT NULL AS "isTaken"
    FROM "Placement" p JOIN "Decision" d ON d."shopId" = p."shopId" AND d.id = p."decisionId"
    WHERE p."shopId" = ${shopId} AND p."decisionId" = ${decisionId}::uuid AND p.position = ${position}
      AND p.kind = 'offer' AND p."decidedAt" > ${since}
    FOR UPDATE OF p`;
  if (!row) return undefined;
  const { payload: shown, ...placement } = row;
  return { ...placement, shown };
}

/**
 * The code that this person got for the same product on another page, which they opened beside this one, as long as it can be used.
 * Clicks on both at the same moment wait for one another.
 */
async function codeOfTwin(
  tx: Tx,
  shopId: ShopId,
  { personKey, subject, isTaken }: LockedPlacement,
  { decisionId, position }: PlacementKey,
  now: Date,
): ReturnType<typeof givenCode> {
  if (isTaken || !subject) return null;
  await waitForTurn(tx, `accept ${shopId} ${personKey} ${subject}`);
  const [twin] = await tx.$queryRaw<PlacementKey[]>`
    SELECT p."decisionId", p.position FROM "Placement" p
    JOIN "OfferCode" c ON c."shopId" = p."shopId" AND c."decisionId" = p."decisionId" AND c.position = p.position
    WHERE p."shopId" = ${shopId} AND p."personKey" = ${personKey} AND p.kind = 'offer' AND p.subject = ${subject}
      AND p."acceptedAt" IS NOT NULL AND (p."decisionId", p.position) <> (${decisionId}::uuid, ${position}::int)
      AND c.state IN ('pending', 'unknown', 'created') AND c."expiresAt" > ${now}
    ORDER BY p."acceptedAt" DESC LIMIT 1`;
  return twin ? givenCode(tx, shopId, twin) : null;
}

/** Null where it is over, sold out, or dearer than what the shopper was shown. */
async function takableOffer(
  tx: Tx,
  shopId: ShopId,
  { candidateId, shown }: LockedPlacement,
  variant: Variant,
  input: AcceptInput,
  now: Date,
): Promise<Offer | null> {
  const row = await tx.offer.findUnique({ where: { shopId_id: { shopId, id: candidateId } } });
  const stored = row && readOffer(row);
  // Who met a variant of an experiment gets its discount, also once the experiment is over.
  const offer = stored && {
    ...stored,
    discountPercent: await discountShown(tx, shopId, stored, input.decisionId),
  };
  if (!offer || !isRunning(offer, now) || !variant.available || variant.priceMinor < offer.minimumMinor) {
    return null;
  }
  const price = givesNoCode(offer, input)
    ? variant.priceMinor
    : discountedPrice(variant.priceMinor, offer.discountPercent);
  const promised = input.atFullPrice ? shown.priceMinor : shown.discountedMinor;
  return price > promised ? null : offer;
}

function givesNoCode(offer: Offer, { atFullPrice }: AcceptInput): boolean {
  return offer.discountPercent === 0 || offer.acceptBy === "cart" || atFullPrice === true;
}

/** Nothing can be added to an order that is cancelled or leaves the house. What it has already, a shopper buys for later. */
function isEditable(order: OrderWithLines, shownFor: string | null, variantGid: string): boolean {
  return (
    order.gid === shownFor &&
    !order.cancelledAt &&
    order.fulfillmentStatus === "unfulfilled" &&
    !order.lines.some((line) => line.variantGid === variantGid)
  );
}

function answerWith(
  code: OfferCode,
  variant: Variant,
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
  { gid, priceMinor }: Pick<Variant, "gid" | "priceMinor">,
  discountPercent: number,
  { shopDomain, currency }: AcceptInput,
): AcceptOfferResponse {
  return {
    status: "accepted",
    code,
    cartUrl: cartLink(shopDomain, gid, code),
    expiresAt: expiresAt.toISOString(),
    priceMinor,
    discountedMinor: discountedPrice(priceMinor, discountPercent),
    currency,
  };
}
