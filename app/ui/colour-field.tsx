import { TextField } from "./polaris";

type ColourFieldProps = { label: string; value: string; error?: string; onChange: (value: string) => void };

/** A colour as "#rrggbb", typed or picked. */
export function ColourField({ label, value, error, onChange }: ColourFieldProps) {
  return (
    <TextField
      label={label}
      value={value}
      onChange={onChange}
      error={error}
      autoComplete="off"
      prefix={
        <input
          type="color"
          aria-label={`Pick: ${label}`}
          value={/^#[0-9a-fA-F]{6}$/.test(value) ? value : "#000000"}
          onChange={(event) => onChange(event.currentTarget.value)}
          style={{ width: 24, height: 24, padding: 0, border: "none", background: "none" }}
        />
      }
    />
  );
}
