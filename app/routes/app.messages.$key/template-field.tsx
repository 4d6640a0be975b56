import { useState, type ReactNode } from "react";
import { LISTED_VARIABLES } from "#app/messages/variables";
import { ActionList, Button, Popover, TextField } from "#app/ui/polaris";
import { useTypedFirst } from "#app/ui/typed-first";

type TemplateFieldProps = {
  id: string;
  label: string;
  value: string;
  /** What is used where this language has no text of its own. */
  placeholder?: string;
  lines?: number;
  /** A short text takes web addresses too: there they are words. */
  kind: "text" | "url" | "short";
  error?: string;
  helpText?: ReactNode;
  onChange: (value: string) => void;
};

/** A text with variables: a field, a list of what may be inserted, and the linter's finding. */
export function TemplateField(props: TemplateFieldProps) {
  const { id, label, value, placeholder, lines, kind, error, helpText, onChange } = props;
  const field = useTypedFirst(value, onChange);
  const insert = (path: string) => {
    const element = document.getElementById(id) as HTMLInputElement | HTMLTextAreaElement | null;
    const at = element?.selectionStart ?? value.length;
    onChange(kind === "url" ? `{{ ${path} }}` : `${value.slice(0, at)}{{ ${path} }}${value.slice(at)}`);
    element?.focus();
  };
  return (
    <TextField
      {...field}
      id={id}
      label={label}
      placeholder={placeholder}
      multiline={lines}
      error={error}
      helpText={helpText}
      autoComplete="off"
      connectedRight={<InsertVariable field={label} kind={kind} onInsert={insert} />}
    />
  );
}

type InsertVariableProps = {
  field: string;
  kind: TemplateFieldProps["kind"];
  onInsert: (path: string) => void;
};

function InsertVariable({ field, kind, onInsert }: InsertVariableProps) {
  const [open, setOpen] = useState(false);
  const choices = LISTED_VARIABLES.filter(
    (one) => kind === "short" || (kind === "url") === (one.kind === "url"),
  );
  return (
    <Popover
      active={open}
      onClose={() => setOpen(false)}
      activator={
        <Button
          onClick={() => setOpen(!open)}
          disclosure
          accessibilityLabel={`Insert a variable into ${field}`}
        >
          Insert
        </Button>
      }
    >
      <ActionList
        actionRole="menuitem"
        items={choices.map(({ path, label }) => ({
          content: label,
          helpText: `{{ ${path} }}`,
          onAction: () => {
            onInsert(path);
            setOpen(false);
          },
        }))}
      />
    </Popover>
  );
}
