import type { ShopId, Tx } from "#app/db/tx";
import { changeFor, trialsOf } from "#app/experiments/experiment";
import { runningOn } from "#app/experiments/experiments.server";
import type { Survey } from "./survey";
import { changedSurvey } from "./survey-variant";

/** The survey in the words that this person gets of a running experiment, wherever they are asked. */
export async function inWordsFor(tx: Tx, shopId: ShopId, survey: Survey, personKey: string): Promise<Survey> {
  const experiment = await runningOn(tx, shopId, "survey", survey.id);
  if (!experiment) return survey;
  const change = changeFor([experiment], trialsOf([experiment], personKey), "survey", survey.id);
  return change ? changedSurvey(survey, change) : survey;
}
