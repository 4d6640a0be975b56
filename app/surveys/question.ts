import { z } from "zod";
import { LOCALES, type Locale } from "#app/shops/settings";
import type { SurveyQuestion, SurveyQuestionType } from "../../extensions/shared/contract";

/**
 * A question as the merchant wrote it, in as many languages as they like. Shoppers get it in one language
 * (`questionFor`); answers name questions and options by id, so texts can be corrected while the survey is live.
 */
export const QUESTION_TYPES = [
  "single",
  "multi",
  "rating",
  "nps",
  "csat",
  "text",
] as const satisfies SurveyQuestionType[];

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "Use small letters, digits and hyphens.");

/** Texts by language; a language may be missing, then the shopper sees the main one's. */
const translations = (limit: number) =>
  z.partialRecord(z.enum(LOCALES), z.string().trim().max(limit, `Use at most ${limit} characters.`));

export type Translations = Partial<Record<Locale, string>>;

export const QuestionSchema = z.object({
  id,
  type: z.enum(QUESTION_TYPES),
  required: z.boolean().default(true),
  text: translations(200),
  help: translations(300).default({}),
  options: z
    .array(z.object({ id, text: translations(100) }))
    .max(20, "Use at most 20 answers.")
    .default([]),
  /** Shows the options in another order to each person, so that the first one is not favoured. */
  shuffle: z.boolean().default(false),
  lowLabel: translations(60).default({}),
  highLabel: translations(60).default({}),
});
export type Question = z.infer<typeof QuestionSchema>;

export const QuestionsSchema = z.array(QuestionSchema).max(10, "Use at most 10 questions.");

/** Lowest and highest number of a scale, or null for questions without one. */
export function scaleOf(type: SurveyQuestionType): { min: number; max: number } | null {
  if (type === "nps") return { min: 0, max: 10 };
  if (type === "rating" || type === "csat") return { min: 1, max: 5 };
  return null;
}

export function hasOptions(type: SurveyQuestionType): boolean {
  return type === "single" || type === "multi";
}

/** The question whose answer is the response's score: the first NPS question, else the first one on a scale. */
export function scoredQuestion(questions: Question[]): Question | undefined {
  return (
    questions.find((question) => question.type === "nps") ??
    questions.find((question) => scaleOf(question.type) !== null)
  );
}

/** The text in the wanted language, else in the main one, else in any: an old answer still has a name. */
export function textIn(texts: Translations, locale: Locale, main: Locale = locale): string {
  return [locale, main, ...LOCALES].map((known) => texts[known]).find(Boolean) ?? "";
}

/** The shopper's language, and the shop's main one for what is not translated. */
export type Speech = { locale: Locale; main: Locale };

/**
 * The question as one shopper sees it. The main language has all that is asked when a survey is published; where the
 * shop changed it since, a question keeps its words, and what only helps to answer it is left out.
 * @param seed names the person and occasion: shuffled options keep their order when the page is loaded again
 */
export function questionFor(question: Question, { locale, main }: Speech, seed: string): SurveyQuestion {
  const text = (texts: Translations) => textIn(texts, locale, main);
  const aside = (texts: Translations) => texts[locale] || texts[main] || "";
  const options = question.options.map((option) => ({ id: option.id, text: text(option.text) }));
  const scale = scaleOf(question.type);
  return {
    id: question.id,
    type: question.type,
    text: text(question.text),
    required: question.required,
    ...optional("help", aside(question.help)),
    ...(hasOptions(question.type) ? { options: question.shuffle ? shuffled(options, seed) : options } : {}),
    ...(scale ? { max: scale.max } : {}),
    ...optional("lowLabel", aside(question.lowLabel)),
    ...optional("highLabel", aside(question.highLabel)),
  };
}

function optional<Key extends string>(key: Key, text: string): Partial<Record<Key, string>> {
  return (text === "" ? {} : { [key]: text }) as Partial<Record<Key, string>>;
}

/** Options that belong at the end wherever the others stand. */
const LAST = new Set(["other", "none"]);

function shuffled<Option extends { id: string }>(options: Option[], seed: string): Option[] {
  const rank = (option: Option) => (LAST.has(option.id) ? Infinity : hash(`${seed}/${option.id}`));
  return options
    .map((option) => ({ option, rank: rank(option) }))
    .sort((a, b) => (a.rank === b.rank ? 0 : a.rank - b.rank))
    .map(({ option }) => option);
}

/** FNV-1a with the last steps of MurmurHash3, without which ids that differ in one letter would keep their order. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
