/** A small shop whose decisions are looked at, through the front door and as they are stored. */
import { inShop } from "#app/db/in-shop.server";
import { unpackCandidates } from "#app/decisions/stored-candidates";
import type { Shop } from "#app/generated/prisma/client";
import { aProduct, boughtTogether } from "./catalogue";
import { callAsExtension } from "./http";
import { aLiveOffer } from "./offers";
import { aShop } from "./shop";

export const NO_HOLDOUT = { holdoutPercent: 0 };

/** A shop that sells a chair, and a cushion that goes with it. */
export async function aFurnitureShop(settings = {}) {
  const shop = await aShop({}, { ...NO_HOLDOUT, locales: ["en", "de"], ...settings });
  const chair = await aProduct(shop, { title: "Oak chair", category: "Chairs", priceMinor: 12_900 });
  const cushion = await aProduct(shop, { title: "Wool cushion", category: "Cushions", priceMinor: 3_995 });
  await boughtTogether(shop, chair, cushion);
  const offer = await aLiveOffer(shop, {
    texts: { en: { headline: "One more", body: "" }, de: { headline: "Dazu", body: "" } },
  });
  return { shop, chair, cushion, offer };
}

export async function storedDecision(shop: Shop, id: string) {
  return inShop(shop.id, (tx) =>
    tx.decision.findUniqueOrThrow({
      where: { shopId_id: { shopId: shop.id, id } },
      include: { placements: true },
    }),
  );
}

/** What a shopper did with what stands in a place. */
export async function tell(url: string, shop: Shop, decisionId: string, outcome: string, position = 1) {
  const { body } = await callAsExtension<{ status: string }>(url, shop, "/api/outcomes", {
    decisionId,
    position,
    outcome,
  });
  return body.status;
}

/** Of each candidate, why it was not shown; undefined where it was. */
export async function reasonsOf(shop: Shop, decisionId: string): Promise<(string | undefined)[]> {
  const { candidates } = await storedDecision(shop, decisionId);
  return unpackCandidates(candidates).map(({ reason }) => reason);
}
