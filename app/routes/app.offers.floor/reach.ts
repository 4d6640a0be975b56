import type { FloorReach } from "#app/decisions/recent-decisions.server";

/** How far one decision reached, for as many decisions as it stands for. */
export type ReachPoint = { reach: number; decisions: number };

/** Points of several places as one list, ascending. Each place counts by its decisions, however many points were sent of it. */
export function poolReach(places: readonly FloorReach[]): ReachPoint[] {
  return places
    .flatMap(({ decisions, reach }) =>
      reach.map((one) => ({ reach: one, decisions: decisions / reach.length })),
    )
    .sort((a, b) => a.reach - b.reach);
}

/** Share of the decisions in which no offer reached the floor. */
export function shareBelow(points: readonly ReachPoint[], floor: number): number {
  const all = decisionsOf(points);
  return all > 0 ? decisionsOf(points.filter(({ reach }) => reach < floor || reach <= 0)) / all : 0;
}

/** What this share of the decisions did not reach past. */
export function reachOfShare(points: readonly ReachPoint[], share: number): number {
  let left = share * decisionsOf(points);
  return points.find(({ decisions }) => (left -= decisions) < 0)?.reach ?? points.at(-1)?.reach ?? 0;
}

function decisionsOf(points: readonly ReachPoint[]): number {
  return points.reduce((sum, { decisions }) => sum + decisions, 0);
}
