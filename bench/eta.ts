/**
 * How well arrivals are forecast: each parcel at each of its scans, knowing only what had happened by then, beside the
 * mean transit time of the parcels so far. Figures are of the later 30 % by time.
 */
import {
  adjustTails,
  ETA_STAGES,
  EVEN_TAILS,
  forecast,
  type Eta,
  type EtaStage,
  type Tails,
} from "../app/parcels/eta.ts";
import { madeUpParcels, realParcels, upTo, type Delivered } from "./eta/parcels.ts";
import type { Figure } from "./harness.ts";

const DAY = 86_400_000;
/** As many as the app looks back on. */
const MOST_HISTORY = 3_000;

export async function run(): Promise<Figure[]> {
  const real = realParcels();
  if (!real) console.log("Skipped: the real parcels (shared/data/deliveries) are not here.");
  return [
    ...(real ? figuresOf(measure(real), "", "real parcels") : []),
    ...figuresOf(measure(madeUpParcels(3_000, 7)), "_generator", "made-up parcels, every scan"),
  ];
}

type Scores = {
  forecasts: number;
  error: number;
  meanError: number;
  within: number;
  width: number;
  micros: number;
};

function figuresOf(scores: Scores, suffix: string, title: string): Figure[] {
  const { forecasts, error, meanError, within, width, micros } = scores;
  return [
    {
      key: `coverage_80${suffix}`,
      title: `${title}: share within the 80 % range`,
      value: within / forecasts,
      unit: "",
      atLeast: 0.76,
      atMost: 0.84,
    },
    {
      key: `mae_ratio${suffix}`,
      title: `${title}: mean error against that of the mean so far`,
      value: error / meanError,
      unit: "×",
      atMost: 0.9,
    },
    {
      key: `mae_days${suffix}`,
      title: `${title}: mean error of p50`,
      value: error / forecasts / DAY,
      unit: "days",
      peer: { title: "mean so far", value: meanError / forecasts / DAY },
    },
    {
      key: `width_days${suffix}`,
      title: `${title}: width of the range`,
      value: width / forecasts / DAY,
      unit: "days",
    },
    {
      key: `forecast_us${suffix}`,
      title: `${title}: time of one forecast`,
      value: micros / forecasts,
      unit: "µs",
    },
  ];
}

type Scan = { at: number; parcel: Delivered; stage: EtaStage };

function measure(parcels: Delivered[]): Scores {
  const shipped = parcels.toSorted((a, b) => a.reached.shipped - b.reached.shipped);
  const delivered = parcels.toSorted((a, b) => a.deliveredAt - b.deliveredAt);
  const scans = shipped.flatMap(scansOf).sort((a, b) => a.at - b.at);
  const from = shipped[Math.floor(shipped.length * 0.7)]!.reached.shipped;
  const scores = { forecasts: 0, error: 0, meanError: 0, within: 0, width: 0, micros: 0 };
  const given = new Map<Delivered, Eta>();
  let tails: Tails = EVEN_TAILS;
  let [arrived, transit, known] = [0, 0, 0];

  for (const { at, parcel, stage } of scans) {
    for (; arrived < delivered.length && delivered[arrived]!.deliveredAt < at; arrived++) {
      const done = delivered[arrived]!;
      transit += done.deliveredAt - done.reached.shipped;
      const eta = given.get(done);
      if (eta) tails = adjustTails(tails, eta, done.deliveredAt);
    }
    while (known < shipped.length && shipped[known]!.reached.shipped < at) known++;
    const started = performance.now();
    const history = shipped
      .slice(Math.max(0, known - MOST_HISTORY), known)
      .filter((other) => other !== parcel);
    const eta = forecast(history, upTo(parcel, stage), at, tails);
    const micros = (performance.now() - started) * 1000;
    if (!given.has(parcel)) given.set(parcel, eta);
    if (parcel.reached.shipped < from || arrived === 0) continue;
    scores.forecasts++;
    scores.micros += micros;
    scores.error += Math.abs(parcel.deliveredAt - eta.p50);
    scores.meanError += Math.abs(
      parcel.deliveredAt - Math.max(at, parcel.reached.shipped + transit / arrived),
    );
    scores.within += parcel.deliveredAt >= eta.p10 && parcel.deliveredAt <= eta.p90 ? 1 : 0;
    scores.width += eta.p90 - eta.p10;
  }
  return scores;
}

function scansOf(parcel: Delivered): Scan[] {
  return ETA_STAGES.flatMap((stage) => {
    const at = parcel.reached[stage];
    return at === undefined ? [] : [{ at, parcel, stage }];
  });
}
