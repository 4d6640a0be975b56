import { localMinutes } from "#app/contact-policy/quiet-hours";
import { isBusinessDay, type Calendar } from "#app/parcels/business-days";

/** Time as the shop's staff counts it: only while the shop is open. Pure. */

export type OpeningHours = {
  /** Local times like "09:00". */
  opensAt: string;
  closesAt: string;
  calendar: Calendar;
};

const MINUTE = 60_000;
/** A calendar that is closed for good must not keep us counting. */
const MOST_DAYS = 200;

/** The moment at which the shop will have been open for so many hours since `from`. */
export function afterBusinessHours(from: Date, hours: number, opening: OpeningHours): Date {
  const [opens, closes] = [minutesOf(opening.opensAt), minutesOf(opening.closesAt)];
  const { calendar } = opening;
  let left = hours * 60;
  let at = from;
  for (let days = 0; days < MOST_DAYS; days++) {
    const now = localMinutes(at, calendar.timezone);
    const start = Math.max(now, opens);
    const isOpen = isBusinessDay(at, calendar) && start < closes;
    if (isOpen && left <= closes - start) return later(at, start - now + left);
    if (isOpen) left -= closes - start;
    at = nextDay(at, now, calendar.timezone);
  }
  return at;
}

/** The following midnight on the shop's clock; a day of 23 or 25 hours is put right. */
function nextDay(at: Date, now: number, timezone: string): Date {
  const guess = later(at, 24 * 60 - now);
  const off = localMinutes(guess, timezone);
  return off > 12 * 60 ? later(guess, 24 * 60 - off) : later(guess, -off);
}

function later(at: Date, minutes: number): Date {
  return new Date(Math.floor(at.getTime() / MINUTE) * MINUTE + minutes * MINUTE);
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(":").map(Number) as [number, number];
  return hours * 60 + minutes;
}
