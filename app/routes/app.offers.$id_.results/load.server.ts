import { z } from "zod";
import { calendarDays, lastDays, periodDays } from "#app/analytics/period";
import { offerUplift } from "#app/analytics/uplift.server";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { standingOf } from "#app/offers/offer";
import { offerById } from "#app/offers/offers.server";
import { offerResults } from "#app/offers/results.server";
import { offerTrend } from "#app/offers/trend.server";
import { reasonsWhileLive } from "#app/offers/why-shown.server";

/** One offer's figures of the period that the address names. Throws 404 where the shop has no such offer. */
export async function loadResults(request: Request, params: { id?: string }, shop: Shop) {
  const id = z.uuid().safeParse(params.id);
  const days = periodDays(new URL(request.url).searchParams.get("days"));
  const now = new Date();
  const period = lastDays(days, now, shop.timezone);
  const { timezone } = shop;
  return inShop(shop.id, async (tx) => {
    const offer = id.success ? await offerById(tx, shop.id, id.data) : null;
    if (!offer) throw new Response("No such offer", { status: 404 });
    const results = await offerResults(tx, shop.id, period);
    return {
      offer: {
        id: offer.id,
        name: offer.name,
        standing: standingOf(offer, now),
        holdoutPercent: offer.holdoutPercent,
      },
      days,
      result: results.find(({ offerId }) => offerId === offer.id) ?? null,
      trend: await offerTrend(tx, shop.id, offer.id, {
        days: calendarDays(days, now, timezone),
        timezone,
        ...period,
      }),
      uplift: await offerUplift(tx, shop.id, offer.id, { now, timezone }),
      reasons: await reasonsWhileLive(tx, shop.id, offer.id, period),
    };
  });
}
