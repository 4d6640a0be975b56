import type { ShopId, Tx } from "#app/db/tx";
import { Prisma } from "#app/generated/prisma/client";
import { hasOptions, scaleOf, scoredQuestion, textIn, type Question } from "./question";
import { npsOf, type Nps } from "./nps";
import type { Survey } from "./survey";
import { surveyById } from "./authoring.server";

/** What the answers say. Only finished responses count; everything is counted in the database, by one period. */

/** Half-open, UTC; days begin at midnight in `timezone` (IANA). */
export type Period = { from: Date; to: Date; timezone: string };

export type QuestionResult = {
  id: string;
  type: Question["type"];
  text: string;
  /** How many people answered it. */
  answered: number;
  /** How often each answer was given, in the order in which it was offered; empty for free texts. */
  bars: { value: string; label: string; count: number }[];
  /** Mean of a scale from 1 to 5; null for other questions and without answers. */
  mean: number | null;
};

export type SurveyResults = {
  survey: Survey;
  responses: number;
  /** Orders on whose pages it was seen (or answered). Null where it is asked by mail only. */
  shown: number | null;
  /** Answered on a page / shown on a page, 0..1; null where it was never shown. */
  responseRate: number | null;
  /** Null without an NPS question or without answers to it. */
  nps: Nps | null;
  questions: QuestionResult[];
  /** Local days with at least one response, oldest first. Promoters and detractors are 0 without an NPS question. */
  trend: { day: string; responses: number; promoters: number; detractors: number }[];
};

/** @returns null where the shop has no such survey */
export async function surveyResults(
  tx: Tx,
  shopId: ShopId,
  surveyId: string,
  period: Period,
): Promise<SurveyResults | null> {
  const survey = await surveyById(tx, shopId, surveyId);
  if (!survey) return null;
  const scope = { shopId, surveyId, period };
  const counts = await answerCounts(tx, scope, survey.questions);
  const questions = survey.questions.map((question) => questionResult(question, counts.get(question.id)));
  const asksNps = scoredQuestion(survey.questions)?.type === "nps";
  const trend = await trendOf(tx, scope, asksNps);
  const reach = await reachOf(tx, scope);
  return {
    survey,
    responses: trend.reduce((sum, day) => sum + day.responses, 0),
    ...reach,
    nps: asksNps ? npsOf(scoreCounts(counts.get(scoredQuestion(survey.questions)!.id))) : null,
    questions,
    trend,
  };
}

type Scope = { shopId: ShopId; surveyId: string; period: Period };
type ValueCounts = Map<string, number>;

const inPeriod = ({ shopId, surveyId, period }: Scope) => Prisma.sql`
  r."shopId" = ${shopId} AND r."surveyId" = ${surveyId}::uuid AND r.complete
  AND r."answeredAt" >= ${period.from} AND r."answeredAt" < ${period.to}`;

/** Per question, how often each value was given; under "" how many people answered it. */
async function answerCounts(tx: Tx, scope: Scope, questions: Question[]): Promise<Map<string, ValueCounts>> {
  const counted = questions.filter(({ type }) => type !== "text").map(({ id }) => id);
  const scored = scoredQuestion(questions)?.id ?? null;
  const rows = await tx.$queryRaw<{ question: string; value: string; count: number }[]>`
    WITH given AS (
      SELECT a.key AS question, a.value, jsonb_typeof(a.value) = 'array' AS many FROM "SurveyResponse" r
      CROSS JOIN LATERAL jsonb_each(r.answers) a WHERE ${inPeriod(scope)}
      UNION ALL -- of answers that were erased with their person, the score remains
      SELECT ${scored}, to_jsonb(r.score), false FROM "SurveyResponse" r
      WHERE ${inPeriod(scope)} AND r.answers = '{}' AND r.score IS NOT NULL AND ${scored}::text IS NOT NULL
    )
    SELECT question, '' AS value, count(*)::int AS count FROM given GROUP BY question
    UNION ALL
    SELECT question, value #>> '{}', count(*)::int FROM given
    WHERE NOT many AND question = ANY (${counted}) GROUP BY 1, 2
    UNION ALL
    SELECT question, one, count(*)::int FROM given
    CROSS JOIN LATERAL jsonb_array_elements_text(CASE WHEN many THEN value ELSE '[]' END) one GROUP BY 1, 2`;
  const counts = new Map<string, ValueCounts>();
  for (const { question, value, count } of rows) {
    const values = counts.get(question) ?? new Map<string, number>();
    values.set(value, count);
    counts.set(question, values);
  }
  return counts;
}

