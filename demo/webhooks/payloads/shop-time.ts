// Times in webhooks: whole seconds in the shop's time zone, "2026-11-22T01:30:51-05:00".

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const formats = new Map<string, Intl.DateTimeFormat>();

/** A copy of the payload with every ISO time in it turned into the shop's. */
export function inShopTime<Payload extends Record<string, unknown>>(
  payload: Payload,
  timeZone: string,
): Payload {
  const json = JSON.stringify(payload, (_key, value: unknown) =>
    typeof value === "string" && ISO.test(value) ? shopTime(value, timeZone) : value,
  );
  return JSON.parse(json) as Payload;
}

export function shopTime(iso: string, timeZone: string): string {
  const date = new Date(iso);
  const offset = offsetMinutes(date, timeZone);
  const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, 19);
  const sign = offset < 0 ? "-" : "+";
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  return `${local}${sign}${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
}

function offsetMinutes(date: Date, timeZone: string): number {
  const format =
    formats.get(timeZone) ?? new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" });
  formats.set(timeZone, format);
  const name = format.formatToParts(date).find((part) => part.type === "timeZoneName")!.value;
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return sign === undefined ? 0 : (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
