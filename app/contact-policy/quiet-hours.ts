import type { Limits } from "./contact";

const MINUTE = 60_000;
const clocks = new Map<string, Intl.DateTimeFormat>();

/** Local minutes since midnight in an IANA time zone; an unknown zone counts as UTC. */
export function localMinutes(at: Date, timezone: string): number {
  const [hour, minute] = clockOf(timezone).format(at).split(":").map(Number) as [number, number];
  return hour * 60 + minute;
}

/**
 * The end of the quiet hours that `now` falls into, or null where it is not quiet.
 * Works on the local wall clock, also when it jumps during the night.
 */
export function endOfQuietHours(now: Date, timezone: string, quiet: Limits["quiet"]): Date | null {
  if (!isQuiet(now, timezone, quiet)) return null;
  const start = new Date(Math.floor(now.getTime() / MINUTE) * MINUTE);
  const untilEnd = (quiet.endHour * 60 - localMinutes(start, timezone) + 24 * 60) % (24 * 60);
  // A clock change in between moves the guess by an hour or less (Lord Howe: half an hour); correct it once.
  const guess = new Date(start.getTime() + untilEnd * MINUTE);
  const drift = localMinutes(guess, timezone) - quiet.endHour * 60;
  return new Date(guess.getTime() - drift * MINUTE);
}

function isQuiet(at: Date, timezone: string, { startHour, endHour }: Limits["quiet"]): boolean {
  const minutes = localMinutes(at, timezone);
  if (startHour > endHour) return minutes >= startHour * 60 || minutes < endHour * 60;
  return minutes >= startHour * 60 && minutes < endHour * 60;
}

function clockOf(timezone: string): Intl.DateTimeFormat {
  const known = clocks.get(timezone);
  if (known) return known;
  const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  let clock: Intl.DateTimeFormat;
  try {
    clock = new Intl.DateTimeFormat("en-GB", { ...options, timeZone: timezone });
  } catch {
    clock = new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" });
  }
  clocks.set(timezone, clock);
  return clock;
}
