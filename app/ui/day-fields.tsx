import { FormLayout, TextField } from "./polaris";

type Days = { startsOn: string | null; endsOn: string | null };
type DayFieldsProps = {
  value: Days;
  problems: Record<string, string>;
  onChange: (change: Partial<Days>) => void;
};

/** From which day to which something runs, like "2026-12-24"; an empty field sets no bound. Stands in a FormLayout. */
export function DayFields({ value, problems, onChange }: DayFieldsProps) {
  return (
    <FormLayout.Group>
      <TextField
        label="First day"
        type="date"
        value={value.startsOn ?? ""}
        error={problems.startsOn}
        onChange={(day) => onChange({ startsOn: day || null })}
        autoComplete="off"
      />
      <TextField
        label="Last day"
        type="date"
        value={value.endsOn ?? ""}
        error={problems.endsOn}
        onChange={(day) => onChange({ endsOn: day || null })}
        autoComplete="off"
      />
    </FormLayout.Group>
  );
}
