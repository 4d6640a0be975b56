import { recordTouch } from "#app/contact-policy/contact-policy.server";
import type { ShopId, Tx } from "#app/db/tx";
import type { SurveyPlacement } from "../../extensions/shared/contract";

/**
 * What came of a placement. Each outcome is written once, however often it is told; the first telling counts. The
 * learner reads them from the rows, so nothing is lost with a process.
 */
export type PlacementKey = { decisionId: string; position: number };
export type Outcome = "impression" | "click" | "dismissal";
export type OutcomeStatus = "recorded" | "already-recorded" | "unknown";

const COLUMN = { impression: "impressionAt", click: "clickedAt", dismissal: "dismissedAt" } as const;
/** An outcome told later than this was not seen on the page that the decision was made for. */
const WINDOW_DAYS = 30;

export async function recordOutcome(
  tx: Tx,
  shopId: ShopId,
  { decisionId, position }: PlacementKey,
  outcome: Outcome,
  now: Date,
): Promise<OutcomeStatus> {
  const column = COLUMN[outcome];
  const since = new Date(now.getTime() - WINDOW_DAYS * 24 * 60 * 60 * 1000);
  const placement = await tx.placement.findFirst({
    where: { shopId, decisionId, position, decidedAt: { gt: since } },
    select: { kind: true, personKey: true, surface: true, payload: true },
  });
  if (!placement) return "unknown";
  const written = await tx.placement.updateMany({
    where: { shopId, decisionId, position, [column]: null },
    data: { [column]: now },
  });
  if (written.count === 0) return "already-recorded";
  // Nobody clicks or dismisses what they did not see: the impression's own call may have been lost.
  await noteImpression(tx, shopId, { decisionId, position, ...placement }, now);
  return "recorded";
}

/**
 * The shopper took it. Idempotent; the feature that grants what was offered calls this in the same transaction.
 * @returns whether it was not known yet
 */
export async function recordAcceptance(
  tx: Tx,
  shopId: ShopId,
  key: PlacementKey,
  now: Date,
): Promise<boolean> {
  const where = { shopId, decisionId: key.decisionId, position: key.position };
  const written = await tx.placement.updateMany({
    where: { ...where, acceptedAt: null },
    data: { acceptedAt: now },
  });
  if (written.count === 0) return false;
  const placement = await tx.placement.findUniqueOrThrow({ where: { shopId_decisionId_position: where } });
  await noteImpression(tx, shopId, placement, now);
  return true;
}

export type Taken = { decisionId: string | undefined; orderGid: string; kind: string; candidateId: string };

/**
 * The same for a feature that is told the decision and knows by itself what was taken. A decision about another order,
 * or one that did not show this, is left as it is.
 */
export async function recordTaken(
  tx: Tx,
  shopId: ShopId,
  { decisionId, orderGid, kind, candidateId }: Taken,
  now: Date,
): Promise<void> {
  if (!decisionId) return;
  const placement = await tx.placement.findFirst({
    where: { shopId, decisionId, kind, candidateId, decision: { orderGid } },
    select: { decisionId: true, position: true },
  });
  if (placement) await recordAcceptance(tx, shopId, placement, now);
}

async function noteImpression(
  tx: Tx,
  shopId: ShopId,
  placement: PlacementKey & { kind: string; personKey: string; surface: string; payload: unknown },
  now: Date,
): Promise<void> {
  const { decisionId, position, kind, personKey, surface, payload } = placement;
  await tx.placement.updateMany({
    where: { shopId, decisionId, position, impressionAt: null },
    data: { impressionAt: now },
  });
  const touch = { personKey, channel: surface, marketing: kind === "offer" || kind === "sponsored" };
  const sourceKey = `placement:${decisionId}:${position}`;
  await recordTouch(tx, shopId, { ...touch, kind, sourceKey, happenedAt: now });
  if (!asksNps(payload)) return;
  // That question rests longer than others, wherever it was seen.
  await recordTouch(tx, shopId, { ...touch, kind: "nps", sourceKey: `${sourceKey}:nps`, happenedAt: now });
}

function asksNps(payload: unknown): boolean {
  const { questions = [] } = payload as Partial<SurveyPlacement>;
  return questions.some((question) => "type" in question && question.type === "nps");
}
