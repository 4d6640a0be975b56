import { localDay, startOfDay } from "#app/shops/local-day";
import type { Campaign } from "./campaign";

/** Spending spread evenly over the campaign's days and over the hours of each day. */

const DAY = 24 * 60 * 60 * 1000;
/** The days until an end are an hour more or less where clocks are put back or forward between: that makes no day. */
const CLOCK_CHANGE = 1 / 12;
/** How far spending may run ahead of the clock: two hours of a day, so that a quiet morning is no rule. */
const AHEAD = 1 / 12;

type Paced = Pick<
  Campaign,
  "bidMinor" | "budgetMinor" | "dailyBudgetMinor" | "spentMinor" | "spentOn" | "spentTodayMinor" | "endsAt"
>;

/** True where one more yes fits what the campaign may have spent by now. */
export function isOnPace(campaign: Paced, timezone: string, now: Date): boolean {
  const { bidMinor, budgetMinor, spentMinor } = campaign;
  if (spentMinor + bidMinor > budgetMinor) return false;
  const today = localDay(now, timezone);
  const spentTodayMinor = campaign.spentOn === today ? campaign.spentTodayMinor : 0;
  return spentTodayMinor + bidMinor <= allowanceMinor(campaign, { today, spentTodayMinor, timezone, now });
}

/** What may be spent today until `now`: at least one bid, so that a small budget is spent at all. */
function allowanceMinor(
  campaign: Paced,
  {
    today,
    spentTodayMinor,
    timezone,
    now,
  }: { today: string; spentTodayMinor: number; timezone: string; now: Date },
): number {
  const { bidMinor, budgetMinor, dailyBudgetMinor, spentMinor, endsAt } = campaign;
  const left = budgetMinor - spentMinor + spentTodayMinor;
  const midnight = startOfDay(today, timezone);
  const days = endsAt ? (endsAt.getTime() - midnight.getTime()) / DAY : 0;
  const daysLeft = endsAt ? Math.max(1, Math.ceil(days - CLOCK_CHANGE)) : 0;
  const evenly = daysLeft > 0 ? left / daysLeft : Infinity;
  const ofToday = Math.min(dailyBudgetMinor ?? Infinity, evenly);
  // Without an end and a daily budget there is nothing to spread over.
  if (ofToday === Infinity) return left;
  const elapsed = (now.getTime() - midnight.getTime()) / DAY;
  return Math.max(bidMinor, Math.floor(ofToday * Math.min(1, elapsed + AHEAD)));
}
