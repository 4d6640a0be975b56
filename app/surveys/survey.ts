import { z } from "zod";
import type { Survey as SurveyRow } from "#app/generated/prisma/client";
import { LANGUAGE_NAMES, mainLocale, type Locale } from "#app/shops/settings";
import { hasOptions, QuestionsSchema, scaleOf, type Question, type Translations } from "./question";

/** Where a survey may be asked. */
export const SURVEY_SURFACES = ["thank-you", "order-status", "message"] as const;
export type SurveySurface = (typeof SURVEY_SURFACES)[number];

/** When a survey may be asked: as soon as there is an order, or once a parcel of the order has arrived. */
export const TIMINGS = ["purchase", "delivery"] as const;
export type SurveyTiming = (typeof TIMINGS)[number];

/** What a merchant edits. Drafts may be unfinished; `publishProblems` says what a live survey still needs. */
export const SurveyFormSchema = z.object({
  name: z.string().trim().min(1, "Give the survey a name.").max(80, "Use at most 80 characters."),
  surfaces: z.array(z.enum(SURVEY_SURFACES)),
  timing: z.enum(TIMINGS),
  cooldownDays: z
    .int("Use a whole number of days.")
    .min(0, "Use 0 or more days.")
    .max(365, "Use at most 365 days."),
  questions: QuestionsSchema,
});
export type SurveyForm = z.infer<typeof SurveyFormSchema>;

/** First problem per field, keyed by its path ("questions.0.text"). */
export type FieldProblems = Record<string, string>;

/**
 * @param locales the shop's languages, the main one first: it must have every text that one of the others has
 * @returns what keeps the survey from being shown; empty where it is ready
 */
export function publishProblems(form: SurveyForm, locales: readonly Locale[]): FieldProblems {
  const problems: FieldProblems = {};
  if (form.surfaces.length === 0) problems.surfaces = "Choose at least one place to ask.";
  if (form.questions.length === 0) problems.questions = "Add at least one question.";
  if (form.timing === "delivery" && form.surfaces.includes("thank-you")) {
    problems.surfaces = "On the thank-you page nothing has been delivered yet. Choose another place or time.";
  }
  form.questions.forEach((question, index) => {
    const path = `questions.${index}`;
    Object.assign(problems, missingTexts(question, path, locales));
    if (form.questions.findIndex((other) => other.id === question.id) !== index) {
      problems[`${path}.text`] ??= "This question is there twice. Remove one.";
    }
    if (!hasOptions(question.type)) return;
    if (question.options.length < 2)
      problems[`${path}.options`] = "Give at least two answers to choose from.";
    Object.assign(problems, repeatedAnswers(question, path, locales));
  });
  return problems;
}

/** What the main language lacks. Texts in languages that the shop does not speak count for nothing: nobody sees them. */
function missingTexts(question: Question, path: string, locales: readonly Locale[]): FieldProblems {
  const main = mainLocale(locales);
  const problems: FieldProblems = {};
  const ask = (field: string, texts: Translations, whereEmpty?: Record<string, string>) => {
    if (texts[main]) return;
    if (locales.some((locale) => texts[locale]))
      problems[`${path}.${field}.${main}`] = `Give this text in ${LANGUAGE_NAMES[main]} too.`;
    else Object.assign(problems, whereEmpty);
  };
  ask("text", question.text, { [`${path}.text`]: "Write the question." });
  ask("help", question.help);
  if (scaleOf(question.type)) {
    ask("lowLabel", question.lowLabel);
    ask("highLabel", question.highLabel);
  }
  if (hasOptions(question.type)) {
    question.options.forEach(({ text }, position) => {
      const at = `options.${position}`;
      ask(`${at}.text`, text, { [`${path}.${at}`]: "Write the answer." });
    });
  }
  return problems;
}

/** Two answers that read the same: nobody could tell which one was meant. */
function repeatedAnswers({ options }: Question, path: string, locales: readonly Locale[]): FieldProblems {
  const problems: FieldProblems = {};
  for (const locale of locales) {
    const texts = options.map(({ text }) => text[locale]?.toLocaleLowerCase(locale));
    texts.forEach((text, position) => {
      if (text && texts.indexOf(text) < position)
        problems[`${path}.options.${position}.text.${locale}`] = "This answer is there already.";
    });
  }
  return problems;
}

export type Survey = SurveyForm & {
  id: string;
  key: string;
  status: SurveyRow["status"];
  startsAt: Date | null;
  endsAt: Date | null;
  updatedAt: Date;
};

export function readSurvey(row: SurveyRow): Survey {
  const { id, key, status, startsAt, endsAt, updatedAt } = row;
  const { name, surfaces, timing, cooldownDays, questions } = row;
  const form = SurveyFormSchema.parse({ name, surfaces, timing, cooldownDays, questions });
  return { id, key, status, startsAt, endsAt, updatedAt, ...form };
}

/** Whether it may be asked and answered at `now` (UTC). */
export function isOpen(survey: Pick<Survey, "status" | "startsAt" | "endsAt">, now: Date): boolean {
  if (survey.status !== "live") return false;
  return (!survey.startsAt || survey.startsAt <= now) && (!survey.endsAt || now < survey.endsAt);
}
