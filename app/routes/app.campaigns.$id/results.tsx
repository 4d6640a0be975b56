import type { CampaignResults } from "#app/analytics/campaign-results.server";
import { KeyFigure } from "#app/ui/figure";
import { reasonText } from "#app/ui/message-words";
import { formatMoney } from "#app/ui/money";
import { BlockStack, Card, InlineGrid, List, Text } from "#app/ui/polaris";

type Props = { results: CampaignResults; currency: string; locale: string };

/** What came of a campaign, in figures; and who was left out, by reason. */
export function Results({ results, currency, locale }: Props) {
  const count = (value: number) => new Intl.NumberFormat(locale).format(value);
  const share = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const ofSent = (value: number) =>
    results.sent > 0 ? `${share.format(value / results.sent)} of those sent` : "";
  const reasons = Object.entries(results.notSent).sort(([, a], [, b]) => b - a);
  const notSent = reasons.reduce((sum, [, number]) => sum + number, 0);
  return (
    <>
      <Card>
        <InlineGrid columns={{ xs: 2, md: 4 }} gap="400">
          <KeyFigure label="Sent" help="Handed over, and taken." value={count(results.sent)} />
          <KeyFigure
            label="Delivered"
            help="Taken by the recipient's side, and not come back so far. It need not be in the inbox."
            value={count(results.delivered)}
            note={ofSent(results.delivered)}
          />
          <KeyFigure
            label="Clicked"
            help="Messages with a click by a person; mail scanners do not count."
            value={count(results.clicked)}
            note={ofSent(results.clicked)}
          />
          <KeyFigure
            label="Unsubscribed"
            help="Messages that led to an unsubscription."
            value={count(results.unsubscribed)}
            note={ofSent(results.unsubscribed)}
          />
          <KeyFigure
            label="Orders in 7 days"
            help="Orders of those it was sent to within seven days, without cancelled ones. Some would have come anyway."
            value={count(results.orders)}
            note={ofSent(results.orders)}
          />
          <KeyFigure
            label="Their net sales"
            help="What these orders came to, net of refunds."
            value={formatMoney(results.netMinor, currency, locale)}
          />
          <KeyFigure
            label="Held out"
            help="They may get it and do not, so that its effect can be measured."
            value={count(results.heldOut)}
          />
          <KeyFigure
            label="Troubled"
            help="Bounced, failed, marked as spam, or of unknown fate."
            value={count(results.troubled)}
          />
        </InlineGrid>
      </Card>
      <Card>
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">
            {`Not sent: ${count(notSent)}`}
          </Text>
          {reasons.length === 0 ? (
            <Text as="p" tone="subdued">
              Nobody was left out so far.
            </Text>
          ) : (
            <List>
              {reasons.map(([reason, number]) => (
                <List.Item key={reason}>{`${count(number)}: ${reasonText(reason)}`}</List.Item>
              ))}
            </List>
          )}
        </BlockStack>
      </Card>
    </>
  );
}
