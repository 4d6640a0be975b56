import { REASON_WORDS } from "#app/ui/decision-words";
import { BlockStack, Card, InlineStack, Text } from "#app/ui/polaris";

type ReasonBarsProps = {
  decisions: number;
  reasons: { reason: string; decisions: number }[];
  days: number;
  locale: string;
};

const OTHER_WORDS: Record<string, string> = {
  shown: "Shown",
  "not-proposed": "Nothing to propose: no product of it fits, is in stock or leaves a margin",
};

/** Why the offer was shown or not, as shares of the moments at which it could have been. */
export function ReasonBars({ decisions, reasons, days, locale }: ReasonBarsProps) {
  const count = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Why it was shown, or not
        </Text>
        {decisions === 0 ? (
          <Text as="p" tone="subdued">
            Nobody has looked at a page in the last {days} days on which this offer may stand.
          </Text>
        ) : (
          <>
            <Text as="p" tone="subdued">
              {`Of the newest ${count.format(decisions)} moments in the last ${days} days at which it could have been shown. Where several of its products were weighed, the one that got furthest counts.`}
            </Text>
            <ul style={{ listStyle: "none", margin: 0, padding: 0, display: "grid", gap: 12 }}>
              {reasons.map(({ reason, decisions: times }) => (
                <li key={reason}>
                  <InlineStack align="space-between" gap="200" wrap={false}>
                    <Text as="span">{wordsFor(reason)}</Text>
                    <Text as="span" numeric>
                      {percent.format(times / decisions)}
                    </Text>
                  </InlineStack>
                  <div aria-hidden="true" style={{ background: "#ebebeb", borderRadius: 4, height: 6 }}>
                    <div
                      style={{
                        width: `${(times / decisions) * 100}%`,
                        background: reason === "shown" ? "#1f4d3d" : "#8a8a8a",
                        borderRadius: 4,
                        height: 6,
                      }}
                    />
                  </div>
                </li>
              ))}
            </ul>
          </>
        )}
      </BlockStack>
    </Card>
  );
}

function wordsFor(reason: string): string {
  return OTHER_WORDS[reason] ?? REASON_WORDS[reason as keyof typeof REASON_WORDS] ?? reason;
}
