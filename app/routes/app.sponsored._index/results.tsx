import { Chart } from "#app/ui/chart";
import { KeyFigure } from "#app/ui/figure";
import { formatMoney } from "#app/ui/money";
import { BlockStack, Card, InlineGrid, List, Text } from "#app/ui/polaris";
import { invalidWords } from "#app/ui/sponsored-words";

type ResultsProps = {
  days: string[];
  /** Minor units per day. */
  own: number[];
  sponsored: number[];
  views: number;
  clicks: number;
  conversions: number;
  invalid: { reason: string; clicks: number }[];
  currency: string;
  locale: string;
};

/** What sponsored offers earned beside what the shop's own offers brought, and the clicks that did not count. */
export function Results({
  days,
  own,
  sponsored,
  views,
  clicks,
  conversions,
  invalid,
  currency,
  locale,
}: ResultsProps) {
  const count = new Intl.NumberFormat(locale);
  const money = (minor: number) => formatMoney(minor, currency, locale);
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  return (
    <>
      <Card>
        <BlockStack gap="400">
          <Text as="h2" variant="headingMd">
            Results
          </Text>
          <InlineGrid columns={{ xs: 2, md: 5 }} gap="400">
            <KeyFigure
              label="Earned"
              help="What advertisers owe you for clicks and sales, less reversals and the host's share. With archived campaigns."
              value={money(sum(sponsored))}
            />
            <KeyFigure
              label="Own offers"
              help="What orders with your own offers brought, net of refunds."
              value={money(sum(own))}
            />
            <KeyFigure
              label="Views"
              help="Sponsored offers that came into a shopper's view."
              value={count.format(views)}
            />
            <KeyFigure
              label="Clicks"
              help="Clicks by people, one per offer shown."
              value={count.format(clicks)}
            />
            <KeyFigure
              label="Sales"
              help="Sales that advertisers reported, less refunded ones."
              value={count.format(conversions)}
            />
          </InlineGrid>
          {sum(sponsored) === 0 && sum(own) === 0 ? (
            <Text as="p" tone="subdued">
              Nothing was earned in these days. Once shoppers click or buy, a chart shows your own offers
              beside the sponsored ones.
            </Text>
          ) : (
            <Chart
              title="Own against sponsored"
              days={days}
              series={[
                { label: "Own offers, net", values: own, format: money },
                { label: "Sponsored, earned", values: sponsored, format: money },
              ]}
              locale={locale}
            />
          )}
        </BlockStack>
      </Card>
      {invalid.length > 0 && (
        <Card>
          <BlockStack gap="200">
            <Text as="h2" variant="headingMd">
              Clicks that did not count
            </Text>
            <Text as="p" tone="subdued">
              They are kept, and cost the advertiser nothing.
            </Text>
            <List>
              {invalid.map(({ reason, clicks: number }) => (
                <List.Item key={reason}>
                  {count.format(number)}: {invalidWords(reason)}
                </List.Item>
              ))}
            </List>
          </BlockStack>
        </Card>
      )}
    </>
  );
}
