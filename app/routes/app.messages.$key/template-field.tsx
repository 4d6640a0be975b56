import { memo, useCallback, useRef, useState, type ReactNode } from "react";
import type { Locale } from "#app/shops/settings";
import { ActionList, Button, Popover, TextField } from "#app/ui/polaris";
import { useTypedFirst } from "#app/ui/typed-first";
import { variablesFor, type TextKind } from "./completion";
import { SuggestionList } from "./suggestion-list";
import { useCompletion } from "./use-completion";

type TemplateFieldProps = {
  id: string;
  label: string;
  value: string;
  language: Locale;
  /** What is used where this language has no text of its own. */
  placeholder?: string;
  lines?: number;
  kind: TextKind;
  error?: string;
  helpText?: ReactNode;
  onChange: (value: string) => void;
};

/** A text with variables: a field that completes them, a list of what may be inserted, and the linter's finding. */
export function TemplateField(props: TemplateFieldProps) {
  const { id, label, value, language, placeholder, lines, kind, error, helpText, onChange } = props;
  const field = useTypedFirst(value, onChange);
  const completion = useCompletion(id, kind, field.value, field.onChange);
  const { suggestions, active } = completion;
  const isOpen = suggestions.length > 0;
  const latest = useRef({ value, onChange });
  latest.current = { value, onChange };
  // The same function from one letter to the next, so that the button beside the field is not drawn anew.
  const insert = useCallback(
    (path: string) => {
      const { value, onChange } = latest.current;
      const element = document.getElementById(id) as HTMLInputElement | HTMLTextAreaElement | null;
      const at = element?.selectionStart ?? value.length;
      onChange(kind === "url" ? `{{ ${path} }}` : `${value.slice(0, at)}{{ ${path} }}${value.slice(at)}`);
      element?.focus();
    },
    [id, kind],
  );
  return (
    <div onKeyDownCapture={completion.onKey} lang={language}>
      <TextField
        value={field.value}
        onChange={(text) => {
          field.onChange(text);
          completion.onTyped(text);
        }}
        onBlur={() => {
          field.onBlur();
          completion.close();
        }}
        id={id}
        label={label}
        placeholder={placeholder}
        multiline={lines}
        error={error}
        helpText={helpText}
        autoComplete="off"
        {...(isOpen && {
          // A text of several lines can be no combobox; the rest says the same.
          ...(!lines && { role: "combobox", ariaExpanded: true }),
          ariaAutocomplete: "list",
          ariaControls: `${id}-suggestions`,
          ariaActiveDescendant: `${id}-suggestion-${active}`,
        })}
        connectedRight={<InsertVariable field={label} kind={kind} onInsert={insert} />}
      />
      <SuggestionList id={id} suggestions={suggestions} active={active} onPick={completion.pick} />
    </div>
  );
}

type InsertVariableProps = { field: string; kind: TextKind; onInsert: (path: string) => void };

const InsertVariable = memo(function InsertVariable({ field, kind, onInsert }: InsertVariableProps) {
  const [open, setOpen] = useState(false);
  const button = (
    <Button onClick={() => setOpen(!open)} disclosure accessibilityLabel={`Insert a variable into ${field}`}>
      Insert
    </Button>
  );
  return (
    <Popover active={open} onClose={() => setOpen(false)} activator={button}>
      {open && (
        <ActionList
          actionRole="menuitem"
          items={variablesFor(kind).map(({ path, label }) => ({
            content: label,
            helpText: `{{ ${path} }}`,
            onAction: () => {
              onInsert(path);
              setOpen(false);
            },
          }))}
        />
      )}
    </Popover>
  );
});
