import { expect, test } from "vitest";
import type { AnswerValue } from "../../extensions/shared/contract";
import { checkAnswers, keptAnswers, TEXT_LIMIT } from "./check-answers";
import { questionFor, scoredQuestion, type Question } from "./question";

function question(overrides: Partial<Question>): Question {
  return {
    id: "q",
    type: "single",
    required: true,
    text: { en: "Question?" },
    help: {},
    options: ["a", "b", "other"].map((id) => ({ id, text: { en: id } })),
    shuffle: false,
    lowLabel: {},
    highLabel: {},
    ...overrides,
  };
}

const complete = { complete: true, locale: "en" } as const;

test.each<[Question["type"], AnswerValue, boolean]>([
  ["single", "a", true],
  ["single", "z", false],
  ["single", ["a"], false],
  ["multi", ["a", "b"], true],
  ["multi", ["a", "a"], false],
  ["multi", "a", false],
  ["nps", 0, true],
  ["nps", 10, true],
  ["nps", 11, false],
  ["nps", 9.5, false],
  ["nps", "9", false],
  ["csat", 5, true],
  ["csat", 0, false],
  ["rating", 1, true],
  ["rating", 6, false],
  ["text", "fine", true],
  ["text", "x".repeat(TEXT_LIMIT + 1), false],
  ["text", 5, false],
])("%s: %j is fine: %s", (type, answer, fine) => {
  expect(checkAnswers([question({ type })], { q: answer }, complete)).toHaveLength(fine ? 0 : 1);
});

test("a required question may be open until the end, a voluntary one for ever", () => {
  expect(checkAnswers([question({})], {}, { ...complete, complete: false })).toEqual([]);
  expect(checkAnswers([question({})], { q: " " }, complete)).toHaveLength(1);
  expect(checkAnswers([question({ required: false })], {}, complete)).toEqual([]);
});

test("only answered questions of the survey are kept, texts without their margins", () => {
  const questions = [
    question({ id: "a", type: "text" }),
    question({ id: "b", type: "text", required: false }),
  ];
  expect(keptAnswers(questions, { a: "  good ", b: " ", stranger: "x" })).toEqual({ a: "good" });
  expect(keptAnswers(questions, { a: "a\0b\ud83dc😀" })).toEqual({ a: "abc😀" });
});

test("shuffled options keep their order for one person, differ between people, and leave 'other' at the end", () => {
  const options = ["a", "b", "c", "d", "other"].map((id) => ({ id, text: { en: id } }));
  const order = (seed: string) =>
    questionFor(question({ options, shuffle: true }), { locale: "en", main: "en" }, seed).options!.map(
      (option) => option.id,
    );
  expect(order("person 1")).toEqual(order("person 1"));
  const orders = Array.from({ length: 4800 }, (_, person) => order(`person ${person}`));
  expect(new Set(orders.map((ids) => ids.at(-1)))).toEqual(new Set(["other"]));
  const times = new Map<string, number>();
  for (const ids of orders) times.set(ids.join(), (times.get(ids.join()) ?? 0) + 1);
  // 24 orders, 200 people each, give or take four standard deviations.
  expect(times.size).toBe(24);
  expect(Math.min(...times.values())).toBeGreaterThan(144);
  expect(Math.max(...times.values())).toBeLessThan(256);
});

test("a text that is not translated is shown in the shop's main language; only a question is never without one", () => {
  const inFrench = { locale: "fr", main: "de" } as const;
  const shown = (text: Question["text"]) => questionFor(question({ text }), inFrench, "x").text;
  const helped = (help: Question["help"]) => questionFor(question({ help }), inFrench, "x").help;
  expect(shown({ en: "Why?", fr: "Pourquoi ?" })).toBe("Pourquoi ?");
  expect(shown({ en: "Why?", de: "Warum?" })).toBe("Warum?");
  expect(shown({ en: "Why?" })).toBe("Why?");
  expect([helped({ en: "Think", de: "Denken" }), helped({ en: "Think" })]).toEqual(["Denken", undefined]);
});

test("the score is the recommendation where it is asked, else the first scale", () => {
  const csat = question({ id: "csat", type: "csat" });
  const nps = question({ id: "nps", type: "nps" });
  expect(scoredQuestion([question({}), csat, nps])?.id).toBe("nps");
  expect(scoredQuestion([question({}), csat])?.id).toBe("csat");
  expect(scoredQuestion([question({})])).toBeUndefined();
});
