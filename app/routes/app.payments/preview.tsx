import { useState } from "react";
import type { PaymentConfig } from "../../../extensions/payment-ranking/src/config";
import { planOrder, scoresFor } from "../../../extensions/payment-ranking/src/rank";
import { softmax } from "#app/payments/fit-weights";
import { currencyDigits } from "#app/ui/money";
import { Badge, BlockStack, Card, InlineGrid, InlineStack, Select, Text } from "#app/ui/polaris";
import { OrderValue } from "./order-value";

type PreviewProps = {
  config: PaymentConfig;
  methods: { key: string; title: string }[];
  countries: { code: string; counts: number[] }[];
  homeCountry: string;
  currency: string;
  locale: string;
};

const ELSEWHERE = "";
const HISTORY = [
  { value: "new", label: "New buyer" },
  { value: "returning", label: "Returning buyer" },
];
const DEVICES = [
  { value: "", label: "Not known" },
  { value: "phone", label: "Phone" },
  { value: "desktop", label: "Computer" },
];

/** What a buyer would see, worked out by the code that runs in the checkout; follows every change at once. */
export function Preview({ config, methods, countries, homeCountry, currency, locale }: PreviewProps) {
  const codes = countries.map(({ code }) => code);
  const [country, setCountry] = useState(codes.includes(homeCountry) ? homeCountry : (codes[0] ?? ELSEWHERE));
  const [minor, setMinor] = useState(80 * 10 ** currencyDigits(currency));
  const [history, setHistory] = useState("new");
  const [device, setDevice] = useState("");
  const countryName = new Intl.DisplayNames(locale, { type: "region" });
  // What is no order value counts as none, until it is corrected.
  const total = minor >= 0 ? minor / 10 ** currencyDigits(currency) : 0;
  const buyer = { country, total, returning: history === "returning", device };
  const { visible } = planOrder(
    config,
    methods.map(({ title }) => title),
    buyer,
    true,
  );
  const shares = config.weights ? sharesOf(visible, scoresFor(config.weights, buyer)) : [];
  const isRuled = (key: string) => config.rules.some((rule) => rule.key === key);
  const counts = countries.find(({ code }) => code === country)?.counts;
  const isUsed = (method: number) => !counts || counts[method]! > 0 || isRuled(methods[method]!.key);
  const unused = visible.filter((method) => !isUsed(method)).map((method) => methods[method]!.title);
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });

  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          What would a buyer see?
        </Text>
        <InlineGrid columns={{ xs: 1, sm: 2, md: 4 }} gap="400">
          <Select
            label="Ships to"
            value={country}
            onChange={setCountry}
            options={[
              ...codes.map((code) => ({ value: code, label: countryName.of(code) ?? code })),
              { value: ELSEWHERE, label: "Another country" },
            ]}
          />
          <OrderValue minor={minor} currency={currency} onChange={setMinor} />
          <Select label="History" value={history} onChange={setHistory} options={HISTORY} />
          <Select label="Device" value={device} onChange={setDevice} options={DEVICES} />
        </InlineGrid>
        <div aria-live="polite">
          <ol style={{ margin: 0, paddingInlineStart: "1.5rem" }}>
            {visible.map((method, place) =>
              isUsed(method) ? (
                <li key={methods[method]!.key}>
                  <InlineStack gap="200" blockAlign="center">
                    <Text as="span" fontWeight={place === 0 ? "semibold" : "regular"}>
                      {methods[method]!.title}
                    </Text>
                    {shares[place] !== undefined && (
                      <Text as="span" tone="subdued">{`about ${percent.format(shares[place])}`}</Text>
                    )}
                    {isRuled(methods[method]!.key) && <Badge>Your rule</Badge>}
                  </InlineStack>
                </li>
              ) : null,
            )}
          </ol>
          {unused.length > 0 && (
            <Text as="p" tone="subdued">{`No order from there yet: ${unused.join(", ")}`}</Text>
          )}
        </div>
        <Text as="p" tone="subdued" variant="bodySm">
          The share is how often such buyers are expected to pay that way. Methods that are not offered to a
          buyer fall out of the list; a method nobody has used yet keeps its place. Before an email address or
          phone number is typed, Shopify&apos;s own order stands.
        </Text>
      </BlockStack>
    </Card>
  );
}

/** Of the shown methods, in their order. */
function sharesOf(visible: number[], scores: number[]): (number | undefined)[] {
  const shown = visible.filter((method) => scores[method] !== undefined);
  const shares = softmax(shown.map((method) => scores[method]!));
  return visible.map((method) => shares[shown.indexOf(method)]);
}
