import type { SurveyQuestion } from "../../shared/contract";
import type { Page } from "../../shared/page";
import type { FieldProps } from "./question-field";

type Point = { value: number; text: string; spoken: string };

/**
 * Numbers as one group of radio buttons: arrow keys walk through it, phones get targets of full size that wrap. What
 * the ends mean stands below and is read out with them.
 */
export function Scale({ page, label, question, answer, problem, onChange }: FieldProps & { label: string }) {
  const points = pointsOf(page, question);

  function read(event: Event): void {
    const chosen = (event.currentTarget as HTMLElementTagNameMap["s-choice-list"]).values?.[0];
    onChange(chosen === undefined ? undefined : Number(chosen));
  }

  return (
    <s-stack gap="small-200">
      <s-choice-list
        name={question.id}
        label={label}
        variant="inline"
        values={answer === undefined ? [] : [String(answer)]}
        error={problem}
        onChange={read}
      >
        {points.map(({ value, text, spoken }) => (
          <s-choice key={value} value={String(value)} accessibilityLabel={spoken}>
            {text}
          </s-choice>
        ))}
      </s-choice-list>
      <s-text color="subdued" accessibilityVisibility="hidden">
        {`${points[0]!.spoken} · ${points[points.length - 1]!.spoken}`}
      </s-text>
    </s-stack>
  );
}

function endLabels(
  { text }: Page,
  { type, lowLabel, highLabel }: SurveyQuestion,
): { low: string; high: string } {
  return { low: lowLabel ?? text(`scale.${type}.low`), high: highLabel ?? text(`scale.${type}.high`) };
}

function pointsOf(page: Page, question: SurveyQuestion): Point[] {
  const isNps = question.type === "nps";
  const first = isNps ? 0 : 1;
  const last = isNps ? 10 : (question.max ?? 5);
  const { low, high } = endLabels(page, question);
  return Array.from({ length: last - first + 1 }, (_, step) => {
    const value = first + step;
    const end = value === first ? low : value === last ? high : undefined;
    return {
      value,
      text: question.type === "rating" ? `${value} ★` : String(value),
      spoken: end ? `${value}: ${end}` : String(value),
    };
  });
}
