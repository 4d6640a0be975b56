import { memo } from "react";
import { KeyFigure } from "#app/ui/figure";
import { BlockStack, Card, InlineGrid, Text } from "#app/ui/polaris";

type LoyaltyFiguresProps = {
  results: {
    members: number;
    joined: number;
    earned: number;
    approved: number;
    clawedBack: number;
    liability: { approved: number; pending: number };
  };
  days: number;
  locale: string;
};

/** What the programme did lately, and what is outstanding. */
export const LoyaltyFigures = memo(function LoyaltyFigures({ results, days, locale }: LoyaltyFiguresProps) {
  const count = (value: number) => new Intl.NumberFormat(locale).format(value);
  const { members, joined, earned, approved, clawedBack, liability } = results;
  const lately = [
    { label: "Joined", help: "People who became members.", value: count(joined) },
    {
      label: "Points given",
      help: "For joining, orders and surveys; pending ones too.",
      value: count(earned),
    },
    { label: "Points approved", help: "Points that became spendable.", value: count(approved) },
    {
      label: "Points taken back",
      help: "Points of refunded or cancelled orders, and joining bonuses given twice.",
      value: count(clawedBack),
    },
  ];
  const now = [
    { label: "Members", help: "People who take part now.", value: count(members) },
    {
      label: "Points to spend",
      help: "Points members can spend at any time.",
      value: count(liability.approved),
    },
    {
      label: "Points pending",
      help: "Points that wait for the end of the return window.",
      value: count(liability.pending),
    },
  ];
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Members and their points
        </Text>
        <InlineGrid columns={{ xs: 1, sm: 3 }} gap="400">
          {now.map((figure) => (
            <KeyFigure key={figure.label} {...figure} />
          ))}
        </InlineGrid>
        <Text as="h3" variant="headingSm">{`Last ${days} days`}</Text>
        <InlineGrid columns={{ xs: 2, sm: 4 }} gap="400">
          {lately.map((figure) => (
            <KeyFigure key={figure.label} {...figure} />
          ))}
        </InlineGrid>
      </BlockStack>
    </Card>
  );
});
