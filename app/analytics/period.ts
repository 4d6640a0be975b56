import { dayBeside, localDay, startOfDay } from "#app/shops/local-day";

/** Lengths a merchant can look at. Each is compared with the same number of days before it. */
export const PERIOD_DAYS = [7, 30, 90] as const;
export type PeriodDays = (typeof PERIOD_DAYS)[number];

export function periodDays(text: string | null): PeriodDays {
  return PERIOD_DAYS.find((days) => String(days) === text) ?? 30;
}

/** One figure of a period beside the period before. */
export type Compared = { current: number; previous: number };

/** Calendar days "2026-11-22" in a time zone, the last one being today; oldest first. */
export function calendarDays(count: number, now: Date, timezone: string): string[] {
  const today = localDay(now, timezone);
  return Array.from({ length: count }, (_, index) => dayBeside(today, index + 1 - count));
}

/** The same days as a stretch of time: every page that says "last 30 days" means the same 30. */
export function lastDays(count: number, now: Date, timezone: string): { from: Date; to: Date } {
  return { from: startOfDay(calendarDays(count, now, timezone)[0]!, timezone), to: now };
}
