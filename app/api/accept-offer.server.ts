import { z } from "zod";
import type { AcceptOfferResponse } from "../../extensions/shared/contract";
import { inShop } from "#app/db/in-shop.server";
import { acceptOffer } from "#app/offers/accept.server";
import { endpoint } from "./extension-api.server";

const AcceptSchema = z.object({ decisionId: z.uuid(), position: z.int().min(1).max(3) });

/** POST /api/offers/accept: the shopper takes an offer; asked again, the same code comes back. */
export const acceptShownOffer = endpoint(
  AcceptSchema,
  async ({ shop, now }, placement): Promise<AcceptOfferResponse> => {
    const input = { ...placement, shopDomain: shop.domain, currency: shop.currency };
    return inShop(shop.id, (tx) => acceptOffer(tx, shop.id, input, now));
  },
);
