import type { Comparison, Effect } from "#app/payments/effect";
import { LEAST_PER_SIDE } from "#app/payments/effect";
import { KeyFigure } from "#app/ui/figure";
import { formatMoney } from "#app/ui/money";
import { ConfirmButton } from "#app/ui/confirm-button";
import { BlockStack, Card, InlineGrid, InlineStack, Text } from "#app/ui/polaris";
import { useSave } from "#app/ui/save";
import type { BeginAnew } from "./route";

type EffectCardProps = {
  effect: Effect | null;
  /** Day of the first order that counts; null: none does yet. */
  since: string | null;
  /** How often it was off and on again since then. */
  pauses: number;
  enabled: boolean;
  holdoutPercent: number;
  currency: string;
  locale: string;
};

/** What the learnt order does, against buyers who keep Shopify's. */
export function EffectCard(props: EffectCardProps) {
  const { effect, since, pauses, enabled, holdoutPercent, currency, locale } = props;
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            What it does
          </Text>
          {effect && <BeginAnewButton />}
        </InlineStack>
        {since && effect && (
          <Text as="p" tone="subdued">
            {countedText(since, pauses)}
          </Text>
        )}
        {effect ? (
          <Figures effect={effect} currency={currency} locale={locale} />
        ) : (
          <Text as="p" tone="subdued">
            {holdoutPercent === 0
              ? "Without a holdout there is nothing to compare with. Set a share of buyers below."
              : enabled
                ? "Counting begins as soon as Shopify has the learnt order."
                : "Switched on, Postlude compares buyers who see the learnt order with a holdout that keeps Shopify's."}
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}

function countedText(since: string, pauses: number): string {
  if (pauses === 0) return `Counted since ${since}.`;
  return `Counted since ${since}, without the ${pauses === 1 ? "time" : `${pauses} times`} it was off.`;
}

function BeginAnewButton() {
  const { save, saving } = useSave<BeginAnew>();
  return (
    <ConfirmButton
      label="Begin anew"
      accessibilityLabel="Begin anew: the figures"
      question="What was counted so far will no longer be shown. This cannot be taken back."
      confirm="Begin anew"
      loading={saving}
      onConfirm={() => save({ beginAnew: true })}
    />
  );
}

function Figures({ effect, currency, locale }: { effect: Effect; currency: string; locale: string }) {
  const { orders, firstChoice, orderValue, completed } = effect;
  const count = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const signed = new Intl.NumberFormat(locale, {
    style: "percent",
    maximumFractionDigits: 1,
    signDisplay: "exceptZero",
  });
  const decimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const points = (share: number) =>
    `${new Intl.NumberFormat(locale, { maximumFractionDigits: 1, signDisplay: "exceptZero" }).format(share * 100)} points`;
  const figures: [string, string, Comparison | null, (value: number) => string, (value: number) => string][] =
    [
      [
        "Paid with the likeliest method",
        "Share of orders paid with the method that was learnt as the likeliest for the buyer, whether it stood first or not.",
        firstChoice,
        (share) => percent.format(share),
        points,
      ],
      [
        "Order value",
        "Net of refunds, without cancelled orders.",
        orderValue,
        (minor) => formatMoney(Math.round(minor), currency, locale),
        (share) => signed.format(share),
      ],
      [
        "Completed orders",
        "Orders per 1,000 equal groups of buyers. Both sides are drawn by lot, so fewer given-up checkouts show as more orders.",
        completed,
        (each) => decimal.format(each),
        (share) => signed.format(share),
      ],
    ];
  return (
    <BlockStack gap="400">
      <Text as="p" tone="subdued">
        {`${count.format(orders.ranked)} orders with the learnt order, ${count.format(orders.own)} in the holdout.`}
      </Text>
      {firstChoice ? (
        <InlineGrid columns={{ xs: 1, sm: 3 }} gap="400">
          {figures.map(([label, help, comparison, value, change]) =>
            comparison ? (
              <KeyFigure
                key={label}
                label={label}
                help={help}
                value={`${value(comparison.ranked)} against ${value(comparison.own)}`}
                note={verdict(comparison, change)}
                tone={toneOf(comparison)}
              />
            ) : null,
          )}
        </InlineGrid>
      ) : (
        <Text as="p">
          {`Too few orders to say anything: both sides need ${LEAST_PER_SIDE}. Until then a difference would be chance.`}
        </Text>
      )}
      <Text as="p" tone="subdued" variant="bodySm">
        Shopify tells no app who reached the payment step and left. So “completed orders” compares how many
        orders came from each side of the lot; it needs thousands of orders before small effects show.
      </Text>
    </BlockStack>
  );
}

/** "+4 % (−1 % to +9 %): may be chance" */
function verdict({ difference, low, high }: Comparison, change: (value: number) => string): string {
  const range = `${change(difference)} (95% sure: ${change(low)} to ${change(high)})`;
  return low <= 0 && high >= 0 ? `${range}. May be chance.` : range;
}

function toneOf({ low, high }: Comparison): "success" | "critical" | "subdued" {
  if (low > 0) return "success";
  return high < 0 ? "critical" : "subdued";
}