function questionResult(question: Question, counts: ValueCounts = new Map()): QuestionResult {
  const { id, type } = question;
  const bars = answersOffered(question).map((answer) => ({
    ...answer,
    count: counts.get(answer.value) ?? 0,
  }));
  const given = bars.reduce((sum, bar) => sum + bar.count, 0);
  const total = bars.reduce((sum, bar) => sum + Number(bar.value) * bar.count, 0);
  return {
    id,
    type,
    text: textIn(question.text, "en"),
    answered: counts.get("") ?? 0,
    bars,
    mean: scaleOf(type)?.max === 5 && given > 0 ? total / given : null,
  };
}

function answersOffered(question: Question): { value: string; label: string }[] {
  if (hasOptions(question.type)) {
    return question.options.map((option) => ({ value: option.id, label: textIn(option.text, "en") }));
  }
  const scale = scaleOf(question.type);
  if (!scale) return [];
  return Array.from({ length: scale.max - scale.min + 1 }, (_, index) => {
    const value = String(scale.min + index);
    return { value, label: value };
  });
}

function scoreCounts(counts: ValueCounts = new Map()): number[] {
  return Array.from({ length: 11 }, (_, score) => counts.get(String(score)) ?? 0);
}

async function trendOf(tx: Tx, scope: Scope, asksNps: boolean): Promise<SurveyResults["trend"]> {
  return tx.$queryRaw<SurveyResults["trend"]>`
    SELECT to_char(r."answeredAt" AT TIME ZONE ${scope.period.timezone}, 'YYYY-MM-DD') AS day,
      count(*)::int AS responses,
      count(*) FILTER (WHERE ${asksNps} AND r.score >= 9)::int AS promoters,
      count(*) FILTER (WHERE ${asksNps} AND r.score <= 6)::int AS detractors
    FROM "SurveyResponse" r WHERE ${inPeriod(scope)} GROUP BY 1 ORDER BY 1`;
}

/**
 * How many orders had the survey on a page in view, and how many of them answered there. Answers count as seen, in
 * case the page closed before the impression was told. Mails are not part of it: they have their own click figures.
 */
async function reachOf(tx: Tx, scope: Scope): Promise<Pick<SurveyResults, "shown" | "responseRate">> {
  const { shopId, surveyId, period } = scope;
  const [row] = await tx.$queryRaw<{ shown: number; answered: number }[]>`
    WITH seen AS (
      SELECT d."orderGid" AS key FROM "Placement" p
      JOIN "Decision" d ON d."shopId" = p."shopId" AND d.id = p."decisionId"
      WHERE p."shopId" = ${shopId} AND p.kind = 'survey' AND p."candidateId" = ${surveyId}
        AND p."impressionAt" >= ${period.from} AND p."impressionAt" < ${period.to}
    ), answered AS (
      SELECT r."orderGid" AS key FROM "SurveyResponse" r WHERE ${inPeriod(scope)} AND r.channel <> 'email'
    )
    SELECT (SELECT count(*) FROM (SELECT key FROM seen UNION SELECT key FROM answered) both_)::int AS shown,
           (SELECT count(DISTINCT key) FROM answered)::int AS answered`;
  const { shown, answered } = row!;
  return shown === 0 ? { shown: null, responseRate: null } : { shown, responseRate: answered / shown };
}
