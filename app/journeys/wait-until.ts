import { localMinutes } from "#app/contact-policy/quiet-hours";
import { isBusinessDay, type Calendar } from "#app/parcels/business-days";
import type { WaitStep } from "./definition";

/** When a wait is over. Pure; clocks are the shop's. */

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** @param from when the wait began; a moment that is not after it means that there is nothing to wait for */
export function waitUntil(step: WaitStep, from: Date, calendar: Calendar): Date {
  switch (step.mode) {
    case "duration":
      return new Date(from.getTime() + step.minutes * MINUTE);
    case "until-fact":
      return new Date(from.getTime() + step.timeoutMinutes * MINUTE);
    case "local-time":
      return nextClockTime(from, step.time, calendar, step.businessDaysOnly);
    case "business-hours": {
      const now = localMinutes(from, calendar.timezone);
      const isOpen = now >= minutesOf(step.from) && now < minutesOf(step.to);
      return isOpen && isBusinessDay(from, calendar) ? from : nextClockTime(from, step.from, calendar, true);
    }
  }
}

/** The next time after `from` at which the shop's wall clock shows "HH:MM". */
function nextClockTime(from: Date, time: string, calendar: Calendar, businessDaysOnly: boolean): Date {
  const wanted = minutesOf(time);
  const start = new Date(Math.floor(from.getTime() / MINUTE) * MINUTE);
  const untilThen = (wanted - localMinutes(start, calendar.timezone) + 24 * 60) % (24 * 60);
  let at = new Date(start.getTime() + untilThen * MINUTE);
  if (at <= from) at = new Date(at.getTime() + DAY);
  at = onTheClock(at, wanted, calendar.timezone);
  // A calendar that is closed for good must not hold anybody for ever.
  for (let days = 0; businessDaysOnly && days < 60 && !isBusinessDay(at, calendar); days++) {
    at = onTheClock(new Date(at.getTime() + DAY), wanted, calendar.timezone);
  }
  return at;
}

/** Puts right what a change to or from summer time moved: the nearest moment that shows the wanted time. */
function onTheClock(at: Date, wanted: number, timezone: string): Date {
  const drift = ((localMinutes(at, timezone) - wanted + 36 * 60) % (24 * 60)) - 12 * 60;
  return new Date(at.getTime() - drift * MINUTE);
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(":").map(Number) as [number, number];
  return hours * 60 + minutes;
}
