import type { OfferPlacement } from "../../extensions/shared/contract";
import { answerBlock } from "#app/api/decide.server";
import { inShop } from "#app/db/in-shop.server";
import { env } from "#app/env.server";
import type { Message, Shop } from "#app/generated/prisma/client";
import type { MailOffer } from "#app/messages/mail-offer";
import { releaseCode } from "#app/offers/give-code.server";
import { offerForMail } from "#app/offers/offer-for-mail.server";
import { offerToken } from "#app/offers/offer-token";
import { reasonWords } from "#app/offers/reason-words";
import { orderByGid, type OrderWithLines } from "#app/orders/orders.server";
import { trackingPath, trackingToken } from "#app/parcels/tracking-link";
import type { Locale } from "#app/shops/settings";

/** A mail waits this long for its offer's code; then it goes without the offer. */
const PATIENCE_MS = 2 * 60_000;

/**
 * Fills the offer slot of a mail that is about to be sent: one decision on the surface "message", about the order that
 * the mail is about. Its impression is the mail's first human open, or the click.
 */
export async function offerForMessage(
  shop: Shop,
  message: Message,
  locale: Locale,
  now: Date,
): Promise<MailOffer | null> {
  const order = await inShop(shop.id, (tx) => orderByGid(tx, shop.id, message.orderGid ?? ""));
  if (!order) return null;
  const looker = { shop, customerGid: message.customerGid, now };
  const answer = await answerBlock(looker, { block: "offers", moment: momentOf(order, locale) });
  const placement = answer.placements.find((one): one is OfferPlacement => one.kind === "offer");
  if (!placement || !answer.decisionId) return null;
  const { decisionId } = answer;
  const terms = { decisionId, placement, shopDomain: shop.domain };
  const ready = await inShop(shop.id, (tx) => offerForMail(tx, shop.id, terms, now));
  if (ready === "preparing") {
    if (now.getTime() - message.dueAt.getTime() > PATIENCE_MS) {
      await inShop(shop.id, (tx) => releaseCode(tx, shop.id, { decisionId, position: placement.position }));
      return null;
    }
    throw new Error("the code of the mail's offer is being made");
  }
  if (!ready) return null;
  const { title, imageUrl = null, currency, position, reasons = [] } = placement;
  return {
    ...{ decisionId, position, title, imageUrl, currency },
    ...{
      reason: reasonWords(reasons, locale),
      declineUrl: declineLink(shop, order.gid, decisionId, position),
    },
    ...ready,
  };
}

/** The page that asks once more: a link alone declines nothing. */
function declineLink(shop: Shop, orderGid: string, decisionId: string, position: number): string {
  const { ENCRYPTION_KEY: secret } = env();
  const o = offerToken(secret, { shopId: shop.id, decisionId, position });
  const t = trackingToken(secret, { shopId: shop.id, orderGid });
  return `https://${shop.domain}${trackingPath(shop.proxyPath)}/decline?${new URLSearchParams({ o, t })}`;
}

function momentOf(order: OrderWithLines, locale: Locale) {
  const lines = order.lines.flatMap(({ productGid, variantGid, quantity, priceMinor, discountMinor }) =>
    productGid
      ? [
          {
            productId: productGid,
            variantId: variantGid ?? "",
            quantity,
            amountMinor: priceMinor * quantity - discountMinor,
          },
        ]
      : [],
  );
  const { gid: orderId, country } = order;
  const currency = order.presentmentCurrency ?? order.currency;
  return { surface: "message" as const, orderId, locale, currency, country: country ?? undefined, lines };
}
