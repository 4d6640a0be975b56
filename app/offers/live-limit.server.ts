import type { ShopId, Tx } from "#app/db/tx";
import { waitForTurn } from "#app/db/wait-for-turn";
import { MOST_LIVE } from "./offer";

/**
 * What is shown to shoppers is held in memory, so only so many offers can be live at a time. Those that have ended, that
 * were taken as often as allowed, or whose first day is to come take no place before it.
 */

type Running = { startsAt: Date | null; endsAt: Date | null };

/**
 * Whether there is a place for one more all the time that it would run. Others who ask wait until this transaction ends:
 * two would both take the last one.
 * @param id of the offer itself, which needs no second place; null for a new one
 */
export async function hasPlace(
  tx: Tx,
  shopId: ShopId,
  id: string | null,
  period: Running,
  now: Date,
): Promise<boolean> {
  await waitForTurn(tx, `live-offers ${shopId}`);
  const others = await tx.$queryRaw<Running[]>`
    SELECT "startsAt", "endsAt" FROM "Offer"
    WHERE "shopId" = ${shopId} AND status = 'live' AND id IS DISTINCT FROM ${id}::uuid
      AND ("endsAt" IS NULL OR "endsAt" > ${now}) AND ("capTotal" IS NULL OR taken < "capTotal")`;
  if (others.length < MOST_LIVE) return true;
  // Most of them run at once at a moment at which one begins.
  const begins = period.startsAt && period.startsAt > now ? period.startsAt : now;
  const moments = [
    begins,
    ...others.flatMap(({ startsAt }) => (startsAt && startsAt > begins ? [startsAt] : [])),
  ];
  return moments
    .filter((moment) => runsAt(period, moment))
    .every((moment) => others.filter((other) => runsAt(other, moment)).length < MOST_LIVE);
}

function runsAt({ startsAt, endsAt }: Running, moment: Date): boolean {
  return (!startsAt || startsAt <= moment) && (!endsAt || endsAt > moment);
}
