/// <reference types="@shopify/ui-extensions/customer-account.order-status.block.render" />
import { getExtension } from "@shopify/ui-extensions-tester";
import { waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { SubmitSurveyRequest } from "../../shared/contract";
import type { FakeApp } from "../../shared/testing/fake-app";
import { choose, press, seeNothing, seeText } from "../../shared/testing/screen";
import { setStage } from "../../shared/testing/stage";
import en from "../locales/en.default.json";

const extension = getExtension("customer-account.order-status.block.render");
let app: FakeApp;

beforeEach(() => {
  app = setStage(extension, en, ["heading", "thanks"]);
  extension.shopify.order.value = {
    id: "gid://shopify/Order/1001",
    name: "#1001",
    confirmationNumber: "ABC123",
  };
});

afterEach(() => extension.tearDown());

test("the answer names the order of the page", async () => {
  const questions = [{ id: "nps", type: "nps", text: "Would you recommend us?", required: true }];
  const placements = [{ kind: "survey", position: 0, surveyId: "survey-1", questions }];
  app.answer("/api/decide", { body: { decisionId: "decision-1", placements } });
  app.answer("/api/surveys/answer", { body: { status: "recorded" } });
  await extension.render();
  await seeText("Send");
  choose("7");
  press("Send");
  await waitFor(() =>
    expect(app.posted<SubmitSurveyRequest>("/api/surveys/answer")[0]).toMatchObject({
      answers: { nps: 7 },
      moment: { surface: "order-status", orderId: "gid://shopify/Order/1001", locale: "en" },
    }),
  );
});

test("nothing is asked or shown while the page does not know its order", async () => {
  extension.shopify.order.value = undefined;
  await extension.render();
  await seeNothing();
  expect(app.posted("/api/decide")).toHaveLength(0);
});
