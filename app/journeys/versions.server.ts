import type { ShopId, Tx } from "#app/db/tx";
import type { JourneyDefinition } from "./definition";
import { routeOf, type Route } from "./route";

/** A journey's version, ready to be walked. Versions never change, so each process reads one once. */
export type JourneyPlan = { journeyId: string; version: number; definition: JourneyDefinition; route: Route };

const MOST_KEPT = 2_000;
const kept = new Map<string, JourneyPlan>();

/** @returns null where the journey was deleted */
export async function planOf(
  tx: Tx,
  shopId: ShopId,
  journeyId: string,
  version: number,
): Promise<JourneyPlan | null> {
  const name = `${shopId} ${journeyId} ${version}`;
  const known = kept.get(name);
  if (known) return known;
  const row = await tx.journeyVersion.findUnique({
    where: { shopId_journeyId_version: { shopId, journeyId, version } },
  });
  if (!row) return null;
  // Checked when it was saved; rules that became stricter since must not stop who is on the way.
  const definition = row.definition as unknown as JourneyDefinition;
  const plan = { journeyId, version, definition, route: routeOf(definition) };
  kept.set(name, plan);
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!);
  return plan;
}

/** The plans of these versions, without those that are gone. */
export async function plansOf(
  tx: Tx,
  shopId: ShopId,
  versions: readonly { id: string; version: number }[],
): Promise<JourneyPlan[]> {
  const plans: JourneyPlan[] = [];
  for (const { id, version } of versions) {
    const plan = await planOf(tx, shopId, id, version);
    if (plan) plans.push(plan);
  }
  return plans;
}

/** Whether journeys are switched on and not put away, by their ids; those that are gone are missing. */
export async function switchedOn(
  tx: Tx,
  shopId: ShopId,
  ids: readonly string[],
): Promise<Map<string, boolean>> {
  const rows = await tx.journey.findMany({
    where: { shopId, id: { in: [...new Set(ids)] } },
    select: { id: true, enabled: true, archivedAt: true },
  });
  return new Map(rows.map(({ id, enabled, archivedAt }) => [id, enabled && archivedAt === null]));
}
