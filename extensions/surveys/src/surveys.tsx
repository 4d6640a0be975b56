import { useState } from "preact/hooks";
import { Dismissed } from "../../shared/dismissed";
import type { Page } from "../../shared/page";
import { Skeleton } from "../../shared/skeleton";
import { useDecision } from "../../shared/use-decision";
import { sampleSurvey } from "./sample-survey";
import { Survey } from "./survey";

/** The survey that the app chose for this order; nothing where there is none, or where it was answered before. */
export function Surveys({ page }: { page: Page }) {
  const decision = useDecision(page, "surveys", ["survey"], () => [sampleSurvey(page)]);
  const [isDismissed, setDismissed] = useState(false);
  if (decision.state === "loading") return <Skeleton height="270px" />;
  if (decision.state === "nothing") return null;
  const { decisionId, moment, placements } = decision;
  const survey = placements.find(({ questions }) => questions.length > 0);
  if (!survey) return null;
  const { position } = survey;

  function dismiss(): void {
    setDismissed(true);
    page.tell({ decisionId, position, outcome: "dismissal" });
  }

  if (isDismissed) return <Dismissed page={page} />;
  return (
    <s-section heading={page.setting("heading") ?? page.text("heading")}>
      <Survey page={page} survey={survey} decisionId={decisionId} moment={moment} onDismiss={dismiss} />
    </s-section>
  );
}
