import type { FieldProps } from "./question-field";

/** One or several of the question's options. */
export function Choices({ label, question, answer, problem, onChange }: FieldProps & { label: string }) {
  const isMulti = question.type === "multi";
  const chosen = Array.isArray(answer) ? answer : answer === undefined ? [] : [String(answer)];

  function read(event: Event): void {
    const values = (event.currentTarget as HTMLElementTagNameMap["s-choice-list"]).values ?? [];
    onChange(isMulti ? [...values] : values[0]);
  }

  return (
    <s-choice-list
      name={question.id}
      label={label}
      multiple={isMulti}
      values={chosen}
      error={problem}
      onChange={read}
    >
      {question.options?.map((option) => (
        <s-choice key={option.id} value={option.id}>
          {option.text}
        </s-choice>
      ))}
    </s-choice-list>
  );
}
