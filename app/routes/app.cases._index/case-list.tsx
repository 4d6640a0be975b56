import { CASE_LABELS, type CaseType } from "#app/cases/case";
import { clockWords, spanWords } from "#app/ui/case-words";
import { Badge, BlockStack, Box, Divider, InlineGrid, InlineStack, Link, Text } from "#app/ui/polaris";

type Row = {
  id: string;
  type: string;
  customer: string | null;
  orderName: string | null;
  owner: string;
  openedAt: string | Date;
  solvedAt: string | Date | null;
  answerDueAt: string | Date | null;
};

type Reader = { locale: string; timezone: string; now: number };

/** One row per case, as wide as there is room for; the name leads to the case. */
export function CaseList({ cases, reader }: { cases: Row[]; reader: Reader }) {
  return (
    <ul style={{ listStyle: "none", margin: 0, padding: 0 }}>
      {cases.map((one) => (
        <li key={one.id}>
          <Divider />
          <Box padding="400">
            <InlineGrid columns={{ xs: 1, sm: ["twoThirds", "oneThird"] }} gap="200" alignItems="center">
              <BlockStack gap="050">
                <Text as="h2" variant="headingSm">
                  <Link url={`/app/cases/${one.id}`} removeUnderline>
                    {titleOf(one)}
                  </Link>
                </Text>
                <Text as="p" tone="subdued">
                  {[one.orderName, one.owner || "Nobody's yet"].filter(Boolean).join(" · ")}
                </Text>
              </BlockStack>
              <Clock one={one} reader={reader} />
            </InlineGrid>
          </Box>
        </li>
      ))}
    </ul>
  );
}

function titleOf({ type, customer }: Row): string {
  return `${CASE_LABELS[type as CaseType] ?? type} · ${customer ?? "Unknown shopper"}`;
}

function Clock({ one, reader }: { one: Row; reader: Reader }) {
  const since = (at: string | Date) => spanWords(reader.now - new Date(at).getTime(), reader.locale);
  const clock = clockWords(one.answerDueAt, reader);
  return (
    <InlineStack gap="200" blockAlign="center">
      <Text as="span" tone="subdued">
        {one.solvedAt ? `Solved ${since(one.solvedAt)} ago` : `${since(one.openedAt)} old`}
      </Text>
      {clock && <Badge tone={clock.tone}>{clock.text}</Badge>}
    </InlineStack>
  );
}
