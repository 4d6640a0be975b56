import { randomInt } from "node:crypto";
import { forgetShopMemory } from "#app/api/shop-memory.server";
import { newId } from "#app/db/id";
import { inShop } from "#app/db/in-shop.server";
import type { Offer, Prisma, Shop } from "#app/generated/prisma/client";
import type { DecideRequest, DecideResponse, Moment } from "../../extensions/shared/contract";
import type { TestProduct } from "./catalogue";
import { callAsExtension } from "./http";

/** A live offer of complementary products at 10 % off; web processes see it at once. */
export async function aLiveOffer(
  shop: Pick<Shop, "id">,
  overrides: Partial<Prisma.OfferUncheckedCreateInput> = {},
): Promise<Offer> {
  const now = new Date();
  const offer = await inShop(shop.id, (tx) =>
    tx.offer.create({
      data: {
        shopId: shop.id,
        id: newId(now),
        name: "Goes well with your order",
        status: "live",
        selection: "complementary",
        discountPercent: 10,
        surfaces: ["thank-you", "order-status"],
        createdAt: now,
        updatedAt: now,
        ...overrides,
      },
    }),
  );
  forgetShopMemory();
  return offer;
}

/** A shopper who just bought these products, one of each. Every call is another order. */
export function aMoment(
  products: TestProduct[],
  overrides: Partial<Moment> = {},
): Moment & { orderId: string } {
  return {
    surface: "thank-you",
    orderId: `gid://shopify/OrderIdentity/${randomInt(1, 2 ** 40)}`,
    locale: "en",
    currency: "EUR",
    lines: products.map(({ productGid, variantGid, priceMinor }) => ({
      productId: productGid,
      variantId: variantGid,
      quantity: 1,
      amountMinor: priceMinor,
    })),
    ...overrides,
  } as Moment & { orderId: string };
}

/** Asks for offers as the block on the page does. */
export async function askForOffers(
  url: string,
  shop: Pick<Shop, "domain">,
  moment: Moment,
  customerGid?: string,
): Promise<DecideResponse> {
  const request: DecideRequest = { block: "offers", moment };
  const { status, body } = await callAsExtension<DecideResponse>(url, shop, "/api/decide", request, {
    customerGid,
  });
  if (status !== 200) throw new Error(`decide answered ${status}: ${JSON.stringify(body)}`);
  return body;
}
