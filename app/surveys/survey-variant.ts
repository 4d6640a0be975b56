import { z } from "zod";
import { QuestionSchema, type Question } from "./question";

/** What a variant of an experiment may change of a survey: the words of its questions, by question id. */
const { text, help } = QuestionSchema.shape;
export const SurveyChangeSchema = z.object({
  questions: z.record(z.string(), z.object({ text: text.optional(), help: help.optional() })),
});

/** The survey with a variant's words; languages without words of their own keep theirs. As it is where the change cannot be read. */
export function changedSurvey<S extends { questions: Question[] }>(survey: S, stored: unknown): S {
  const change = SurveyChangeSchema.safeParse(stored);
  if (!change.success) return survey;
  const questions = survey.questions.map((question) => {
    const changed = change.data.questions[question.id];
    return {
      ...question,
      text: { ...question.text, ...changed?.text },
      help: { ...question.help, ...changed?.help },
    };
  });
  return { ...survey, questions };
}
