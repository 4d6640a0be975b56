/// <reference types="@shopify/ui-extensions/purchase.thank-you.block.render" />
import { getExtension } from "@shopify/ui-extensions-tester";
import type { SubmitSurveyRequest, SurveyQuestion } from "../../shared/contract";
import type { FakeApp } from "../../shared/testing/fake-app";
import { setStage } from "../../shared/testing/stage";
import en from "../locales/en.default.json";

export const extension = getExtension("purchase.thank-you.block.render");

/** The thank-you page of one order, and the app behind it. */
export function openThankYou(): FakeApp {
  const app = setStage(extension, en, ["heading", "thanks"]);
  extension.shopify.orderConfirmation.value = {
    order: { id: "gid://shopify/OrderIdentity/1001" },
    number: "ABC123",
    isFirstOrder: true,
  };
  return app;
}

export const SOURCE: SurveyQuestion = {
  id: "source",
  type: "single",
  text: "How did you hear about us?",
  required: true,
  options: [
    { id: "friend", text: "A friend" },
    { id: "ad", text: "An ad" },
  ],
};
export const REASONS: SurveyQuestion = { ...SOURCE, id: "reasons", type: "multi", text: "What mattered?" };
export const NPS: SurveyQuestion = {
  id: "nps",
  type: "nps",
  text: "Would you recommend us?",
  required: true,
};
export const RATING: SurveyQuestion = {
  id: "rating",
  type: "rating",
  text: "How was the shop?",
  required: true,
  max: 5,
};
export const CSAT: SurveyQuestion = {
  id: "csat",
  type: "csat",
  text: "How satisfied are you?",
  required: true,
  max: 5,
};
export const COMMENT: SurveyQuestion = {
  id: "comment",
  type: "text",
  text: "Anything else?",
  required: false,
};

export function survey(app: FakeApp, ...questions: SurveyQuestion[]): void {
  const placement = { kind: "survey", position: 0, surveyId: "survey-1", questions };
  app.answer("/api/decide", { body: { decisionId: "decision-1", placements: [placement] } });
}

export function submittedTo(app: FakeApp): SubmitSurveyRequest[] {
  return app.posted<SubmitSurveyRequest>("/api/surveys/answer");
}

export const SAVED = { body: { status: "saved" } };
export const RECORDED = { body: { status: "recorded" } };
