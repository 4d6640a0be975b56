import type { ShopId, Tx } from "#app/db/tx";
import type { ExplainedDecision } from "./explain.server";
import { LAYOUT, unpackModel } from "./model/state";
import { whatSpoke, type Voices } from "./model/what-spoke";

/**
 * What spoke for and against the candidates of a decision that came closest to being shown, as the model sees it today:
 * it has learnt since. Empty where nothing was learnt yet, or where the person was erased.
 */
export async function voicesOf(
  tx: Tx,
  shopId: ShopId,
  { context, candidates }: Pick<ExplainedDecision, "context" | "candidates">,
  most = 3,
): Promise<Voices[]> {
  if (!context?.traits) return [];
  const row = await tx.decisionModel.findUnique({
    where: { shopId_layout: { shopId, layout: LAYOUT } },
    select: { state: true },
  });
  if (!row) return [];
  const model = await unpackModel(row.state);
  const traits = context.traits;
  return (
    candidates
      .map((candidate, index) => ({ candidate, index }))
      // What a rule kept out was not weighed.
      .filter(({ candidate }) => Object.keys(candidate.features).length > 0)
      .sort(
        ({ candidate: a }, { candidate: b }) =>
          (a.position ?? Infinity) - (b.position ?? Infinity) ||
          b.propensity - a.propensity ||
          b.score - a.score,
      )
      .slice(0, most)
      .map(({ candidate, index }) => ({ index, ...whatSpoke(model, candidate, traits) }))
      .filter((voices) => voices.for.length + voices.against.length > 0)
  );
}
