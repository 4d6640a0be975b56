import type { ShopId, Tx } from "#app/db/tx";
import { offerReasons, type OfferReasons } from "#app/decisions/recent-decisions.server";
import { clipped, liveTimesOf } from "./live-times";
import type { Period } from "./results.server";

/** So many decisions of the newest stretches are read; of each at least its newest. */
const MOST = 2_000;

/**
 * Why an offer was shown, or not, at the moments at which it was live: as a draft, while it was paused, before its first
 * and after its last day it could not be, whatever its products.
 */
export async function reasonsWhileLive(
  tx: Tx,
  shopId: ShopId,
  offerId: string,
  period: Period,
): Promise<OfferReasons> {
  const offer = await tx.offer.findUniqueOrThrow({ where: { shopId_id: { shopId, id: offerId } } });
  const counts = new Map<string, number>();
  let decisions = 0;
  let left = MOST;
  for (const stretch of clipped(liveTimesOf(offer), offer, period).reverse()) {
    if (left <= 0) break;
    const found = await offerReasons(tx, shopId, offer, stretch);
    decisions += found.decisions;
    for (const { reason, decisions: times } of found.reasons) {
      counts.set(reason, (counts.get(reason) ?? 0) + times);
    }
    left -= await offersDecided(tx, shopId, stretch);
  }
  const reasons = [...counts].map(([reason, times]) => ({ reason, decisions: times }));
  return { decisions, reasons: reasons.sort((a, b) => b.decisions - a.decisions) };
}

/** On any page, at most as many as are read. */
async function offersDecided(tx: Tx, shopId: ShopId, { from, to }: Period): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int FROM (
      SELECT FROM "Decision"
      WHERE "shopId" = ${shopId} AND block = 'offers' AND "decidedAt" >= ${from} AND "decidedAt" < ${to}
      LIMIT ${MOST}
    ) decided`;
  return row!.count;
}
