import type { Page } from "../../shared/page";
import { QuestionField } from "./question-field";
import { useSurvey, type SurveyInput } from "./use-survey";

/** One question at a time, with its problem beside it, until the shopper is thanked. */
export function Survey(input: SurveyInput & { onDismiss: () => void }) {
  const { page, survey, onDismiss } = input;
  const { question, isLast, answer, problem, state, index, change, goBack, goOn } = useSurvey(input);
  const total = survey.questions.length;
  const isSending = state === "sending";

  if (state === "done") {
    return <s-banner tone="success" heading={page.setting("thanks") ?? page.text("thanks")} />;
  }
  if (state === "closed") return <s-banner tone="info" heading={page.text("closed")} />;
  return (
    <s-form onSubmit={() => void goOn()}>
      <s-stack gap="base">
        {total > 1 && <Position page={page} number={index + 1} total={total} />}
        <QuestionField
          key={question.id}
          page={page}
          question={question}
          answer={answer}
          problem={problem}
          onChange={change}
        />
        {state === "unreachable" && <s-banner tone="critical" heading={page.text("unreachable")} />}
        <s-stack direction="inline" gap="base">
          <s-button type="submit" variant="primary" loading={isSending}>
            {page.text(isLast ? "send" : "next")}
          </s-button>
          <s-button variant="secondary" disabled={isSending} onClick={index > 0 ? goBack : onDismiss}>
            {page.text(index > 0 ? "back" : "dismiss")}
          </s-button>
        </s-stack>
      </s-stack>
    </s-form>
  );
}

/** Read out when it changes: the question below is a new one, though the pressed button stayed where it was. */
function Position({ page, number, total }: { page: Page; number: number; total: number }) {
  return (
    <s-stack accessibilityRole="status">
      <s-text color="subdued">{page.text("progress", { number, total })}</s-text>
    </s-stack>
  );
}
