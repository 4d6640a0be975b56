import { BlockStack, Card, InlineStack, Text } from "#app/ui/polaris";

type Method = { key: string; title: string; orders: number };
type HowBuyersPaidProps = {
  orders: number;
  methods: Method[];
  countries: { code: string; orders: number; counts: number[] }[];
  learntAt: string;
  locale: string;
};

const COLOURS = ["#1f4d3d", "#a8540f", "#2b5fb3", "#8a4a8f", "#65652a", "#5c6970"];
/** More would be thin stripes; the rest is "Other". */
const MOST_SHOWN = 5;
const MOST_COUNTRIES = 6;

/** Shares of each way to pay: of all orders, and of the countries with the most. */
export function HowBuyersPaid({ orders, methods, countries, learntAt, locale }: HowBuyersPaidProps) {
  const region = new Intl.DisplayNames(locale, { type: "region" });
  const count = new Intl.NumberFormat(locale);
  const titles = [...methods.slice(0, MOST_SHOWN).map(({ title }) => title), "Other"];
  const rows = [
    { name: "All orders", orders, counts: methods.map((method) => method.orders) },
    ...countries
      .slice(0, MOST_COUNTRIES)
      .map(({ code, ...row }) => ({ name: region.of(code) ?? code, ...row })),
  ];
  const hasOther = methods.length > MOST_SHOWN;
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            How your buyers paid
          </Text>
          <Text as="p" tone="subdued">
            {`Learnt from ${count.format(orders)} orders of the last year, last looked at on ${learntAt}.`}
          </Text>
        </BlockStack>
        <InlineStack gap="400">
          {titles.slice(0, hasOther ? undefined : -1).map((title, index) => (
            <InlineStack key={title} gap="100" blockAlign="center">
              <span aria-hidden style={{ ...swatch, background: COLOURS[index] }} />
              <Text as="span">{title}</Text>
            </InlineStack>
          ))}
        </InlineStack>
        <BlockStack gap="300">
          {rows.map((row) => (
            <SharesBar key={row.name} {...row} titles={titles} locale={locale} />
          ))}
        </BlockStack>
      </BlockStack>
    </Card>
  );
}

type SharesBarProps = { name: string; orders: number; counts: number[]; titles: string[]; locale: string };

function SharesBar({ name, orders, counts, titles, locale }: SharesBarProps) {
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const shown = [
    ...counts.slice(0, MOST_SHOWN),
    counts.slice(MOST_SHOWN).reduce((sum, each) => sum + each, 0),
  ];
  const whole = Math.max(
    1,
    shown.reduce((sum, each) => sum + each, 0),
  );
  const parts = shown
    .map((orders, index) => ({
      title: titles[index] ?? "Other",
      share: orders / whole,
      colour: COLOURS[index],
    }))
    .filter(({ share }) => share > 0);
  const words = parts.map(({ title, share }) => `${title} ${percent.format(share)}`).join(", ");
  return (
    <BlockStack gap="100">
      <InlineStack align="space-between">
        <Text as="span">{name}</Text>
        <Text as="span" tone="subdued" variant="bodySm">
          {`${new Intl.NumberFormat(locale).format(orders)} orders`}
        </Text>
      </InlineStack>
      <div role="img" aria-label={`${name}: ${words}`} style={bar}>
        {parts.map(({ title, share, colour }) => (
          <div key={title} style={{ ...part, background: colour, width: `${share * 100}%` }}>
            {share >= 0.12 && percent.format(share)}
          </div>
        ))}
      </div>
    </BlockStack>
  );
}

const swatch = { width: 12, height: 12, borderRadius: 3, display: "inline-block" } as const;
const bar = {
  display: "flex",
  height: 22,
  borderRadius: 6,
  overflow: "hidden",
  background: "#ebebeb",
} as const;
const part = {
  color: "#ffffff",
  fontSize: 12,
  lineHeight: "22px",
  textAlign: "center",
  overflow: "hidden",
} as const;
