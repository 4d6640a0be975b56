import type { SurveyPlacement } from "../../shared/contract";
import type { Page } from "../../shared/page";

/** Stands in the checkout editor where the shop has no survey yet. */
export function sampleSurvey({ text }: Page): SurveyPlacement {
  return {
    kind: "survey",
    position: 0,
    surveyId: "sample",
    questions: [{ id: "sample", type: "nps", text: text("sample.question"), required: true }],
  };
}
