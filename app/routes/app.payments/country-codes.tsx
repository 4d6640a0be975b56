import { useState } from "react";
import { TextField } from "#app/ui/polaris";

type CountryCodesProps = {
  label: string;
  value: string[];
  error?: string;
  onChange: (codes: string[]) => void;
};

/** "DE, AT": keeps what is typed and hands up codes in capitals. */
export function CountryCodes({ label, value, error, onChange }: CountryCodesProps) {
  const [text, setText] = useState(value.join(", "));
  const shown = codesIn(text).join() === value.join() ? text : value.join(", ");
  return (
    <TextField
      label={label}
      value={shown}
      placeholder="All countries"
      helpText="Two-letter codes with commas, e.g. DE, AT."
      autoComplete="off"
      error={error}
      onChange={(typed) => {
        setText(typed);
        onChange(codesIn(typed));
      }}
    />
  );
}

function codesIn(text: string): string[] {
  return text
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter(Boolean);
}
