import { BlockStack, Text, Tooltip } from "./polaris";

/** One figure of a period beside the period before. */
type Compared = { current: number; previous: number };

type FigureProps = {
  label: string;
  /** What the figure counts, in one sentence. */
  help: string;
  value: string;
  compared?: Compared;
  /** More of it is bad news, e.g. bounces. */
  lessIsBetter?: boolean;
  /** What stands where there is nothing to compare with. */
  note?: string;
  locale: string;
};

/** One key figure with its change against the previous period. */
export function Figure({ label, help, value, compared, lessIsBetter, note, locale }: FigureProps) {
  const relative = compared ? change(compared) : null;
  const isGood = relative !== null && (lessIsBetter ? relative < 0 : relative > 0);
  const comparison = relative === null ? (note ?? "Nothing to compare with yet") : describe(relative, locale);
  const tone = !relative ? "subdued" : isGood ? "success" : "critical";
  return <KeyFigure label={label} help={help} value={value} note={comparison} tone={tone} />;
}

type KeyFigureProps = {
  label: string;
  /** What the figure counts, in one sentence. */
  help: string;
  value: string;
  note?: string;
  tone?: "subdued" | "success" | "critical";
};

/** One figure that stands for itself, with what it counts and a word on it. */
export function KeyFigure({ label, help, value, note, tone = "subdued" }: KeyFigureProps) {
  return (
    <BlockStack gap="050">
      <Tooltip content={help} hasUnderline>
        <Text as="span" variant="bodySm" tone="subdued">
          {label}
        </Text>
      </Tooltip>
      <Text as="p" variant="headingLg">
        {value}
      </Text>
      {note && (
        <Text as="p" variant="bodySm" tone={tone}>
          {note}
        </Text>
      )}
    </BlockStack>
  );
}

function describe(relative: number, locale: string): string {
  if (relative === 0) return "Same as before";
  const size = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }).format(
    Math.abs(relative),
  );
  return `${size} ${relative > 0 ? "more" : "less"} than before`;
}

/** Relative change, e.g. 0.25 for a quarter more; null where there is nothing to compare with. */
export function change({ current, previous }: Compared): number | null {
  return previous === 0 ? null : (current - previous) / Math.abs(previous);
}
