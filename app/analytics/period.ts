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
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: timezone }).format(now);
  const last = Date.parse(`${today}T00:00:00Z`);
  return Array.from({ length: count }, (_, index) =>
    new Date(last - (count - 1 - index) * 86_400_000).toISOString().slice(0, 10),
  );
}
