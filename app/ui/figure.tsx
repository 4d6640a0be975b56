import { BlockStack, InlineStack, Text, Tooltip } from "./polaris";

/** One figure of a period beside the period before. */
type Compared = { current: number; previous: number };

type FigureProps = {
  label: string;
  /** What the figure counts, in one sentence. */
  help: string;
  value: string;
  compared?: Compared;
  /** What stands where there is nothing to compare with. */
  note?: string;
  locale: string;
};

/** One key figure with its change against the previous period. */
export function Figure({ label, help, value, compared, note, locale }: FigureProps) {
  const relative = compared ? change(compared) : null;
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
      <InlineStack gap="100">
        <Text
          as="span"
          variant="bodySm"
          tone={relative === null || relative === 0 ? "subdued" : relative > 0 ? "success" : "critical"}
        >
          {relative === null
            ? (note ?? "Nothing before to compare with")
            : `${describe(relative, locale)} than before`}
        </Text>
      </InlineStack>
    </BlockStack>
  );
}

function describe(relative: number, locale: string): string {
  const size = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }).format(
    Math.abs(relative),
  );
  return `${size} ${relative >= 0 ? "more" : "less"}`;
}

/** Relative change, e.g. 0.25 for a quarter more; null where there is nothing to compare with. */
export function change({ current, previous }: Compared): number | null {
  return previous === 0 ? null : (current - previous) / Math.abs(previous);
}
