import type { AnswerValue, SurveyQuestion } from "../../shared/contract";
import type { Page } from "../../shared/page";
import { Choices } from "./choices";
import { Scale } from "./scale";

export type FieldProps = {
  page: Page;
  question: SurveyQuestion;
  answer: AnswerValue | undefined;
  /** What is wrong with the answer, shown beside the field. */
  problem: string | undefined;
  onChange: (answer: AnswerValue | undefined) => void;
};

/** Answers in words stay within what the app takes. */
const LONGEST_TEXT = 2000;

/** The question with the control of its type. */
export function QuestionField(props: FieldProps) {
  const { page, question } = props;
  return (
    <s-stack gap="small-200">
      <Control
        {...props}
        label={question.required ? question.text : page.text("optional", { text: question.text })}
      />
      {question.help && <s-text color="subdued">{question.help}</s-text>}
    </s-stack>
  );
}

function Control(props: FieldProps & { label: string }) {
  switch (props.question.type) {
    case "single":
    case "multi":
      return <Choices {...props} />;
    case "rating":
    case "nps":
    case "csat":
      return <Scale {...props} />;
    case "text":
      return <TextAnswer {...props} />;
  }
}

function TextAnswer({ label, answer, problem, question, onChange }: FieldProps & { label: string }) {
  function read(event: Event): void {
    const { value } = event.currentTarget as HTMLElementTagNameMap["s-text-area"];
    onChange(value?.trim());
  }
  return (
    <s-text-area
      label={label}
      rows={3}
      maxLength={LONGEST_TEXT}
      required={question.required}
      value={typeof answer === "string" ? answer : ""}
      error={problem}
      onChange={read}
    />
  );
}
