/** The calendar day "2026-11-22" that a moment belongs to in a time zone. */
export function localDay(moment: Date, timezone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: timezone }).format(moment);
}

/** The day before (-1) or after (1) a calendar day. */
export function dayBeside(day: string, by: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10);
}

/**
 * The UTC moment at which a calendar day begins in a time zone.
 * @param day "2026-11-22"
 * @param timezone IANA, e.g. "Europe/Berlin"
 */
export function startOfDay(day: string, timezone: string): Date {
  return localMoment(`${day}T00:00`, timezone);
}

/**
 * The UTC moment at which the zone's clocks show this time. An hour that is left out in spring is taken an hour later.
 * @param shown "2026-11-22T10:00"
 * @param timezone IANA, e.g. "Europe/Berlin"
 */
export function localMoment(shown: string, timezone: string): Date {
  const asUtc = Date.parse(`${shown}:00Z`);
  // Asked twice: the clock may be put forward or back between the two guesses.
  const first = asUtc - offsetAt(asUtc, timezone);
  const second = asUtc - offsetAt(first, timezone);
  // In the hour that is left out, each guess has the offset of the other side. Of a day it must be the later one, or the
  // day would begin on the day before.
  const isShown = second + offsetAt(second, timezone) === asUtc;
  return new Date(isShown ? second : Math.max(first, second));
}

/** What the zone's clocks show at this moment: "2026-11-22T10:00". */
export function shownMoment(moment: Date, timezone: string): string {
  return new Date(moment.getTime() + offsetAt(moment.getTime(), timezone)).toISOString().slice(0, 16);
}

/** Milliseconds by which the zone's clocks are ahead of UTC at this moment. */
function offsetAt(moment: number, timezone: string): number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: timezone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const parts = Object.fromEntries(
    format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]),
  );
  const { year, month, day, hour, minute, second } = parts as Record<string, number>;
  return Date.UTC(year!, month! - 1, day, hour, minute, second) - Math.floor(moment / 1000) * 1000;
}
