import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import type { StarterKey } from "#app/surveys/starters";
import type { Survey, SurveyForm } from "#app/surveys/survey";
import {
  createFromStarter,
  publishSurvey,
  saveSurvey,
  surveyById,
  surveyResults,
  type SurveyResults,
} from "#app/surveys/surveys.server";

type ShopKey = Pick<Shop, "id">;

export const SURVEY_DAY = new Date("2026-11-01T08:00:00Z");

/** A starter, published; by default the one that asks for a recommendation, on every surface. */
export async function aLiveSurvey(
  shop: ShopKey,
  overrides: Partial<SurveyForm> & { starter?: StarterKey } = {},
): Promise<Survey> {
  const { starter = "nps", ...form } = overrides;
  return inShop(shop.id, async (tx) => {
    const draft = await createFromStarter(tx, shop.id, starter, SURVEY_DAY);
    const { name, surfaces, timing, cooldownDays, questions } = draft;
    const values = { name, surfaces, timing, cooldownDays, questions, ...form };
    await saveSurvey(tx, shop.id, draft.id, values, SURVEY_DAY);
    const published = await publishSurvey(tx, shop.id, draft.id, SURVEY_DAY);
    if (published.status !== "saved") throw new Error(`not published: ${JSON.stringify(published)}`);
    return (await surveyById(tx, shop.id, draft.id))!;
  });
}

/** Results over a period that contains every date of the tests, including today. */
export async function resultsOf(shop: ShopKey, survey: Pick<Survey, "id">): Promise<SurveyResults> {
  const period = {
    from: new Date("2026-01-01T00:00:00Z"),
    to: new Date("2100-01-01T00:00:00Z"),
    timezone: "UTC",
  };
  const results = await inShop(shop.id, (tx) => surveyResults(tx, shop.id, survey.id, period));
  if (!results) throw new Error("no such survey");
  return results;
}

export async function responsesOf(shop: ShopKey) {
  return inShop(shop.id, (tx) =>
    tx.surveyResponse.findMany({ where: { shopId: shop.id }, orderBy: { startedAt: "asc" } }),
  );
}
