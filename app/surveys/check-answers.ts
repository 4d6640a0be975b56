import { storableText } from "#app/db/storable";
import type { Locale } from "#app/shops/settings";
import type { AnswerValue } from "../../extensions/shared/contract";
import { hasOptions, scaleOf, type Question } from "./question";

export type Answers = Record<string, AnswerValue>;
export type AnswerProblem = { questionId: string; message: string };

/** Longest free text we keep, in characters. */
export const TEXT_LIMIT = 2_000;

const MESSAGES = {
  required: {
    en: "Please answer this question.",
    de: "Bitte beantworten Sie diese Frage.",
    fr: "Merci de répondre à cette question.",
    es: "Responda a esta pregunta, por favor.",
  },
  choice: {
    en: "Please choose one of the answers.",
    de: "Bitte wählen Sie eine der Antworten.",
    fr: "Merci de choisir une des réponses.",
    es: "Elija una de las respuestas, por favor.",
  },
  scale: {
    en: "Please choose a number on the scale.",
    de: "Bitte wählen Sie eine Zahl auf der Skala.",
    fr: "Merci de choisir un chiffre sur l’échelle.",
    es: "Elija un número de la escala, por favor.",
  },
  text: {
    en: `Please use at most ${TEXT_LIMIT} characters.`,
    de: `Bitte schreiben Sie höchstens ${TEXT_LIMIT} Zeichen.`,
    fr: `Merci d’écrire ${TEXT_LIMIT} caractères au maximum.`,
    es: `Escriba como máximo ${TEXT_LIMIT} caracteres, por favor.`,
  },
} as const satisfies Record<string, Record<Locale, string>>;

type Fault = keyof typeof MESSAGES;

/**
 * Checks answers against their questions.
 * @param complete false while the person is still answering: required questions may then be open
 * @returns one problem per question that is wrong, in the person's language; answers to unknown questions are no
 * problem here, they are dropped (`keptAnswers`), because a question may have been removed while the page was open
 */
export function checkAnswers(
  questions: Question[],
  answers: Answers,
  { complete, locale }: { complete: boolean; locale: Locale },
): AnswerProblem[] {
  return questions.flatMap((question) => {
    const fault = faultOf(question, answers[question.id], complete);
    return fault ? [{ questionId: question.id, message: MESSAGES[fault][locale] }] : [];
  });
}

function faultOf(question: Question, answer: AnswerValue | undefined, complete: boolean): Fault | null {
  if (isEmpty(answer)) return complete && question.required ? "required" : null;
  const scale = scaleOf(question.type);
  if (scale) {
    const fits = Number.isInteger(answer) && Number(answer) >= scale.min && Number(answer) <= scale.max;
    return typeof answer === "number" && fits ? null : "scale";
  }
  if (hasOptions(question.type)) return isChoice(question, answer!) ? null : "choice";
  return typeof answer === "string" && answer.length <= TEXT_LIMIT ? null : "text";
}

function isEmpty(answer: AnswerValue | undefined): boolean {
  if (answer === undefined) return true;
  if (typeof answer === "string") return answer.trim() === "";
  return Array.isArray(answer) && answer.length === 0;
}

function isChoice(question: Question, answer: AnswerValue): boolean {
  const known = new Set(question.options.map((option) => option.id));
  if (question.type === "single") return typeof answer === "string" && known.has(answer);
  return (
    Array.isArray(answer) && new Set(answer).size === answer.length && answer.every((id) => known.has(id))
  );
}

/** What is worth storing: answered questions of this survey only, texts trimmed. */
export function keptAnswers(questions: Question[], answers: Answers): Answers {
  const kept: Answers = {};
  for (const { id } of questions) {
    const answer = answers[id];
    if (answer === undefined || isEmpty(answer)) continue;
    kept[id] = typeof answer === "string" ? storableText(answer).trim() : answer;
  }
  return kept;
}
