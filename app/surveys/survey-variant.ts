import { z } from "zod";
import { payloadOf, type Candidate } from "#app/decisions/candidate";
import type { Locale } from "#app/shops/settings";
import { QuestionSchema, textIn } from "./question";

/** What a variant of an experiment may change of a survey: the words of its questions, by question id. */
const { text, help } = QuestionSchema.shape;
export const SurveyChangeSchema = z.object({
  questions: z.record(z.string(), z.object({ text: text.optional(), help: help.optional() })),
});
export type SurveyChange = z.infer<typeof SurveyChangeSchema>;

/** The candidate with a variant's words in one language; as it is where the change cannot be read. */
export function changedSurvey(candidate: Candidate, stored: unknown, locale: Locale): Candidate {
  const change = SurveyChangeSchema.safeParse(stored);
  const payload = payloadOf(candidate);
  if (!change.success || payload.kind !== "survey") return candidate;
  const questions = payload.questions.map((question) => {
    const changed = change.data.questions[question.id];
    const newText = textIn(changed?.text ?? {}, locale);
    const newHelp = textIn(changed?.help ?? {}, locale);
    return { ...question, ...(newText && { text: newText }), ...(newHelp && { help: newHelp }) };
  });
  return { ...candidate, payload: { ...payload, questions } };
}
