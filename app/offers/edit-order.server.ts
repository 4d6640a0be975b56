import type { ShopId, Tx } from "#app/db/tx";
import type { OfferOrderEdit } from "#app/generated/prisma/client";
import { nearestLocale, type Locale } from "#app/shops/settings";
import { AdminApiError, type AdminClient } from "#app/shops/admin-client";
import { discountedPrice } from "./offer";
import { commitAddition, readOrderNow, type OrderNow } from "./shopify-order-edits.server";
import { takeBack } from "./taken.server";

/**
 * Carries out what shoppers asked to have added to their order. Shopify knows no idempotency for order edits, so the
 * attempt is noted as "unknown" first, and what is unknown is looked up before it is tried again: an order that has
 * the product got it from us, because it is offered only for orders without it. Running twice, at the same time or
 * after a crash adds it once.
 */

/** While an attempt is under way, nobody else tries. Longer than the five calls of an attempt may take. */
const ATTEMPT_MS = 60_000;

/** Nobody expects a change of their order long after the click. */
const LATEST_MS = 15 * 60_000;

export type EditPorts = {
  admin: AdminClient;
  inShop: <Result>(work: (tx: Tx) => Promise<Result>) => Promise<Result>;
  now: () => Date;
};

/** @throws where Shopify could not be reached or another attempt is under way; the job is then tried again */
export async function editOrder(shopId: ShopId, editId: string, ports: EditPorts): Promise<void> {
  const where = { shopId_id: { shopId, id: editId } };
  const edit = await ports.inShop((tx) => claimAttempt(tx, shopId, editId, ports.now()));
  if (!edit) return;
  try {
    await attempt(edit);
  } catch (error) {
    if (!(error instanceof AdminApiError) || error.kind === "unreachable") throw error;
    // Shopify answered, and did nothing.
    if (error.kind === "rejected") return fail(error.message);
    await save({});
    throw error;
  }

  async function attempt(edit: Attempt): Promise<void> {
    const order = await readOrderNow(ports.admin, edit.orderGid, edit.variantGid);
    if (edit.wasTried && order?.variantGids.includes(edit.variantGid)) return finish(order);
    const obstacle = obstacleTo(edit, order, ports.now());
    if (obstacle) return fail(obstacle);
    const result = await commitAddition(ports.admin, {
      orderGid: edit.orderGid,
      variantGid: edit.variantGid,
      discountPercent: edit.discountPercent,
      description: edit.title,
      mostMinor: discountedPrice(edit.priceMinor, edit.discountPercent),
      staffNote: `Added by the buyer: ${edit.offer.name} (Postlude)`,
    });
    if (result.status === "refused") return fail(result.problem);
    return finish((await readOrderNow(ports.admin, edit.orderGid, edit.variantGid))!);
  }

  function finish({ balanceMinor, name, payUrl }: OrderNow): Promise<void> {
    const doneAt = ports.now();
    return save({ state: "done", balanceMinor, orderName: name, payUrl, doneAt });
  }

  /** What nobody got uses nothing up: the next shopper may have it. */
  function fail(error: string): Promise<void> {
    return ports.inShop(async (tx) => {
      await takeBack(tx, shopId, await saveIn(tx, { state: "failed", error }));
    });
  }

  async function save(data: Partial<OfferOrderEdit>): Promise<void> {
    await ports.inShop((tx) => saveIn(tx, data));
  }

  function saveIn(tx: Tx, data: Partial<OfferOrderEdit>): Promise<OfferOrderEdit> {
    return tx.offerOrderEdit.update({ where, data: { ...data, attemptedUntil: null } });
  }
}

type Attempt = OfferOrderEdit & { offer: { name: string }; title: string; wasTried: boolean };

/** What the buyer reads beside the line where the offer has no headline; its name is the merchant's own. */
const TITLES = { en: "Offer", de: "Angebot", fr: "Offre", es: "Oferta" } as const satisfies Record<
  Locale,
  string
>;

async function titleOf(tx: Tx, { shopId, decisionId, position }: OfferOrderEdit): Promise<string> {
  const placement = await tx.placement.findUnique({
    where: { shopId_decisionId_position: { shopId, decisionId, position } },
    select: { payload: true, decision: { select: { locale: true } } },
  });
  const { headline } = (placement?.payload ?? {}) as { headline?: string };
  return headline || TITLES[nearestLocale(placement?.decision.locale)];
}

/** Null where it is settled. The row's lock lets one worker through at a time. */
async function claimAttempt(tx: Tx, shopId: ShopId, id: string, now: Date): Promise<Attempt | null> {
  await tx.$queryRaw`SELECT 1 FROM "OfferOrderEdit" WHERE "shopId" = ${shopId} AND id = ${id}::uuid FOR UPDATE`;
  const where = { shopId_id: { shopId, id } };
  const edit = await tx.offerOrderEdit.findUnique({ where, include: { offer: { select: { name: true } } } });
  if (!edit || edit.state === "done" || edit.state === "failed") return null;
  if (edit.attemptedUntil && edit.attemptedUntil > now) throw new Error("another attempt is under way");
  const attemptedUntil = new Date(now.getTime() + ATTEMPT_MS);
  await tx.offerOrderEdit.update({ where, data: { state: "unknown", attemptedUntil } });
  return { ...edit, title: await titleOf(tx, edit), wasTried: edit.state === "unknown" };
}

/** Why it can't be added, for the merchant to read; null where it can. */
function obstacleTo(edit: OfferOrderEdit, order: OrderNow | null, now: Date): string | null {
  if (now.getTime() - edit.createdAt.getTime() > LATEST_MS) return "Shopify could not be reached in time.";
  if (!order) return "Shopify does not know the order.";
  if (!order.open) return "The order is cancelled, closed or already on its way.";
  if (order.variantGids.includes(edit.variantGid)) return "The order already has this product.";
  if (!order.variant?.available) return "The product is sold out.";
  if (order.variant.priceMinor > edit.priceMinor) return "The product has become dearer.";
  return null;
}
