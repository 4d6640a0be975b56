import type { ShopId, Tx } from "#app/db/tx";
import type { Prisma } from "#app/generated/prisma/client";
import { QuestionsSchema, type Question } from "./question";
import { changedSurvey, SurveyChangeSchema } from "./survey-variant";

/**
 * The survey gets the variant's words, question by question; answers given so far stay as they are.
 * @returns what it replaced; null where the survey is gone, or the change cannot be read
 */
export async function promoteSurveyVariant(
  tx: Tx,
  shopId: ShopId,
  surveyId: string,
  stored: unknown,
  now: Date,
): Promise<{ questions: Question[] } | null> {
  const survey = await tx.survey.findUnique({ where: { shopId_id: { shopId, id: surveyId } } });
  if (!survey || survey.status === "archived" || !SurveyChangeSchema.safeParse(stored).success) return null;
  const before = QuestionsSchema.parse(survey.questions);
  const { questions } = changedSurvey({ questions: before }, stored);
  await writeQuestions(tx, shopId, surveyId, questions, now);
  return { questions: before };
}

export async function restoreQuestions(
  tx: Tx,
  shopId: ShopId,
  surveyId: string,
  replaced: { questions: Question[] },
  now: Date,
): Promise<boolean> {
  return writeQuestions(tx, shopId, surveyId, replaced.questions, now);
}

async function writeQuestions(
  tx: Tx,
  shopId: ShopId,
  surveyId: string,
  questions: Question[],
  now: Date,
): Promise<boolean> {
  const written = await tx.survey.updateMany({
    where: { shopId, id: surveyId, status: { not: "archived" } },
    data: { questions: questions as Prisma.InputJsonValue, updatedAt: now },
  });
  return written.count > 0;
}
