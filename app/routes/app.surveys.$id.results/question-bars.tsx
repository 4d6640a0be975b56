import { BlockStack, Card, Text } from "#app/ui/polaris";

type QuestionBarsProps = {
  question: {
    text: string;
    answered: number;
    bars: { value: string; label: string; count: number }[];
    mean: number | null;
  };
  locale: string;
};

/** How the answers to one question are spread: a row per answer with its bar, count and share. */
export function QuestionBars({ question, locale }: QuestionBarsProps) {
  const { text, answered, bars, mean } = question;
  const count = new Intl.NumberFormat(locale);
  const decimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  if (bars.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="050">
          <Text as="h2" variant="headingMd">
            {text}
          </Text>
          <Text as="p" tone="subdued">
            {`${count.format(answered)} answered`}
            {mean !== null && `, ${decimal.format(mean)} on average`}
          </Text>
        </BlockStack>
        <ul style={{ listStyle: "none", margin: 0, padding: 0, display: "grid", gap: 8 }}>
          {bars.map((bar) => (
            <Bar key={bar.value} label={bar.label} count={bar.count} of={answered} locale={locale} />
          ))}
        </ul>
      </BlockStack>
    </Card>
  );
}

function Bar({ label, count, of, locale }: { label: string; count: number; of: number; locale: string }) {
  const share = of === 0 ? 0 : count / of;
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }).format(share);
  return (
    <li
      style={{
        display: "grid",
        gridTemplateColumns: "minmax(2rem, 30%) 1fr 6rem",
        gap: 12,
        alignItems: "center",
      }}
    >
      <Text as="span" breakWord>
        {label}
      </Text>
      <span aria-hidden style={{ background: "#f1f1f1", borderRadius: 4, height: 12 }}>
        <span
          style={{
            display: "block",
            width: `${share * 100}%`,
            background: "#1f4d3d",
            borderRadius: 4,
            height: 12,
          }}
        />
      </span>
      <Text as="span" alignment="end" numeric>
        {`${new Intl.NumberFormat(locale).format(count)} (${percent})`}
      </Text>
    </li>
  );
}
