import { z } from "zod";
import type { OfferStatus } from "./offer";

/** When an offer could be shown: stretches of time, the oldest first. The last one is open (`to` is null) while it is live. */

export type Stretch = { from: Date; to: Date | null };
type Planned = { startsAt: Date | null; endsAt: Date | null };

const Stretches = z.array(z.object({ from: z.coerce.date(), to: z.coerce.date().nullable() }));
/** Older ones are let go, so that the row stays small. */
const MOST = 100;

export type LiveRow = { status: OfferStatus; liveTimes: unknown; createdAt: Date; updatedAt: Date };

/** Offers from before these were kept have one, from their making until today or their last change. */
export function liveTimesOf({ status, liveTimes, createdAt, updatedAt }: LiveRow): Stretch[] {
  if (liveTimes !== null) return Stretches.parse(liveTimes);
  if (status === "draft") return [];
  return [{ from: createdAt, to: status === "live" ? null : updatedAt }];
}

export function opened(stretches: Stretch[], now: Date): Stretch[] {
  return [...stretches, { from: now, to: null }].slice(-MOST);
}

/** What was live until now, less what its first and last day kept it from. */
export function closed(stretches: Stretch[], planned: Planned, now: Date): Stretch[] {
  return clipped(stretches, planned, { from: new Date(0), to: now });
}

/** The parts that lie in a period. First and last day are those of the open stretch; the others have ended. */
export function clipped(
  stretches: Stretch[],
  { startsAt, endsAt }: Planned,
  { from, to }: { from: Date; to: Date },
): { from: Date; to: Date }[] {
  return stretches.flatMap((one) => {
    const begins = latest(from, one.from, one.to ? null : startsAt);
    const ends = earliest(to, one.to ?? endsAt);
    return begins < ends ? [{ from: begins, to: ends }] : [];
  });
}

function latest(...moments: (Date | null)[]): Date {
  return new Date(Math.max(...moments.map((one) => one?.getTime() ?? 0)));
}

function earliest(first: Date, second: Date | null): Date {
  return second && second < first ? second : first;
}
