import type { Page } from "../../shared/page";
import { Skeleton } from "../../shared/skeleton";
import { useDecision } from "../../shared/use-decision";
import { sampleSurvey } from "./sample-survey";
import { Survey } from "./survey";

/** The survey that the app chose for this order; nothing where there is none, or where it was answered before. */
export function Surveys({ page }: { page: Page }) {
  const decision = useDecision(page, "surveys", "survey", () => [sampleSurvey(page)]);
  if (decision.state === "loading") return <Skeleton height="200px" />;
  if (decision.state === "nothing") return null;
  const { decisionId, moment, placements } = decision;
  const survey = placements.find(({ questions }) => questions.length > 0);
  if (!survey) return null;
  return (
    <s-section heading={page.setting("heading") ?? page.text("heading")}>
      <Survey page={page} survey={survey} decisionId={decisionId} moment={moment} />
    </s-section>
  );
}
