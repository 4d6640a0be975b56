import type { ShopId, Tx } from "#app/db/tx";
import type { Experiment } from "#app/experiments/experiment";
import type { Subject } from "#app/experiments/subjects";
import {
  experimentById,
  notePromotion,
  noteUndo,
  replacedBy,
  stopExperiment,
} from "#app/experiments/experiments.server";
import type { TemplateKey } from "#app/messages/default-templates";
import { goLive, TemplateChangeSchema } from "#app/messages/template-experiments.server";
import { promoteOfferVariant, restoreTerms, type ReplacedTerms } from "#app/offers/promote-variant.server";
import { promoteSurveyVariant, restoreQuestions } from "#app/surveys/promote-variant.server";

/** Promoting a variant of whatever is tested, and taking that back: the one place that knows all subjects. */
export type PromoteStatus = "promoted" | "over" | "gone";

export async function promote(
  tx: Tx,
  shopId: ShopId,
  id: string,
  key: string,
  now: Date,
): Promise<PromoteStatus> {
  const experiment = await experimentById(tx, shopId, id);
  const variant = experiment?.variants.find((one) => one.key === key);
  if (!experiment || !variant || experiment.status === "promoted") return "over";
  const isUnchanged = Object.keys(variant.change).length === 0;
  const replaced = isUnchanged ? null : await apply(tx, shopId, experiment, variant.change, now);
  if (!isUnchanged && !replaced) return "gone";
  await stopExperiment(tx, shopId, id, now);
  await notePromotion(tx, shopId, id, { variant: key, replaced, now });
  return "promoted";
}

type Place = Pick<Experiment, "subject" | "subjectId">;

function apply(
  tx: Tx,
  shopId: ShopId,
  { subject, subjectId }: Place,
  change: unknown,
  now: Date,
): Promise<object | null> {
  const appliers: Record<Subject, () => Promise<object | null>> = {
    offer: () => promoteOfferVariant(tx, shopId, subjectId, change, now),
    survey: () => promoteSurveyVariant(tx, shopId, subjectId, change, now),
    message: async () => {
      const read = TemplateChangeSchema.safeParse(change);
      return read.success ? goLive(tx, shopId, subjectId as TemplateKey, read.data.version, now) : null;
    },
  };
  return appliers[subject]();
}

export async function undoPromotion(tx: Tx, shopId: ShopId, id: string, now: Date): Promise<boolean> {
  const experiment = await experimentById(tx, shopId, id);
  const replaced = await replacedBy(tx, shopId, id);
  if (!experiment || !replaced) return false;
  const { subject, subjectId } = experiment;
  const restorers: Record<Subject, () => Promise<boolean>> = {
    offer: () => restoreTerms(tx, shopId, subjectId, replaced as ReplacedTerms, now),
    survey: () =>
      restoreQuestions(tx, shopId, subjectId, replaced as Parameters<typeof restoreQuestions>[3], now),
    message: async () => {
      const { version } = TemplateChangeSchema.parse(replaced);
      return (await goLive(tx, shopId, subjectId as TemplateKey, version, now)) !== null;
    },
  };
  const restored = await restorers[subject]();
  if (restored) await noteUndo(tx, shopId, id);
  return restored;
}

/** Whether somebody changed the thing itself while the experiment ran: then the variants are no longer what they were. */
export async function wasChangedMeanwhile(
  tx: Tx,
  shopId: ShopId,
  {
    subject,
    subjectId,
    status,
    startedAt,
  }: Pick<Experiment, "subject" | "subjectId" | "status" | "startedAt">,
): Promise<boolean> {
  if (status !== "running") return false;
  const where = { shopId, updatedAt: { gt: startedAt } };
  const counters: Record<Subject, () => Promise<number>> = {
    offer: () => tx.offer.count({ where: { ...where, id: subjectId } }),
    survey: () => tx.survey.count({ where: { ...where, id: subjectId } }),
    message: () => tx.messageTemplate.count({ where: { ...where, key: subjectId } }),
  };
  return (await counters[subject]()) > 0;
}
