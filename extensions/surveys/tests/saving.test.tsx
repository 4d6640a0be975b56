import { fireEvent, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { FakeApp } from "../../shared/testing/fake-app";
import { choose, elements, press, seeText, write } from "../../shared/testing/screen";
import { COMMENT, extension, NPS, openThankYou, RECORDED, SAVED, submittedTo, survey } from "./thank-you";

let app: FakeApp;
beforeEach(() => {
  app = openThankYou();
});
afterEach(() => extension.tearDown());

describe("bad answers", () => {
  test("a missing answer is said beside the question, without asking the app", async () => {
    survey(app, NPS);
    await extension.render();
    await seeText("Send");
    press("Send");
    await waitFor(() =>
      expect(elements("s-choice-list")[0]!.getAttribute("error")).toBe("Please choose or write an answer."),
    );
    expect(submittedTo(app)).toHaveLength(0);
    choose("3");
    await waitFor(() => expect(elements("s-choice-list")[0]!.getAttribute("error")).toBeNull());
  });

  test("what the app does not take brings the shopper back to that question, with its answer", async () => {
    survey(app, COMMENT, NPS);
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
      survey(app, NPS);
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
      expect(submittedTo(app)[1]!.answers).toEqual({ nps: 8 });
    },
  );

  test("a double click sends once", async () => {
    survey(app, NPS);
    app.answer("/api/surveys/answer", RECORDED);
    await extension.render();
    await seeText("Send");
    choose("8");
    const form = elements("s-form")[0]!;
    fireEvent.submit(form);
    fireEvent.submit(form);
    await waitFor(() => expect(elements("s-banner")).toHaveLength(1));
    expect(submittedTo(app)).toHaveLength(1);
  });

  test.each([
    ["already-answered", "Thank you for your answer."],
    ["closed", "This survey has ended. Thank you all the same."],
  ])("a survey that is %s by then is left politely", async (status, words) => {
    survey(app, NPS);
    app.answer("/api/surveys/answer", { body: { status } });
    await extension.render();
    await seeText("Send");
    choose("8");
    press("Send");
    await waitFor(() => expect(elements("s-banner")[0]!.getAttribute("heading")).toBe(words));
  });
});
