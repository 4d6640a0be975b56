import type { SurveyQuestionType } from "../../../extensions/shared/contract";
import { hasOptions, type Question } from "#app/surveys/question";

/** Changes to a list of questions while it is being written. Nothing here changes its argument. */

export function newQuestion(questions: Question[]): Question {
  return {
    id: freeId(
      "question",
      questions.map((question) => question.id),
    ),
    type: "single",
    required: true,
    text: {},
    help: {},
    options: [newOption([]), newOption(["answer-1"])],
    shuffle: false,
    lowLabel: {},
    highLabel: {},
  };
}

export function newOption(taken: string[]): Question["options"][number] {
  return { id: freeId("answer", taken), text: {} };
}

/** The answer that stays at the end also where the others change their order. */
export const OTHER_OPTION: Question["options"][number] = {
  id: "other",
  text: { en: "Other", de: "Anderes", fr: "Autre", es: "Otro" },
};

/** Another type keeps the texts; one with answers to choose from gets two to begin with. */
export function withType(question: Question, type: SurveyQuestionType): Question {
  const needsOptions = hasOptions(type) && question.options.length === 0;
  return {
    ...question,
    type,
    ...(needsOptions ? { options: [newOption([]), newOption(["answer-1"])] } : {}),
  };
}

export function moved<Item>(items: Item[], from: number, to: number): Item[] {
  const rest = items.filter((_, index) => index !== from);
  return [...rest.slice(0, to), items[from]!, ...rest.slice(to)];
}

export function replaced<Item>(items: Item[], index: number, item: Item): Item[] {
  return items.map((one, position) => (position === index ? item : one));
}

export function without<Item>(items: Item[], index: number): Item[] {
  return items.filter((_, position) => position !== index);
}

function freeId(stem: string, taken: string[]): string {
  for (let number = 1; ; number++) {
    if (!taken.includes(`${stem}-${number}`)) return `${stem}-${number}`;
  }
}
