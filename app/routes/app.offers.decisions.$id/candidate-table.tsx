import type { JudgedCandidate } from "#app/decisions/candidate";
import { isRefused, reasonWords, SOURCE_WORDS } from "#app/ui/decision-words";
import { formatMoney } from "#app/ui/money";
import { useScrollableByKeyboard } from "#app/ui/scrollable-table";
import { Badge, BlockStack, Card, IndexTable, Text } from "#app/ui/polaris";

type CandidateTableProps = {
  candidates: JudgedCandidate[];
  titles: Record<string, string>;
  currency: string;
  locale: string;
};

/** Every candidate with what spoke for it, and why it was or was not chosen. */
export function CandidateTable({ candidates, titles, currency, locale }: CandidateTableProps) {
  const table = useScrollableByKeyboard("Table of products");
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const isOneOffer = new Set(candidates.map(({ id }) => id)).size === 1;
  /** How it came to be proposed, and by which of several offers. */
  const originOf = ({ id, subject, features }: JudgedCandidate) => {
    const offer = subject && !isOneOffer ? titles[id] : undefined;
    return [SOURCE_WORDS[String(features.source)], offer].filter(Boolean).join(" · ");
  };
  // What a rule kept out was never weighed.
  const figuresOf = ({ probability, value, score, propensity, reason }: JudgedCandidate) =>
    isRefused(reason)
      ? ["–", "–", "–", "–"]
      : [
          percent.format(probability),
          formatMoney(value, currency, locale),
          formatMoney(score, currency, locale),
          percent.format(propensity),
        ];
  const figure = (text: string) => (
    <Text as="span" alignment="end" numeric>
      {text}
    </Text>
  );
  return (
    <Card padding="0">
      <div ref={table}>
        <IndexTable
          selectable={false}
          itemCount={candidates.length}
          resourceName={{ singular: "candidate", plural: "candidates" }}
          headings={[
            { title: "Product" },
            { title: "Chance to accept", alignment: "end" },
            { title: "Worth if accepted", alignment: "end" },
            { title: "Score", alignment: "end" },
            { title: "Chance to be drawn", alignment: "end" },
            { title: "Result" },
          ]}
        >
          {candidates.map((candidate, position) => (
            <IndexTable.Row
              id={`${candidate.id} ${candidate.subject}`}
              key={`${candidate.id} ${candidate.subject}`}
              position={position}
            >
              <IndexTable.Cell>
                <BlockStack>
                  <Text as="span" fontWeight="medium">
                    {titles[candidate.subject ?? candidate.id] ?? candidate.id}
                  </Text>
                  <Text as="span" variant="bodySm" tone="subdued">
                    {originOf(candidate)}
                  </Text>
                </BlockStack>
              </IndexTable.Cell>
              {figuresOf(candidate).map((text, column) => (
                <IndexTable.Cell key={column}>{figure(text)}</IndexTable.Cell>
              ))}
              <IndexTable.Cell>
                {candidate.position ? <Badge tone="success">Shown</Badge> : reasonWords(candidate.reason)}
              </IndexTable.Cell>
            </IndexTable.Row>
          ))}
        </IndexTable>
      </div>
    </Card>
  );
}
