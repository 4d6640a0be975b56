import { expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import { LOCALES, type Locale } from "#app/shops/settings";
import { aShop } from "../../tests/factories/shop";
import { aLiveSurvey, SURVEY_DAY } from "../../tests/factories/surveys";
import type { Question } from "./question";
import { STARTERS } from "./starters";
import { publishProblems } from "./survey";
import { createBlank, publishSurvey, saveSurvey } from "./surveys.server";

const QUESTION: Question = {
  id: "liked",
  type: "single",
  required: true,
  text: { en: "What did you like?", de: "Was hat Ihnen gefallen?" },
  help: {},
  options: [
    { id: "taste", text: { en: "The taste", de: "Der Geschmack" } },
    { id: "price", text: { en: "The price" } },
  ],
  shuffle: false,
  lowLabel: {},
  highLabel: {},
};
const [TASTE, PRICE] = QUESTION.options as [Question["options"][number], Question["options"][number]];

test.each<[string, Locale[], Partial<Question>, Record<string, string>]>([
  ["what another language lacks is no problem", ["en", "de", "fr"], {}, {}],
  [
    "a question that only another language has",
    ["en", "de"],
    { text: { en: "", de: "Warum?" } },
    { "questions.0.text.en": "Give this text in English too." },
  ],
  [
    "a question in a language only that the shop does not speak",
    ["en"],
    { text: { de: "Warum?" } },
    { "questions.0.text": "Write the question." },
  ],
  [
    "an answer that only another language has, where German is the main one",
    ["de", "en"],
    {},
    { "questions.0.options.1.text.de": "Give this text in German too." },
  ],
  [
    "an empty answer",
    ["en", "de"],
    { options: [TASTE, { id: "price", text: { en: "" } }] },
    { "questions.0.options.1": "Write the answer." },
  ],
  [
    "words that help to answer, in another language only",
    ["en", "de"],
    { type: "rating", help: { de: "Bitte" }, lowLabel: { de: "nie" }, highLabel: { en: "always" } },
    {
      "questions.0.help.en": "Give this text in English too.",
      "questions.0.lowLabel.en": "Give this text in English too.",
    },
  ],
  [
    "the same answer twice in one language",
    ["en", "de"],
    { options: [TASTE, { ...PRICE, text: { en: "The price", de: "der Geschmack" } }] },
    { "questions.0.options.1.text.de": "This answer is there already." },
  ],
])("%s", async (_, locales, change, problems) => {
  const shop = await aShop({}, { locales });
  const questions = [{ ...QUESTION, ...change }];
  const answer = Object.keys(problems).length > 0 ? { status: "invalid", problems } : { status: "saved" };
  const { draft, published } = await inShop(shop.id, async (tx) => {
    const { id, ...form } = await createBlank(tx, shop.id, "Taste", SURVEY_DAY);
    const draft = await saveSurvey(tx, shop.id, id, formOf({ ...form, questions }), SURVEY_DAY);
    return { draft, published: await publishSurvey(tx, shop.id, id, SURVEY_DAY) };
  });
  expect([draft, published]).toEqual([{ status: "saved" }, answer]);

  const live = await aLiveSurvey(shop);
  const saved = await inShop(shop.id, (tx) =>
    saveSurvey(tx, shop.id, live.id, formOf({ ...live, questions }), SURVEY_DAY),
  );
  expect(saved).toEqual(answer);
});

type Form = Parameters<typeof saveSurvey>[3];

function formOf({ name, surfaces, timing, cooldownDays, questions }: Form): Form {
  return { name, surfaces, timing, cooldownDays, questions };
}

test("every starter can be published whichever languages a shop speaks", () => {
  for (const { name, surfaces, timing, questions } of STARTERS) {
    for (const locale of LOCALES) {
      const form = { ...{ name, surfaces, timing, questions }, cooldownDays: 30 };
      expect(publishProblems(form, [locale, ...LOCALES])).toEqual({});
    }
  }
});
