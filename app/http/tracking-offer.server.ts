import type { OfferPlacement } from "../../extensions/shared/contract";
import { answerBlock } from "#app/api/decide.server";
import { inShop } from "#app/db/in-shop.server";
import { recordOutcome } from "#app/decisions/outcomes.server";
import type { Shop } from "#app/generated/prisma/client";
import { log } from "#app/log.server";
import { formatMoney } from "#app/messages/format";
import { acceptOffer } from "#app/offers/accept.server";
import { offerToken, type Placed } from "#app/offers/offer-token";
import { reasonWords } from "#app/offers/reason-words";
import { orderByGid } from "#app/orders/orders.server";
import type { Locale } from "#app/shops/settings";
import { html, type Html } from "./shopper-page.server";
import type { TrackingExtraTexts } from "./tracking-extra-texts";

/**
 * The offer on the tracking page. Decided while the page is written; a decision that takes too long leaves the place
 * empty. It is seen when its picture of one pixel is fetched, which browsers do when it scrolls into view; it is taken or
 * declined by a form, so that no machine that follows links does either.
 */

export type ShownOffer = { placement: OfferPlacement; decisionId: string };

export async function offerForTracking(
  shop: Shop,
  orderGid: string,
  locale: Locale,
  now: Date,
  patienceMs: number,
): Promise<ShownOffer | null> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<null>((resolve) => (timer = setTimeout(resolve, patienceMs, null)));
  try {
    return await Promise.race([decide(shop, orderGid, locale, now), patience]);
  } finally {
    clearTimeout(timer);
  }
}

async function decide(shop: Shop, orderGid: string, locale: Locale, now: Date): Promise<ShownOffer | null> {
  try {
    const order = await inShop(shop.id, (tx) => orderByGid(tx, shop.id, orderGid));
    if (!order || order.cancelledAt || order.test) return null;
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
    const moment = { surface: "tracking", orderId, locale, currency, country, lines } as const;
    const looker = { shop, customerGid: order.customerGid, now };
    const answer = await answerBlock(looker, { block: "offers", moment });
    const placement = answer.placements.find((one): one is OfferPlacement => one.kind === "offer");
    return placement && answer.decisionId ? { placement, decisionId: answer.decisionId } : null;
  } catch (error) {
    log.warn({ shopId: shop.id, error: String(error) }, "no offer on the tracking page");
    return null;
  }
}

// ───────── what is shown ─────────

type Slot = {
  offer: ShownOffer;
  shopId: number;
  secret: string;
  /** The page's own path on the shop's domain. */
  path: string;
  /** Brings back to the order. */
  orderToken: string;
  words: TrackingExtraTexts;
  locale: Locale;
};

export function offerSlot({ offer, shopId, secret, path, orderToken, words, locale }: Slot): Html {
  const { placement, decisionId } = offer;
  const { title, variantTitle, imageUrl, headline, body, priceMinor, discountedMinor, currency } = placement;
  const money = (minor: number) => formatMoney({ minor, currency }, locale);
  const token = offerToken(secret, { shopId, decisionId, position: placement.position });
  const reason = body || reasonWords(placement.reasons ?? [], locale);
  return html`<section class="offer" aria-labelledby="offer">
    <h2 id="offer">${headline || words.offer}</h2>
    <div class="offered">
      ${imageUrl ? html`<img src="${imageUrl}" alt="" width="96" height="96" loading="lazy" />` : ""}
      <div>
        <p><strong>${title}</strong>${variantTitle ? html`<br />${variantTitle}` : ""}</p>
        ${reason && html`<p class="quiet">${reason}</p>`}
        <p>
          <strong>${money(discountedMinor)}</strong>
          ${discountedMinor < priceMinor && html`<s class="quiet">${words.usually(money(priceMinor))}</s>`}
        </p>
      </div>
    </div>
    <form method="post" action="${path}/take">
      <input type="hidden" name="o" value="${token}" />
      <input type="hidden" name="t" value="${orderToken}" />
      <p class="replies">
        <button>${words.take}</button>
        <button formaction="${path}/decline">${words.decline}</button>
      </p>
      ${discountedMinor < priceMinor && html`<p class="quiet">${words.takeHelp}</p>`}
    </form>
    <img class="seen" src="${path}/seen?o=${token}" alt="" width="1" height="1" loading="lazy" />
  </section>`;
}

// ───────── what became of it ─────────

export async function noteSeen({ shopId, ...placement }: Placed, now: Date): Promise<void> {
  await inShop(shopId, (tx) => recordOutcome(tx, shopId, placement, "impression", now));
}

export async function noteDeclined({ shopId, ...placement }: Placed, now: Date): Promise<void> {
  await inShop(shopId, (tx) => recordOutcome(tx, shopId, placement, "dismissal", now));
}

/** @returns where the cart is; "preparing" while the code is being made; null where the offer is over */
export async function takeOffer(shop: Shop, placed: Placed, now: Date): Promise<string | "preparing" | null> {
  const { decisionId, position } = placed;
  const placement = { decisionId, position };
  const { id: shopId, domain: shopDomain, currency } = shop;
  const answer = await inShop(shopId, async (tx) => {
    await recordOutcome(tx, shopId, placement, "click", now);
    return acceptOffer(tx, shopId, { ...placement, order: null, shopDomain, currency }, now);
  });
  if (answer.status === "accepted") return answer.cartUrl;
  return answer.status === "preparing" ? "preparing" : null;
}
