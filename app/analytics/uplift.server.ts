import type { ShopId, Tx } from "#app/db/tx";
import { compareArms, type Comparison, type Interval } from "#app/experiments/compare-arms";
import { HELD_OUT, offerHoldoutKey, SHOP_HOLDOUT, SHOWN } from "#app/experiments/exposures.server";
import { addMoments, NO_PEOPLE } from "#app/experiments/moments";
import { checkSampleRatio, type SampleRatio } from "#app/experiments/sample-ratio";
import { armOf, armSums, revenueOutcome, sponsoredOutcome, type ArmDay } from "./arm-sums.server";
import { calendarDays } from "./period";

/**
 * What offers really add: shoppers who may see them against those held out, from the day on which the holdout got its
 * present size. Everybody counts from the first order for which something stood ready, whether or not it was shown, so
 * both sides hold the same kind of people. Money is net of discounts, refunds and cancellations.
 */
export type Uplift = {
  since: Date;
  shown: number;
  heldOut: number;
  /** Share of the people that is held out, 0..1. */
  share: number;
  sampleRatio: SampleRatio;
  /** The shop's own sales per shopper, minor units. */
  own: Comparison;
  /** What advertisers paid the shop, per shopper; null for the holdout of a single offer. */
  sponsored: Comparison | null;
  /** The always-valid interval as it was after each day, own sales per shopper. */
  days: UpliftDay[];
};
export type UpliftDay = { day: string; difference: number } & Interval;

const LONGEST_DAYS = 365;
const DAY = 24 * 60 * 60 * 1000;
type Clock = { now: Date; timezone: string };

/** Null where nobody was ever held out. */
export function shopUplift(tx: Tx, shopId: ShopId, clock: Clock): Promise<Uplift | null> {
  return upliftOf(tx, shopId, SHOP_HOLDOUT, clock);
}

/** One offer against its own holdout; null where it has none. */
export function offerUplift(tx: Tx, shopId: ShopId, offerId: string, clock: Clock): Promise<Uplift | null> {
  return upliftOf(tx, shopId, offerHoldoutKey(offerId), clock);
}

async function upliftOf(
  tx: Tx,
  shopId: ShopId,
  trialKey: string,
  { now, timezone }: Clock,
): Promise<Uplift | null> {
  const last = await tx.exposure.findFirst({
    where: { shopId, trialKey },
    orderBy: { exposedAt: "desc" },
    select: { share: true },
  });
  if (!last || last.share <= 0 || last.share >= 1) return null;
  const { share } = last;
  const first = await tx.exposure.findFirst({
    where: { shopId, trialKey, share, exposedAt: { gte: new Date(now.getTime() - LONGEST_DAYS * DAY) } },
    orderBy: { exposedAt: "asc" },
    select: { exposedAt: true },
  });
  // Nobody for a year: what was is told nowhere else either.
  if (!first) return null;
  const since = first.exposedAt;
  const options = { trialKey, since, timezone, share };
  const own = await armSums(tx, shopId, options, revenueOutcome());
  const [shown, heldOut] = [armOf(own, SHOWN), armOf(own, HELD_OUT)];
  const smaller = Math.min(share, 1 - share);
  return {
    since,
    shown: shown.people,
    heldOut: heldOut.people,
    share,
    sampleRatio: checkSampleRatio([
      { people: shown.people, share: 1 - share },
      { people: heldOut.people, share },
    ]),
    own: compareArms(shown, heldOut, smaller),
    sponsored: trialKey === SHOP_HOLDOUT ? await sponsoredUplift(tx, shopId, options, smaller) : null,
    days: dayByDay(own, daysSince(since, now, timezone), smaller),
  };
}

async function sponsoredUplift(
  tx: Tx,
  shopId: ShopId,
  options: Parameters<typeof armSums>[2],
  smaller: number,
): Promise<Comparison> {
  const paid = await armSums(tx, shopId, options, sponsoredOutcome());
  return compareArms(armOf(paid, SHOWN), armOf(paid, HELD_OUT), smaller);
}

function daysSince(since: Date, now: Date, timezone: string): string[] {
  const count = Math.ceil((now.getTime() - since.getTime()) / DAY) + 1;
  return calendarDays(Math.max(1, count), now, timezone);
}

/** Days on which it was too early to say anything are left out. */
export function dayByDay(
  sums: ArmDay[],
  days: string[],
  smaller: number,
  arms: { treated: string; control: string } = { treated: SHOWN, control: HELD_OUT },
  comparisons = 1,
): UpliftDay[] {
  let [treated, control] = [NO_PEOPLE, NO_PEOPLE];
  const result: UpliftDay[] = [];
  for (const day of days) {
    const today = sums.filter((one) => one.day === day);
    treated = addMoments(treated, armOf(today, arms.treated));
    control = addMoments(control, armOf(today, arms.control));
    const { difference, alwaysValid, verdict } = compareArms(treated, control, smaller, comparisons);
    if (verdict.state !== "too-early") result.push({ day, difference, ...alwaysValid });
  }
  return result;
}
