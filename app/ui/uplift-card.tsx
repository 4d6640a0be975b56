import type { Uplift } from "#app/analytics/uplift.server";
import type { Comparison } from "#app/experiments/compare-arms";
import { IntervalPlot } from "./interval-plot";
import { formatMoney } from "./money";
import { Banner, BlockStack, Card, Link, Text } from "./polaris";

type UpliftCardProps = {
  title?: string;
  /** Null where nobody was held out yet. */
  uplift: Uplift | null;
  /** Percent of shoppers held out, as it is set. */
  percent: number;
  currency: string;
  timezone: string;
  locale: string;
};

/** What offers really add: shoppers who may see them beside those who never do, with what the figure may as well be. */
export function UpliftCard({ title = "What offers really add", uplift, percent, ...rest }: UpliftCardProps) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {title}
        </Text>
        {uplift ? <Measured uplift={uplift} {...rest} /> : <NotMeasured percent={percent} />}
      </BlockStack>
    </Card>
  );
}

function NotMeasured({ percent }: { percent: number }) {
  if (percent > 0) {
    return (
      <Text as="p" tone="subdued">
        {percent}% of your shoppers are held out. Figures appear with the first orders that an offer fits.
      </Text>
    );
  }
  return (
    <Text as="p" tone="subdued">
      Nobody is held out, so nothing tells what shoppers would have bought anyway. Set a holdout of 5% in the{" "}
      <Link url="/app/settings">settings</Link>.
    </Text>
  );
}

type MeasuredProps = { uplift: Uplift; currency: string; timezone: string; locale: string };

function Measured({ uplift, currency, timezone, locale }: MeasuredProps) {
  const { own, sponsored, shown, heldOut, share, days } = uplift;
  const count = (value: number) => new Intl.NumberFormat(locale).format(value);
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const money = (minor: number) => formatMoney(Math.round(minor), currency, locale);
  const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: timezone });
  return (
    <>
      {uplift.sampleRatio.isOff && (
        <Banner tone="warning" title="Do not trust these figures yet">
          {percent.format(share)} of shoppers should be held out, but it is{" "}
          {percent.format(heldOut / (shown + heldOut))}. Something loses people of one side, so the two sides
          cannot be compared.
        </Banner>
      )}
      <Text as="p" tone="subdued">
        {count(shown)} shoppers who may see offers, {count(heldOut)} who never do, since{" "}
        {date.format(uplift.since)}. Counted is what they paid within 30 days from the order in hand on, net
        of refunds and cancellations.
      </Text>
      <Text as="p" variant="headingLg">
        {headline(own, money)}
      </Text>
      <Text as="p">{explain(own, { money, count, shown })}</Text>
      {own.isHeavy && own.verdict.state !== "too-early" && (
        <Text as="p" tone="caution">
          One shopper spent so much that this figure may still jump.
        </Text>
      )}
      {sponsored && (
        <Text as="p">
          Sponsored offers, on top:{" "}
          {sponsored.verdict.state === "too-early"
            ? "too early to say."
            : `${money(sponsored.difference)} per shopper from advertisers (${money(sponsored.alwaysValid.low)} to ${money(sponsored.alwaysValid.high)}).`}
        </Text>
      )}
      <IntervalPlot
        title="Own sales per shopper, as known after each day"
        kind="band"
        heading="Day"
        format={money}
        points={days.map((one) => ({ ...one, label: day.format(new Date(one.day)), value: one.difference }))}
      />
    </>
  );
}

type Money = (minor: number) => string;

function headline({ difference, verdict }: Comparison, money: Money): string {
  if (verdict.state === "too-early") return "Too early to say";
  if (verdict.state === "unclear") return "No clear difference yet";
  return `${money(Math.abs(difference))} ${difference > 0 ? "more" : "less"} per shopper`;
}

type Words = { money: Money; count: (value: number) => string; shown: number };

function explain(comparison: Comparison, { money, count, shown }: Words): string {
  const { verdict, difference, alwaysValid } = comparison;
  if (verdict.state === "too-early") {
    return `About ${count(verdict.more)} more orders are needed. Each side needs at least 100 shoppers.`;
  }
  const range = `between ${money(alwaysValid.low)} and ${money(alwaysValid.high)} per shopper, with 95% certainty, however often you look`;
  if (verdict.state === "unclear") {
    const more =
      verdict.more === null
        ? "If there is a difference, it is too small to be seen with a reasonable number of orders."
        : `About ${count(verdict.more)} more orders would show a difference of this size.`;
    return `So far ${money(difference)}; it is ${range}. ${more}`;
  }
  return `It is ${range}. Over all ${count(shown)} shoppers that makes about ${money(difference * shown)}.`;
}
