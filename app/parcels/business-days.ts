/**
 * Working days of the country that a parcel starts from: weekends by country, and the days on which the shop is closed.
 * Public holidays are the merchant's to enter: they differ by region, carrier and warehouse.
 */
export type Calendar = {
  /** ISO code of the country; unknown countries rest on Saturday and Sunday. */
  country: string;
  /** IANA zone in which the days are counted. */
  timezone: string;
  /** Days like "2026-12-24". */
  closedDays: readonly string[];
};

const DAY = 24 * 60 * 60 * 1000;
const FRIDAY_AND_SATURDAY = "BD BH DZ EG IL IQ JO KW LY OM QA SA SD SY YE".split(" ");

/** The same time of day, so many working days later. Starting on a free day counts from the next working day on. */
export function addBusinessDays(from: Date, days: number, calendar: Calendar): Date {
  let at = from;
  for (let left = days; left > 0;) {
    at = new Date(at.getTime() + DAY);
    if (isBusinessDay(at, calendar)) left--;
  }
  return at;
}

export function isBusinessDay(at: Date, { country, timezone, closedDays }: Calendar): boolean {
  const { weekday, date } = localDay(at, timezone);
  const weekend = FRIDAY_AND_SATURDAY.includes(country) ? ["Fri", "Sat"] : ["Sat", "Sun"];
  return !weekend.includes(weekday) && !closedDays.includes(date);
}

function localDay(at: Date, timezone: string): { weekday: string; date: string } {
  const weekday = new Intl.DateTimeFormat("en-US", { weekday: "short", timeZone: timezone }).format(at);
  // The Swedish form is the ISO one.
  const date = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeZone: timezone }).format(at);
  return { weekday, date };
}
