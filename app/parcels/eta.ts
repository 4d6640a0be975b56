/**
 * When will it arrive? From the shop's own parcels: how long did those take, from the same stage on, that were most like
 * this one? Parcels that are still on the road count too ("at least so long"), else a week of delays would be noticed only
 * once it is over (Kaplan and Meier 1958, weighted). Few parcels of the same carrier and lane are filled up by the
 * carrier's other lanes, by all others, and at last by a rule of thumb: each stands for a few parcels at most.
 */

/** Times in UTC milliseconds. */
export type Track = {
  carrier: string;
  /** From and to, as countries or finer: "DE>FR". */
  lane: string;
  /** Days that the shopper was told at checkout; null where nothing was told. It knows the distance better than any lane. */
  plannedDays: number | null;
  /** When it first reached each stage. */
  reached: { shipped: number } & Partial<Record<Exclude<EtaStage, "shipped">, number>>;
  deliveredAt: number | null;
};

export const ETA_STAGES = ["shipped", "in_transit", "out_for_delivery"] as const;
export type EtaStage = (typeof ETA_STAGES)[number];

/** UTC milliseconds: with a chance of 80 % between `p10` and `p90`. */
export type Eta = { p10: number; p50: number; p90: number };

/** How often the truth may lie below and above the range. Moved after each delivery, so that 80 % stays 80 %. */
export type Tails = { below: number; above: number };
export const EVEN_TAILS: Tails = { below: 0.1, above: 0.1 };

const DAY = 24 * 60 * 60 * 1000;
/** A parcel of so many days ago counts half. */
const HALF_LIFE = 45 * DAY;
/** Two promises that differ by this factor (as a logarithm) are barely alike. */
const PLAN_WIDTH = 0.15;
const OTHER_PLAN = 0.002;
const OTHER_WEEKDAY = 0.7;
/** For how many parcels other lanes of the carrier, and other carriers, may stand together. */
const MOST_OF_CARRIER = 12;
const MOST_OF_OTHERS = 5;

/** A rule of thumb for a shop's first parcels: median days and spread (of the logarithm), worth two parcels. */
const THUMB: Record<EtaStage, { days: number; spread: number }> = {
  shipped: { days: 3, spread: 0.6 },
  in_transit: { days: 2.2, spread: 0.6 },
  out_for_delivery: { days: 0.35, spread: 0.5 },
};
const THUMB_ABROAD = 2.5;
const THUMB_WEIGHT = 2;
/** Standard normal quantiles at 5 %, 15 %, ... 95 %. */
const NORMAL_STEPS = [-1.645, -1.036, -0.674, -0.385, -0.126, 0.126, 0.385, 0.674, 1.036, 1.645];

/** @param history the shop's parcels, in any order; a few thousand of the newest say enough */
export function forecast(history: Track[], parcel: Track, now: number, tails: Tails = EVEN_TAILS): Eta {
  const stage = stageOf(parcel);
  const since = parcel.reached[stage]!;
  const durations = weigh(history, parcel, stage, now);
  const ends = arrivals(durations, now - since);
  return {
    p10: since + quantile(ends, tails.below),
    p50: since + quantile(ends, 0.5),
    p90: since + quantile(ends, 1 - tails.above),
  };
}

/** Step of the tails after each delivery (adaptive conformal inference, Gibbs and Candès 2021). */
const STEP = 0.005;

export function adjustTails(
  tails: Tails,
  { p10, p90 }: Pick<Eta, "p10" | "p90">,
  deliveredAt: number,
): Tails {
  const move = (tail: number, missed: boolean) =>
    Math.min(0.25, Math.max(0.01, tail + STEP * (0.1 - (missed ? 1 : 0))));
  return { below: move(tails.below, deliveredAt < p10), above: move(tails.above, deliveredAt > p90) };
}

/** The furthest stage that it has reached. */
export function stageOf({ reached }: Track): EtaStage {
  return ETA_STAGES.findLast((stage) => reached[stage] !== undefined) ?? "shipped";
}

