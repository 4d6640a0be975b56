import type { PaymentRanking } from "#app/generated/prisma/client";

/**
 * When the order of payment methods was on, since buyers are split as they are now. Orders that were placed in a pause
 * met no order of ours: they say nothing about it, whenever we are told of them.
 */

/** Times in ISO; from the switching off until Shopify had it again. */
export type Pause = { from: string; to: string };

type Times = Pick<PaymentRanking, "startedAt" | "pausedAt" | "pauses">;

export const NO_FIGURES = { startedAt: null, pausedAt: null, pauses: [] };

export function pausesOf({ pauses }: Pick<Times, "pauses">): Pause[] {
  return pauses as Pause[];
}

export function wasOn(ranking: Times, at: Date): boolean {
  const { startedAt, pausedAt } = ranking;
  if (!startedAt || at < startedAt || (pausedAt && at >= pausedAt)) return false;
  return !pausesOf(ranking).some(({ from, to }) => new Date(from) <= at && at < new Date(to));
}

/** Since when it is on without a break; null while it is off. */
export function onSince(ranking: Times): Date | null {
  const last = pausesOf(ranking).at(-1);
  if (ranking.pausedAt) return null;
  return last ? new Date(last.to) : ranking.startedAt;
}

/** What to store when Shopify has the order: the beginning, or the end of a pause; null where it was on already. */
export function switchedOn(ranking: Times, now: Date): Partial<Times> | null {
  const { startedAt, pausedAt } = ranking;
  if (!startedAt) return { ...NO_FIGURES, startedAt: now };
  if (!pausedAt) return null;
  const pause: Pause = { from: pausedAt.toISOString(), to: now.toISOString() };
  return { pausedAt: null, pauses: [...pausesOf(ranking), pause] };
}
