import type { AppreciationPlacement, HelpPlacement, ReassurancePlacement } from "../../shared/contract";
import type { Page } from "../../shared/page";

export type CarePlacement = AppreciationPlacement | ReassurancePlacement | HelpPlacement;
type Props = { page: Page; placement: CarePlacement; decisionId: string };

/** Thanks, reassurance or help, where no offer is worth the shopper's attention. Its heading is the section's. */
export function Care({ page, placement, decisionId }: Props) {
  if (placement.kind === "help") return <Help {...{ page, placement, decisionId }} />;
  return (
    <s-stack gap="small-200">
      <s-paragraph>{placement.text}</s-paragraph>
      {placement.kind === "reassurance" && placement.points.length > 0 && (
        <s-unordered-list>
          {placement.points.map((point) => (
            <s-list-item key={point}>{point}</s-list-item>
          ))}
        </s-unordered-list>
      )}
    </s-stack>
  );
}

function Help({ page, placement, decisionId }: Props & { placement: HelpPlacement }) {
  const { questions, contactUrl, position } = placement;
  const click = () => page.tell({ decisionId, position, outcome: "click" });
  return (
    <s-stack gap="small-200">
      {questions.map(({ question, answer }) => (
        <s-details key={question} onToggle={click}>
          <s-summary>{question}</s-summary>
          <s-paragraph>{answer}</s-paragraph>
        </s-details>
      ))}
      {contactUrl && (
        <s-link href={contactUrl} onClick={click}>
          {page.text("contact")}
        </s-link>
      )}
    </s-stack>
  );
}
