import type { AcceptOfferResponse } from "../../extensions/shared/contract";
import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import type { PlacementKey } from "#app/decisions/outcomes.server";
import type { OfferOrderEdit } from "#app/generated/prisma/client";
import type { OrderWithLines } from "#app/orders/orders.server";
import { publish } from "#app/queue/queue.server";
import type { Offer } from "./offer";

/** Adding an offered product to a placed order, as the shopper asks for it; edit-order.server.ts carries it out. */
export type EditRequest = {
  placement: PlacementKey;
  offer: Offer;
  variant: { gid: string; productGid: string; priceMinor: number };
  order: OrderWithLines;
  currency: string;
};

/** The answer to a placement that was already taken this way; null where it was not. */
export async function requestedEdit(
  tx: Tx,
  shopId: ShopId,
  { decisionId, position, currency }: PlacementKey & { currency: string },
): Promise<AcceptOfferResponse | null> {
  const edit = await tx.offerOrderEdit.findUnique({
    where: { shopId_decisionId_position: { shopId, decisionId, position } },
  });
  return edit && answerTo(tx, edit, currency);
}

/** Of an order that got several products, what is to be paid for all of them. */
export async function answerTo(tx: Tx, edit: OfferOrderEdit, currency: string): Promise<AcceptOfferResponse> {
  if (edit.state !== "done") return answerOf(edit, currency);
  const { shopId, orderGid, orderName } = edit;
  const newest = await tx.offerOrderEdit.findFirst({
    where: { shopId, orderGid, state: "done" },
    orderBy: { doneAt: "desc" },
  });
  return answerOf({ ...(newest ?? edit), orderName }, currency);
}

/** What another page's offer of the same product did to the order; null where there was none. */
export async function editOfProduct(
  tx: Tx,
  shopId: ShopId,
  orderGid: string,
  variantGid: string,
): Promise<OfferOrderEdit | null> {
  return tx.offerOrderEdit.findFirst({ where: { shopId, orderGid, variantGid } });
}

/** Notes the intent, for an order without the product. An order gets a product only once. */
export async function requestEdit(
  tx: Tx,
  shopId: ShopId,
  { placement, offer, variant, order, currency }: EditRequest,
  now: Date,
): Promise<AcceptOfferResponse> {
  const { decisionId, position } = placement;
  const id = newId(now);
  const made = await tx.offerOrderEdit.createMany({
    data: [
      {
        shopId,
        id,
        offerId: offer.id,
        decisionId,
        position,
        orderGid: order.gid,
        productGid: variant.productGid,
        variantGid: variant.gid,
        priceMinor: variant.priceMinor,
        discountPercent: offer.discountPercent,
        state: "pending",
        createdAt: now,
      },
    ],
    skipDuplicates: true,
  });
  // None where another page asked at the same moment: whoever asks again hears what became of that one.
  if (made.count > 0) await publish(tx, "offer.edit-requested", { shopId, editId: id });
  return answerOf({ state: "pending" }, currency);
}

type Known = Pick<OfferOrderEdit, "state"> &
  Partial<Pick<OfferOrderEdit, "balanceMinor" | "orderName" | "payUrl">>;

function answerOf({ state, balanceMinor, orderName, payUrl }: Known, currency: string): AcceptOfferResponse {
  if (state === "failed") return { status: "unavailable" };
  if (state !== "done") return { status: "preparing" };
  return {
    status: "added-to-order",
    orderName: orderName ?? "",
    balanceMinor: balanceMinor ?? 0,
    currency,
    payUrl: payUrl ?? null,
  };
}