/** Milliseconds from a stage on; `open` where it has not arrived yet and takes at least so long. */
type Duration = { length: number; weight: number; open: boolean };

function weigh(history: Track[], parcel: Track, stage: EtaStage, now: number): Duration[] {
  const tiers: Duration[][] = [[], [], []];
  for (const other of history) {
    const start = other.reached[stage];
    if (start === undefined || start >= now || other === parcel) continue;
    const open = other.deliveredAt === null || other.deliveredAt > now;
    const length = (open ? now : other.deliveredAt!) - start;
    tiers[tierOf(other, parcel)]!.push({ length, weight: likeness(other, parcel, stage, now), open });
  }
  atMost(tiers[1]!, MOST_OF_CARRIER);
  atMost(tiers[2]!, MOST_OF_OTHERS);
  return [...tiers.flat(), ...ruleOfThumb(parcel, stage)];
}

/** 0 for the same carrier and lane, 1 for the same carrier, 2 for the rest. */
function tierOf(other: Track, parcel: Track): 0 | 1 | 2 {
  if (other.carrier !== parcel.carrier) return 2;
  return other.lane === parcel.lane ? 0 : 1;
}

function likeness(other: Track, parcel: Track, stage: EtaStage, now: number): number {
  const [start, ours] = [other.reached[stage]!, parcel.reached[stage]!];
  const recent = 0.5 ** ((now - start) / HALF_LIFE);
  const weekday = new Date(start).getUTCDay() === new Date(ours).getUTCDay() ? 1 : OTHER_WEEKDAY;
  return recent * weekday * planLikeness(other.plannedDays, parcel.plannedDays);
}

/** Without a plan for ours, all are alike; one without a plan says little about one that has it. */
function planLikeness(other: number | null, ours: number | null): number {
  if (ours === null) return 1;
  if (other === null) return OTHER_PLAN;
  const distance = Math.log(Math.max(1, other) / Math.max(1, ours)) / PLAN_WIDTH;
  return OTHER_PLAN + Math.exp((-distance * distance) / 2);
}

function atMost(durations: Duration[], most: number): void {
  const total = durations.reduce((sum, { weight }) => sum + weight, 0);
  if (total > most) for (const duration of durations) duration.weight *= most / total;
}

function ruleOfThumb({ lane, plannedDays }: Track, stage: EtaStage): Duration[] {
  const [from, to] = lane.split(">");
  const usual = THUMB[stage];
  const days =
    plannedDays && stage === "shipped" ? plannedDays * 0.6 : usual.days * (from === to ? 1 : THUMB_ABROAD);
  return NORMAL_STEPS.map((step) => ({
    length: days * DAY * Math.exp(usual.spread * step),
    weight: THUMB_WEIGHT / NORMAL_STEPS.length,
    open: false,
  }));
}

/** Chance of arriving at each length, given that it has not arrived after `elapsed`. Shortest first, sums to 1. */
function arrivals(durations: Duration[], elapsed: number): { length: number; chance: number }[] {
  const sorted = durations.toSorted((a, b) => a.length - b.length);
  let atRisk = sorted.reduce((sum, { weight }) => sum + weight, 0);
  let waiting = 1;
  const ends: { length: number; chance: number }[] = [];
  for (const { length, weight, open } of sorted) {
    if (!open && length > elapsed && atRisk > 0) {
      const chance = (waiting * weight) / atRisk;
      ends.push({ length, chance });
      waiting -= chance;
    }
    atRisk -= weight;
  }
  // Nobody was ever so late: as long again as half of what has passed.
  if (ends.length === 0) return [{ length: elapsed * 1.5, chance: 1 }];
  // Where the longest are still on the road, the rest of the chance goes to the end.
  ends.at(-1)!.chance += waiting;
  return ends;
}

function quantile(ends: { length: number; chance: number }[], share: number): number {
  let passed = 0;
  for (const { length, chance } of ends) {
    passed += chance;
    if (passed >= share) return length;
  }
  return ends.at(-1)!.length;
}
