import { useEffect, useState } from "react";
import { TextField } from "./polaris";
import { typedNumber } from "./typed-number";

type NumberFieldProps = {
  label: string;
  labelHidden?: boolean;
  digits?: number;
  prefix?: string;
  suffix?: string;
  error?: string;
  helpText?: string;
} & (Required | Optional);

type Required = {
  optional?: false;
  /** A whole number, NaN while what is typed is none; with `digits` the field shows it with that many decimals. */
  value: number;
  onChange: (value: number) => void;
};
/** An empty field is null. */
type Optional = { optional: true; value: number | null; onChange: (value: number | null) => void };

/** Keeps what is typed ("12." on the way to "12.5", or nothing at all) and hands up whole numbers; NaN where it is none. */
export function NumberField({ value, digits = 0, optional, onChange, ...field }: NumberFieldProps) {
  const shown = value === null ? "" : (value / 10 ** digits).toFixed(digits);
  const [text, setText] = useState(shown);
  const empty = optional ? null : NaN;
  const parse = (typed: string) =>
    typed.trim() === "" ? empty : roundedTo(digits, typedNumber(typed, digits));
  useEffect(() => {
    setText((typed) => (Number.isNaN(value) || parse(typed) === value ? typed : shown));
  }, [value]);
  return (
    <TextField
      {...field}
      value={text}
      inputMode={digits > 0 ? "decimal" : "numeric"}
      autoComplete="off"
      onChange={(typed) => {
        setText(typed);
        // Only an optional field is ever parsed to null.
        (onChange as Optional["onChange"])(parse(typed));
      }}
    />
  );
}

/** Money is rounded to its minor unit; a count is left as it was typed, so that the schema can say what is wrong. */
function roundedTo(digits: number, value: number): number {
  return digits === 0 ? value : Math.round(value * 10 ** digits);
}
