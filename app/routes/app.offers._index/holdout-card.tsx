import { formatMoney } from "#app/ui/money";
import { BlockStack, Card, Text } from "#app/ui/polaris";

type Side = { people: number; laterRevenueMinor: number };
type HoldoutCardProps = {
  holdout: { shown: Side; heldOut: Side; upliftPerPersonMinor: number | null };
  percent: number;
  days: number;
  currency: string;
  locale: string;
};

/** What offers really add: shoppers who may see them beside those who never do. */
export function HoldoutCard({ holdout, percent, days, currency, locale }: HoldoutCardProps) {
  const { shown, heldOut, upliftPerPersonMinor } = holdout;
  const count = new Intl.NumberFormat(locale);
  const money = (minor: number) => formatMoney(minor, currency, locale);
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          Against shoppers without offers
        </Text>
        <Text as="p" tone="subdued">
          {percent}% of your shoppers never see an offer, so that you can tell what offers really add.
        </Text>
        {upliftPerPersonMinor === null ? (
          <Text as="p">
            Too few shoppers to say yet: {count.format(shown.people)} with offers and{" "}
            {count.format(heldOut.people)} without in the last {days} days. Both need at least 100.
          </Text>
        ) : (
          <Text as="p">
            Shoppers with offers spent {money(Math.abs(upliftPerPersonMinor))}{" "}
            {upliftPerPersonMinor < 0 ? "less" : "more"} each in the 30 days after (measured on{" "}
            {count.format(shown.people)} with and {count.format(heldOut.people)} without).
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}
