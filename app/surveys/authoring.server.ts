import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import { settingsOf } from "#app/shops/shops.server";
import { starterFor, type StarterKey } from "./starters";
import {
  isOpen,
  publishProblems,
  readSurvey,
  type FieldProblems,
  type Survey,
  type SurveyForm,
} from "./survey";

/**
 * Surveys as the merchant keeps them: begin with a starter, edit, publish, pause, archive. A live survey is always
 * one that can be asked: a change that would break it is refused, with the problem beside its field.
 */

/** All surveys but the archived ones, or only those; newest first. */
export async function listSurveys(
  tx: Tx,
  shopId: ShopId,
  { archived = false }: { archived?: boolean } = {},
): Promise<Survey[]> {
  const rows = await tx.survey.findMany({
    where: { shopId, status: archived ? "archived" : { not: "archived" } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  return rows.map(readSurvey);
}

export async function surveyById(tx: Tx, shopId: ShopId, id: string): Promise<Survey | null> {
  const row = await tx.survey.findUnique({ where: { shopId_id: { shopId, id } } });
  return row && readSurvey(row);
}

/** The survey where it may be asked and answered at `now`, else null. */
export async function openSurvey(tx: Tx, shopId: ShopId, id: string, now: Date): Promise<Survey | null> {
  const survey = await surveyById(tx, shopId, id);
  return survey && isOpen(survey, now) ? survey : null;
}

/** Makes a draft from a starter. Asking for the same starter again gives the survey that it once made. */
export async function createFromStarter(tx: Tx, shopId: ShopId, key: StarterKey, now: Date): Promise<Survey> {
  const { name, surfaces, timing, questions } = starterFor(key);
  await tx.survey.createMany({
    data: [
      { shopId, id: newId(now), key, name, surfaces, timing, questions, createdAt: now, updatedAt: now },
    ],
    skipDuplicates: true,
  });
  const unarchived = { status: "draft", updatedAt: now } as const;
  await tx.survey.updateMany({ where: { shopId, key, status: "archived" }, data: unarchived });
  return readSurvey(await tx.survey.findUniqueOrThrow({ where: { shopId_key: { shopId, key } } }));
}

/** Makes an empty draft. */
export async function createBlank(tx: Tx, shopId: ShopId, name: string, now: Date): Promise<Survey> {
  const id = newId(now);
  const row = await tx.survey.create({
    data: {
      shopId,
      id,
      key: `survey-${id.slice(-12)}`,
      name,
      surfaces: ["thank-you"],
      questions: [],
      createdAt: now,
      updatedAt: now,
    },
  });
  return readSurvey(row);
}

export type SaveSurveyResult =
  { status: "saved" } | { status: "missing" } | { status: "invalid"; problems: FieldProblems };

export async function saveSurvey(
  tx: Tx,
  shopId: ShopId,
  id: string,
  form: SurveyForm,
  now: Date,
  seen?: Date,
): Promise<SaveSurveyResult | { status: "changed" }> {
  const survey = await surveyById(tx, shopId, id);
  if (!survey) return { status: "missing" };
  const problems = survey.status === "live" ? await problemsOf(tx, shopId, form) : {};
  if (Object.keys(problems).length > 0) return { status: "invalid", problems };
  const { count } = await tx.survey.updateMany({
    where: { shopId, id, ...(seen && { updatedAt: seen }) },
    data: { ...form, updatedAt: now },
  });
  return { status: count > 0 ? "saved" : "changed" };
}

async function problemsOf(tx: Tx, shopId: ShopId, form: SurveyForm): Promise<FieldProblems> {
  return publishProblems(form, (await settingsOf(tx, shopId)).locales);
}

/** Makes the survey live; from now on it is asked. */
export async function publishSurvey(
  tx: Tx,
  shopId: ShopId,
  id: string,
  now: Date,
): Promise<SaveSurveyResult> {
  const survey = await surveyById(tx, shopId, id);
  if (!survey) return { status: "missing" };
  const problems = await problemsOf(tx, shopId, survey);
  if (Object.keys(problems).length > 0) return { status: "invalid", problems };
  await tx.survey.update({ where: { shopId_id: { shopId, id } }, data: { status: "live", updatedAt: now } });
  return { status: "saved" };
}

/** Stops asking. Paused surveys come back with `publishSurvey`; archived ones also leave the list. Answers stay. */
export async function stopSurvey(
  tx: Tx,
  shopId: ShopId,
  id: string,
  status: "paused" | "archived",
  now: Date,
): Promise<SaveSurveyResult> {
  const changed = await tx.survey.updateMany({ where: { shopId, id }, data: { status, updatedAt: now } });
  return { status: changed.count > 0 ? "saved" : "missing" };
}

/** Takes a survey out of the archive. It is paused, whatever it was: nobody is asked before the merchant says so. */
export async function restoreSurvey(
  tx: Tx,
  shopId: ShopId,
  id: string,
  now: Date,
): Promise<{ status: "saved" | "missing" }> {
  const changed = await tx.survey.updateMany({
    where: { shopId, id, status: "archived" },
    data: { status: "paused", updatedAt: now },
  });
  return { status: changed.count > 0 ? "saved" : "missing" };
}
