// Parcels to forecast: real ones from a file, and made-up ones with carriers, lanes, weekends and bad weeks.
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { EtaStage, Track } from "../../app/parcels/eta.ts";
import { createRandom, type Random } from "../../demo/history/random.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export type Delivered = Track & { deliveredAt: number };

/** Real parcels of many small shops: when handed over, when delivered, what was promised. Null where the file is absent. */
export function realParcels(): Delivered[] | null {
  const file = new URL("../../../shared/data/deliveries/parcels-a.csv.gz", import.meta.url);
  if (!existsSync(file)) return null;
  const [, ...lines] = gunzipSync(readFileSync(file)).toString("utf8").trim().split("\n");
  const time = (text: string) => Date.parse(`${text.replace(" ", "T")}Z`);
  return lines.flatMap((line) => {
    const [, purchased, , handed, delivered, promised] = line.split(",") as string[];
    const [shipped, deliveredAt] = [time(handed!), time(delivered!)];
    if (!(deliveredAt > shipped)) return [];
    const plannedDays = (time(promised!) - time(purchased!)) / DAY;
    return [{ carrier: "post", lane: "BR>BR", plannedDays, reached: { shipped }, deliveredAt }];
  });
}

const CARRIERS = [
  { name: "postway", share: 6, pace: 1, spread: 0.3 },
  { name: "greenline", share: 2, pace: 1.25, spread: 0.45 },
  { name: "swift", share: 2, pace: 0.45, spread: 0.2 },
];
const LANES = [
  { name: "DE>DE", share: 6, days: 1.6 },
  { name: "DE>AT", share: 2, days: 2.6 },
  { name: "DE>FR", share: 2, days: 3.8 },
  { name: "DE>US", share: 1, days: 8.5 },
];

/** Nothing moves on Sundays, little on Saturdays; one carrier has two bad weeks, and a few parcels are stuck. */
export function madeUpParcels(count: number, seed: number): Delivered[] {
  const random = createRandom(seed);
  const start = Date.UTC(2026, 0, 5);
  return Array.from({ length: count }, (_, index) => {
    const carrier = random.weighted(CARRIERS, ({ share }) => share);
    const lane = random.weighted(LANES, ({ share }) => share);
    const shipped = start + (index / count) * 180 * DAY + random.between(0, 8) * HOUR;
    const late = carrier.name === "postway" && isBadWeek(shipped - start) ? 2 : 1;
    const stuck = random.chance(0.03) ? random.between(1.5, 4) : 1;
    const days = lane.days * carrier.pace * late * stuck * Math.exp(carrier.spread * normal(random));
    const in_transit = overWeekends(shipped, Math.min(0.4, 0.2 * days));
    const arrived = overWeekends(in_transit, 0.7 * days);
    const out_for_delivery = nextMorning(arrived, random);
    const deliveredAt = out_for_delivery + random.between(1, 9) * HOUR;
    const reached = { shipped, in_transit, out_for_delivery };
    return { carrier: carrier.name, lane: lane.name, plannedDays: null, reached, deliveredAt };
  });
}

function isBadWeek(sinceStart: number): boolean {
  const week = Math.floor(sinceStart / (7 * DAY));
  return week === 18 || week === 19;
}

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

/** Working days from `from` on: a Saturday counts half, a Sunday nothing. */
function overWeekends(from: number, days: number): number {
  let at = from;
  for (let left = days; left > 0;) {
    const pace = [0, 1, 1, 1, 1, 1, 0.5][new Date(at).getUTCDay()]!;
    at += HOUR;
    left -= pace / 24;
  }
  return at;
}

function nextMorning(at: number, random: Random): number {
  const day = Math.ceil(at / DAY) * DAY;
  const sunday = new Date(day).getUTCDay() === 0 ? DAY : 0;
  return day + sunday + random.between(7, 9) * HOUR;
}

/** The parcel as it was known at this stage. */
export function upTo(parcel: Delivered, stage: EtaStage): Track {
  const reached = { ...parcel.reached };
  if (stage !== "out_for_delivery") delete reached.out_for_delivery;
  if (stage === "shipped") delete reached.in_transit;
  return { ...parcel, reached, deliveredAt: null };
}
