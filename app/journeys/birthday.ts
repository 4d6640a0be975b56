import { localMinutes } from "#app/contact-policy/quiet-hours";

const DAY = 24 * 60 * 60 * 1000;
const GREETED_AT = 9 * 60;

/**
 * The next birthday after `now`, at nine in the morning by the shop's clock; null where the date cannot be read. Who was
 * born on 29 February is greeted on the 28th in years that have none.
 */
export function nextBirthday(born: unknown, now: Date, timezone: string): Date | null {
  const [, month, day] = /^(?:\d{4}-)?(\d{2})-(\d{2})$/.exec(String(born ?? "")) ?? [];
  if (!month || !day) return null;
  for (let year = now.getUTCFullYear() - 1; year <= now.getUTCFullYear() + 1; year++) {
    const at = morningOf(year, Number(month), Number(day), timezone);
    if (!at) return null;
    if (at > now) return at;
  }
  return null;
}

function morningOf(year: number, month: number, day: number, timezone: string): Date | null {
  const leaps = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
  const shown = month === 2 && day === 29 && !leaps ? 28 : day;
  const noon = new Date(Date.UTC(year, month - 1, shown, 12));
  if (noon.getUTCMonth() !== month - 1 || day < 1) return null;
  // From noon UTC to the wanted minute of the same local day: zones lie within 14 hours of it.
  let shift = GREETED_AT - localMinutes(noon, timezone);
  const localDay = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeZone: timezone }).format(noon);
  if (localDay > noon.toISOString().slice(0, 10)) shift -= DAY / 60_000;
  return new Date(noon.getTime() + shift * 60_000);
}
