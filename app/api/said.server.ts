import type { Tx } from "#app/db/tx";
import { contentFor } from "#app/content/content.server";
import { inboxOf, type InboxOwner } from "#app/messages/inbox.server";
import { openCodes, type CodeShop } from "#app/offers/open-codes.server";
import { lastBought } from "#app/orders/orders.server";
import { spokenLocale } from "#app/shops/settings";
import { settingsOf } from "#app/shops/shops.server";
import type { Said } from "../../extensions/shared/contract";

/** More would bury the page. */
const TIPS_SHOWN = 3;

/** What the shop has to say to a shopper: their messages, tips for what they bought, and codes that wait to be used. */
export async function saidTo(
  tx: Tx,
  shop: CodeShop,
  owner: InboxOwner,
  { locale, now }: { locale: string; now: Date },
): Promise<Said> {
  const shopId = shop.id;
  const entries = await inboxOf(tx, shopId, owner, now);
  const { locales } = await settingsOf(tx, shopId);
  const productGids = await lastBought(tx, shopId, owner, now);
  const tips = await contentFor(tx, shopId, { productGids }, spokenLocale(locales, locale));
  return {
    messages: entries.map(({ messageId, createdAt, readAt, ...words }) => ({
      ...words,
      id: messageId,
      createdAt: createdAt.toISOString(),
      read: readAt !== null,
    })),
    tips: tips.slice(0, TIPS_SHOWN).map(({ id, title, paragraphs, videoUrl, imageUrl }) => ({
      ...{ id, title, paragraphs, videoUrl, imageUrl },
    })),
    codes: await openCodes(tx, shop, owner, now),
  };
}
