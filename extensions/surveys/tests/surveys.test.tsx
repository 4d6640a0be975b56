import { waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { OutcomeRequest } from "../../shared/contract";
import type { FakeApp } from "../../shared/testing/fake-app";
import { choose, elements, press, seeNothing, seeText, seenText, write } from "../../shared/testing/screen";
import { openEditor } from "../../shared/testing/stage";
import { i18nOf } from "../../shared/testing/texts";
import fr from "../locales/fr.json";
import {
  COMMENT,
  CSAT,
  extension,
  NPS,
  openThankYou,
  RATING,
  REASONS,
  RECORDED,
  SAVED,
  SOURCE,
  submittedTo,
  survey,
} from "./thank-you";

let app: FakeApp;
beforeEach(() => {
  app = openThankYou();
});
afterEach(() => extension.tearDown());

describe("a survey", () => {
  test("asks one question at a time, saves each answer, and thanks", async () => {
    survey(app, SOURCE, NPS, COMMENT);
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

    expect(submittedTo(app).map(({ answers, complete }) => ({ answers, complete }))).toEqual([
      { answers: { source: "friend" }, complete: false },
      { answers: { source: "friend", nps: 9 }, complete: false },
      { answers: { source: "friend", nps: 9, comment: "Lovely" }, complete: true },
    ]);
    expect(submittedTo(app)[0]).toMatchObject({
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
    survey(app, SOURCE, NPS);
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
      expect(submittedTo(app).at(-1)).toMatchObject({ answers: { source: "ad", nps: 10 }, complete: true }),
    );
  });

  test("uses the merchant's words of thanks", async () => {
    extension.shopify.settings.value = { heading: "Tell us", thanks: "You are great." };
    survey(app, NPS);
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
    survey(app, SOURCE, COMMENT);
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
      survey(app, question);
      app.answer("/api/surveys/answer", RECORDED);
      await extension.render();
      await seeText("Send");
      const choices = elements("s-choice");
      expect(choices.map((choice) => choice.getAttribute("value")).join(" ")).toBe(values);
      expect(choices[0]!.getAttribute("accessibilitylabel")).toMatch(/^\d: \w+/);
      expect(choices.at(-1)!.getAttribute("accessibilitylabel")).toMatch(/^\d+: \w+/);
      choose(chosen);
      press("Send");
      await waitFor(() => expect(submittedTo(app)[0]!.answers).toEqual({ [question.id]: answer }));
    },
  );

  test("several options can be chosen, and taken back", async () => {
    survey(app, REASONS);
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
    await waitFor(() => expect(submittedTo(app)[0]!.answers).toEqual({ reasons: ["friend", "ad"] }));
  });

  test("the merchant's own words for the ends win", async () => {
    survey(app, { ...NPS, lowLabel: "No way", highLabel: "Of course", help: "Be honest." });
    await extension.render();
    await seeText("No way");
    expect(seenText()).toContain("Of course");
    expect(seenText()).toContain("Be honest.");
  });
});

test("a survey that is declined is told to the app and thanked for", async () => {
  survey(app, NPS, COMMENT);
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
    survey(app);
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
  expect(submittedTo(app)).toHaveLength(0);
  expect(app.posted("/api/outcomes")).toHaveLength(0);
});
