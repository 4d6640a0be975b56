import type { Suggestion } from "./completion";

type SuggestionListProps = {
  /** Of the field. */
  id: string;
  suggestions: Suggestion[];
  active: number;
  onPick: (suggestion: Suggestion) => void;
};

/** What may stand behind `{{`. The field keeps the focus and names the chosen one. */
export function SuggestionList({ id, suggestions, active, onPick }: SuggestionListProps) {
  if (suggestions.length === 0) return null;
  return (
    <>
      <div role="status" style={HIDDEN}>
        {`${suggestions.length} variables. Arrows choose, Enter takes, Escape closes.`}
      </div>
      <ul role="listbox" id={`${id}-suggestions`} aria-label="Variables" style={LIST}>
        {suggestions.map((suggestion, index) => (
          <li
            key={suggestion.path}
            role="option"
            id={`${id}-suggestion-${index}`}
            aria-selected={index === active}
            // The field must keep the focus.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPick(suggestion)}
            style={{
              ...OPTION,
              background: index === active ? "var(--p-color-bg-surface-active)" : undefined,
            }}
          >
            <span>{suggestion.label}</span>
            <code>{suggestion.path}</code>
          </li>
        ))}
      </ul>
    </>
  );
}

const LIST = {
  listStyle: "none",
  margin: "4px 0 0",
  padding: 4,
  border: "1px solid var(--p-color-border)",
  borderRadius: 8,
  background: "var(--p-color-bg-surface)",
} as const;

const OPTION = {
  display: "flex",
  justifyContent: "space-between",
  gap: 12,
  flexWrap: "wrap",
  padding: "6px 8px",
  minHeight: 28,
  borderRadius: 6,
  cursor: "pointer",
} as const;

const HIDDEN = {
  position: "absolute",
  width: 1,
  height: 1,
  overflow: "hidden",
  clipPath: "inset(50%)",
  whiteSpace: "nowrap",
} as const;
