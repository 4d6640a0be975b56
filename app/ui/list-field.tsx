import { useEffect, useState } from "react";
import { TextField } from "./polaris";

type ListFieldProps = {
  label: string;
  value: string[];
  /** What is typed between two commas → an entry. */
  normalise?: (text: string) => string;
  error?: string;
  helpText?: string;
  placeholder?: string;
  onChange: (value: string[]) => void;
};

/** A short list as text with commas. Keeps what is typed ("DE, " on the way to "DE, FR") and hands up the entries. */
export function ListField({ value, normalise = (text) => text, onChange, ...field }: ListFieldProps) {
  const [text, setText] = useState(value.join(", "));
  const parse = (typed: string) => [
    ...new Set(
      typed
        .split(/[,;\n]/)
        .map((part) => normalise(part.trim()))
        .filter(Boolean),
    ),
  ];
  useEffect(() => {
    setText((typed) => (parse(typed).join() === value.join() ? typed : value.join(", ")));
  }, [value]);
  return (
    <TextField
      {...field}
      value={text}
      autoComplete="off"
      onChange={(typed) => {
        setText(typed);
        onChange(parse(typed));
      }}
    />
  );
}
