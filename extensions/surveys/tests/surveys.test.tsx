/// <reference types="@shopify/ui-extensions/purchase.thank-you.block.render" />
import { getExtension } from "@shopify/ui-extensions-tester";
import { fireEvent, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { OutcomeRequest, SubmitSurveyRequest, SurveyQuestion } from "../../shared/contract";
import type { FakeApp } from "../../shared/testing/fake-app";
import { choose, elements, press, seeNothing, seeText, seenText, write } from "../../shared/testing/screen";
import { openEditor, setStage } from "../../shared/testing/stage";
import { i18nOf } from "../../shared/testing/texts";
import en from "../locales/en.default.json";
import fr from "../locales/fr.json";

const extension = getExtension("purchase.thank-you.block.render");
let app: FakeApp;

beforeEach(() => {
  app = setStage(extension, en, ["heading", "thanks"]);
  extension.shopify.orderConfirmation.value = {
    order: { id: "gid://shopify/OrderIdentity/1001" },
    number: "ABC123",
    isFirstOrder: true,
  };
});

afterEach(() => extension.tearDown());

const SOURCE: SurveyQuestion = {
  id: "source",
  type: "single",
  text: "How did you hear about us?",
  required: true,
  options: [
    { id: "friend", text: "A friend" },
    { id: "ad", text: "An ad" },
  ],
};
const REASONS: SurveyQuestion = { ...SOURCE, id: "reasons", type: "multi", text: "What mattered?" };
const NPS: SurveyQuestion = { id: "nps", type: "nps", text: "Would you recommend us?", required: true };
const RATING: SurveyQuestion = {
  id: "rating",
  type: "rating",
  text: "How was the shop?",
  required: true,
  max: 5,
};
const CSAT: SurveyQuestion = {
  id: "csat",
  type: "csat",
  text: "How satisfied are you?",
  required: true,
  max: 5,
};
const COMMENT: SurveyQuestion = { id: "comment", type: "text", text: "Anything else?", required: false };

function survey(...questions: SurveyQuestion[]): void {
  const placement = { kind: "survey", position: 0, surveyId: "survey-1", questions };
  app.answer("/api/decide", { body: { decisionId: "decision-1", placements: [placement] } });
}

function submitted(): SubmitSurveyRequest[] {
  return app.posted<SubmitSurveyRequest>("/api/surveys/answer");
}

const SAVED = { body: { status: "saved" } };
const RECORDED = { body: { status: "recorded" } };

describe("a survey", () => {
  test("asks one question at a time, saves each answer, and thanks", async () => {
    survey(SOURCE, NPS, COMMENT);
    app.answer("/api/surveys/answer", SAVED, SAVED, RECORDED);
    await extension.render();
    await seeText("Question 1 of 3");
    expect(elements("s-choice-list")[0]!.getAttribute("label")).toBe("How did you hear about us?");

    choose("friend");
    press("Next");
    await seeText("Question 2 of 3");
    choose("9");
    press("Next");
    await seeText("Question 3 of 3");
    write("  Lovely  ");
    press("Send");
    await waitFor(() =>
      expect(elements("s-banner")[0]!.getAttribute("heading")).toBe("Thank you for your answer."),
    );

    expect(submitted().map(({ answers, complete }) => ({ answers, complete }))).toEqual([
      { answers: { source: "friend" }, complete: false },
      { answers: { source: "friend", nps: 9 }, complete: false },
      { answers: { source: "friend", nps: 9, comment: "Lovely" }, complete: true },
    ]);
    expect(submitted()[0]).toMatchObject({
      surveyId: "survey-1",
      decisionId: "decision-1",
      moment: {
        surface: "thank-you",
        orderId: "gid://shopify/OrderIdentity/1001",
        confirmationNumber: "ABC123",
      },
    });
    expect(app.posted<OutcomeRequest>("/api/outcomes")).toEqual([
      { decisionId: "decision-1", position: 0, outcome: "impression" },
    ]);
  });

  test("keeps what was chosen when the shopper goes back", async () => {
    survey(SOURCE, NPS);
    app.answer("/api/surveys/answer", SAVED, SAVED, RECORDED);
    await extension.render();
    await seeText("Question 1 of 2");
    choose("friend");
    press("Next");
    await seeText("Question 2 of 2");
    press("Back");
    await seeText("Question 1 of 2");
    choose("ad");
    press("Next");
    await seeText("Question 2 of 2");
    choose("10");
    press("Send");
    await waitFor(() =>
      expect(submitted().at(-1)).toMatchObject({ answers: { source: "ad", nps: 10 }, complete: true }),
    );
  });

  test("uses the merchant's words of thanks", async () => {
    extension.shopify.settings.value = { heading: "Tell us", thanks: "You are great." };
    survey(NPS);
    app.answer("/api/surveys/answer", RECORDED);
    await extension.render();
    await seeText("Send");
    expect(elements("s-section")[0]!.getAttribute("heading")).toBe("Tell us");
    choose("10");
    press("Send");
    await waitFor(() => expect(elements("s-banner")[0]!.getAttribute("heading")).toBe("You are great."));
  });

  test("speaks the shopper's language", async () => {
    Object.assign(extension.shopify, { i18n: i18nOf(fr, "fr") });
    survey(SOURCE, COMMENT);
    app.answer("/api/surveys/answer", SAVED);
    await extension.render();
    await seeText("Question 1 sur 2");
    choose("ad");
    press("Suivant");
    await waitFor(() =>
      expect(elements("s-text-area")[0]!.getAttribute("label")).toBe("Anything else? (facultatif)"),
    );
  });
});

describe("types of questions", () => {
  test.each([
    ["nps", NPS, "0 1 2 3 4 5 6 7 8 9 10", "0", 0],
    ["rating", RATING, "1 2 3 4 5", "4", 4],
    ["csat", CSAT, "1 2 3 4 5", "5", 5],
  ] as const)(
    "%s is a group of radio buttons whose ends are named",
    async (_, question, values, chosen, answer) => {
      survey(question);
      app.answer("/api/surveys/answer", RECORDED);
      await extension.render();
      await seeText("Send");
      const choices = elements("s-choice");
      expect(choices.map((choice) => choice.getAttribute("value")).join(" ")).toBe(values);
      expect(choices[0]!.getAttribute("accessibilitylabel")).toMatch(/^\d: \w+/);
      expect(choices.at(-1)!.getAttribute("accessibilitylabel")).toMatch(/^\d+: \w+/);
      choose(chosen);
      press("Send");
      await waitFor(() => expect(submitted()[0]!.answers).toEqual({ [question.id]: answer }));
    },
  );

  test("several options can be chosen, and taken back", async () => {
    survey(REASONS);
    app.answer("/api/surveys/answer", RECORDED);
    await extension.render();
    await seeText("A friend");
    choose("friend", "ad");
    choose();
    press("Send");
    await waitFor(() =>
      expect(elements("s-choice-list")[0]!.getAttribute("error")).toContain("Please choose"),
    );
    choose("friend", "ad");
    press("Send");
    await waitFor(() => expect(submitted()[0]!.answers).toEqual({ reasons: ["friend", "ad"] }));
  });

  test("the merchant's own words for the ends win", async () => {
    survey({ ...NPS, lowLabel: "No way", highLabel: "Of course", help: "Be honest." });
    await extension.render();
    await seeText("No way");
    expect(seenText()).toContain("Of course");
    expect(seenText()).toContain("Be honest.");
  });
});

describe("bad answers", () => {
  test("a missing answer is said beside the question, without asking the app", async () => {
    survey(NPS);
    await extension.render();
    await seeText("Send");
    press("Send");
    await waitFor(() =>
      expect(elements("s-choice-list")[0]!.getAttribute("error")).toBe("Please choose or write an answer."),
    );
    expect(submitted()).toHaveLength(0);
    choose("3");
    await waitFor(() => expect(elements("s-choice-list")[0]!.getAttribute("error")).toBeNull());
  });

  test("what the app does not take brings the shopper back to that question, with its answer", async () => {
    survey(COMMENT, NPS);
    const problems = [{ questionId: "comment", message: "Please leave out links." }];
    app.answer("/api/surveys/answer", SAVED, { body: { status: "invalid", problems } });
    await extension.render();
    await seeText("Question 1 of 2");
    write("http://spam.example");
    press("Next");
    await seeText("Question 2 of 2");
    choose("1");
    press("Send");
    await seeText("Question 1 of 2");
    expect(elements("s-text-area")[0]!.getAttribute("error")).toBe("Please leave out links.");
    expect(elements("s-text-area")[0]!.getAttribute("value")).toBe("http://spam.example");
  });
});

describe("when saving does not go through", () => {
  test.each(["offline", { status: 503 }] as const)(
    "the answer stays and can be sent again (%s)",
    async (failure) => {
      survey(NPS);
      app.answer("/api/surveys/answer", failure, RECORDED);
      await extension.render();
      await seeText("Send");
      choose("8");
      press("Send");
      await waitFor(() =>
        expect(elements("s-banner")[0]!.getAttribute("heading")).toContain("could not be saved"),
      );
      expect(elements("s-choice-list")[0]).toHaveProperty("values", ["8"]);
      press("Send");
      await waitFor(() => expect(elements("s-banner")[0]!.getAttribute("tone")).toBe("success"));
      expect(submitted()[1]!.answers).toEqual({ nps: 8 });
    },
  );

  test("a double click sends once", async () => {
    survey(NPS);
    app.answer("/api/surveys/answer", RECORDED);
    await extension.render();
    await seeText("Send");
    choose("8");
    const form = elements("s-form")[0]!;
    fireEvent.submit(form);
    fireEvent.submit(form);
    await waitFor(() => expect(elements("s-banner")).toHaveLength(1));
    expect(submitted()).toHaveLength(1);
  });

  test.each([
    ["already-answered", "Thank you for your answer."],
    ["closed", "This survey has ended. Thank you all the same."],
  ])("a survey that is %s by then is left politely", async (status, words) => {
    survey(NPS);
    app.answer("/api/surveys/answer", { body: { status } });
    await extension.render();
    await seeText("Send");
    choose("8");
    press("Send");
    await waitFor(() => expect(elements("s-banner")[0]!.getAttribute("heading")).toBe(words));
  });
});

test("a survey that is declined is told to the app and thanked for", async () => {
  survey(NPS, COMMENT);
  await extension.render();
  await seeText("No thanks");
  press("No thanks");
  await seeText("Thank you, noted.");
  expect(elements("s-form")).toHaveLength(0);
  expect(app.posted<OutcomeRequest>("/api/outcomes").map(({ outcome }) => outcome)).toEqual([
    "impression",
    "dismissal",
  ]);
});

describe("nothing at all is shown", () => {
  test.each([
    ["has no question or had its answer before", { body: { decisionId: "d", placements: [] } }],
    ["answers 503", { status: 503 }],
    ["is offline", "offline"],
    ["is slower than the page can wait", "silent"],
  ] as const)("where the app %s", async (_, answer) => {
    app.answer("/api/decide", answer);
    await extension.render();
    await seeNothing();
  });

  test("where a survey has no questions", async () => {
    survey();
    await extension.render();
    await seeNothing();
  });
});

test("the checkout editor shows a sample that stores nothing", async () => {
  openEditor(extension);
  app.answer("/api/decide", { status: 503 });
  await extension.render();
  await seeText("Send");
  expect(elements("s-choice")).toHaveLength(11);
  choose("10");
  press("Send");
  await waitFor(() => expect(elements("s-banner")[0]!.getAttribute("tone")).toBe("success"));
  expect(submitted()).toHaveLength(0);
  expect(app.posted("/api/outcomes")).toHaveLength(0);
});
