import type { Tx } from "#app/db/tx";
import { problemsOf } from "#app/offers/check-offer.server";
import {
  createOffer,
  mayBeLive,
  moveOffer,
  saveOffer,
  type OfferForm,
  type OfferShop,
} from "#app/offers/offers.server";
import { TOO_MANY_LIVE } from "#app/offers/offer";
import { STALE, type SaveResult } from "#app/ui/save";

type Wish = { intent: "save" | "publish" | "pause"; form: OfferForm; seen: Date | null };

const DONE = { save: "Offer saved", publish: "Offer is live", pause: "Offer paused" };

const REFUSED = {
  changed: STALE,
  archived: { problems: { "": "This offer was archived meanwhile. Bring it back from the archive first." } },
  unknown: { problems: { "": "This offer is no longer there. Go back to the list to make a new one." } },
} satisfies Record<string, SaveResult>;

/** Does what the editor asks for. @param id null for a new offer */
export async function carryOut(
  tx: Tx,
  shop: OfferShop,
  id: string | null,
  { intent, form, seen }: Wish,
  now: Date,
): Promise<SaveResult | { created: string }> {
  const stored = id ? await tx.offer.findUnique({ where: { shopId_id: { shopId: shop.id, id } } }) : null;
  const goesLive = intent === "publish" || (intent === "save" && stored?.status === "live");
  const problems = await problemsOf(tx, shop, form, { goesLive, now });
  if (Object.keys(problems).length > 0) {
    if (intent !== "pause" || !id || stored?.status !== "live") return { problems };
    // Shoppers must not go on seeing it because something of it is wrong; what was typed is not saved.
    await moveOffer(tx, shop.id, id, intent, now);
    return { problems: {}, saved: DONE.pause };
  }
  if (goesLive && !(await mayBeLive(tx, shop, id, form, now))) return { problems: { "": TOO_MANY_LIVE } };
  if (!id)
    return { created: await createOffer(tx, shop, form, intent === "publish" ? "live" : "draft", now) };
  const { status } = await saveOffer(tx, shop, id, form, now, seen ?? undefined);
  if (status !== "saved") return REFUSED[status];
  if (intent !== "save") await moveOffer(tx, shop.id, id, intent, now);
  return { problems: {}, saved: DONE[intent] };
}
