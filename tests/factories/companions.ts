/** What would be proposed beside an order, asked through the memory that a page of the shop has. */
import { forgetShopMemory, memoryOf, orderInMemory } from "#app/api/shop-memory.server";
import { inShop } from "#app/db/in-shop.server";
import type { Candidate } from "#app/decisions/candidate";
import type { Shop } from "#app/generated/prisma/client";
import type { Bought } from "#app/offers/bought-before.server";
import { EMPTY_OFFER } from "#app/offers/offer";
import { offerCandidates } from "#app/offers/offer-candidates";
import { createOffer } from "#app/offers/offers.server";
import type { TestProduct } from "./catalogue";

export const NOW = new Date("2026-11-22T12:00:00Z");

type Moment = { products: TestProduct[]; bought?: Bought[]; orderValueMinor?: number };

/** What would be proposed for an order of these products. */
export async function proposed(shop: Shop, moment: Moment): Promise<Candidate[]> {
  return (await weighed(shop, moment)).filter(({ refusal }) => !refusal);
}

/** Products that a decision would name as kept away by the merchant. */
export async function keptAway(shop: Shop, moment: Moment): Promise<string[]> {
  const candidates = await weighed(shop, moment);
  return candidates.flatMap(({ refusal, subject }) => (refusal === "excluded" ? [subject!] : []));
}

/** Through the same memory as a page of the shop. */
async function weighed(shop: Shop, { products, ...moment }: Moment): Promise<Candidate[]> {
  forgetShopMemory();
  const { shelf } = await memoryOf(shop.id);
  const productGids = products.map(({ productGid }) => productGid);
  const order = await orderInMemory(shop.id, productGids);
  return offerCandidates(shelf.offers, shelf, order, {
    ...{ surface: "thank-you", locale: "en", currency: "EUR", shopCurrency: "EUR", now: NOW },
    ...moment,
  });
}

export const subjects = (candidates: Candidate[]) => candidates.map(({ subject }) => subject);

/** Of companions, on the thank-you page, live. */
export async function anOffer(shop: Shop, overrides: Partial<typeof EMPTY_OFFER> = {}): Promise<void> {
  const form = { ...EMPTY_OFFER, name: "Goes well", ...overrides };
  await inShop(shop.id, (tx) => createOffer(tx, shop, form, "live", NOW));
}

/** How often goods of a category are bought again, as it was learnt. */
export async function habits(shop: Shop, category: string, repeatRate: number): Promise<void> {
  await inShop(shop.id, (tx) =>
    tx.affinityModel.create({
      data: {
        shopId: shop.id,
        blend: {},
        habits: { [category]: { sales: 500, repeatRate, pairRate: 0.3 } },
        orders: 900,
        products: 3,
        learntAt: NOW,
      },
    }),
  );
}
