import { useState } from "react";
import { discountedPrice, type OfferForm, type OfferSurface } from "#app/offers/offer";
import { LANGUAGE_NAMES, type Locale } from "#app/shops/settings";
import { formatMoney } from "#app/ui/money";
import { BlockStack, Box, Card, InlineStack, Select, Text } from "#app/ui/polaris";
import de from "../../../extensions/offers/locales/de.json";
import en from "../../../extensions/offers/locales/en.default.json";
import es from "../../../extensions/offers/locales/es.json";
import fr from "../../../extensions/offers/locales/fr.json";

/** The words of the block itself. */
const BLOCK_WORDS: Record<Locale, typeof en> = { en, de, fr, es };
const SURFACES: { label: string; value: OfferSurface }[] = [
  { label: "Thank-you page", value: "thank-you" },
  { label: "Order status page", value: "order-status" },
];
const SAMPLE_PRICE_MINOR = 2_990;

type OfferPreviewProps = {
  value: OfferForm;
  locales: Locale[];
  locale: Locale;
  onLocale: (locale: Locale) => void;
  productTitle: string | undefined;
  currency: string;
};

/** The block as shoppers see it: its own words, the draft's words and terms, a sample product and price. */
export function OfferPreview({
  value,
  locales,
  locale,
  onLocale,
  productTitle,
  currency,
}: OfferPreviewProps) {
  const [surface, setSurface] = useState<OfferSurface>("thank-you");
  const isShown = value.surfaces.includes(surface);
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Preview
        </Text>
        <InlineStack gap="300">
          <Select
            label="Place"
            options={SURFACES}
            value={surface}
            onChange={(next) => setSurface(next as OfferSurface)}
          />
          <Select
            label="Language"
            options={locales.map((one) => ({ label: LANGUAGE_NAMES[one], value: one }))}
            value={locale}
            onChange={(next) => onLocale(next as Locale)}
          />
        </InlineStack>
        {isShown ? (
          <Block value={value} locale={locale} productTitle={productTitle} currency={currency} />
        ) : (
          <Text as="p" tone="subdued">
            The offer is not shown in this place.
          </Text>
        )}
        <Text as="p" variant="bodySm" tone="subdued">
          The product and its price are an example. A shopper sees what fits their order, at the real price.
        </Text>
      </BlockStack>
    </Card>
  );
}

type BlockProps = Pick<OfferPreviewProps, "value" | "locale" | "productTitle" | "currency">;

function Block({ value, locale, productTitle, currency }: BlockProps) {
  const words = BLOCK_WORDS[locale];
  const own = value.texts[locale] ?? value.texts.en;
  const percent = Number.isFinite(value.discountPercent) ? value.discountPercent : 0;
  const price = Math.max(SAMPLE_PRICE_MINOR, value.minimumMinor || 0);
  const charged = discountedPrice(price, percent);
  const money = (minor: number) => formatMoney(minor, currency, locale);
  const percentText = new Intl.NumberFormat(locale, { style: "percent" }).format(percent / 100);
  return (
    <Box borderWidth="025" borderColor="border" borderRadius="200" padding="400">
      <div lang={locale}>
        <BlockStack gap="300">
          <Text as="h3" variant="headingMd">
            {words.heading}
          </Text>
          <InlineStack gap="300" wrap={false}>
            <Box background="bg-surface-secondary" borderRadius="200" minWidth="4rem" minHeight="4rem" />
            <BlockStack gap="100">
              {own?.headline && (
                <Text as="h4" variant="headingSm">
                  {own.headline}
                </Text>
              )}
              {own?.body && <Text as="p">{own.body}</Text>}
              <Text as="p" fontWeight="semibold">
                {productTitle ?? words.sample.title}
              </Text>
              {value.selection === "complementary" && (
                <Text as="p" tone="subdued">
                  {words.goes_with.replace("{{product}}", words.sample.goes_with)}
                </Text>
              )}
              {percent > 0 ? (
                <InlineStack gap="200">
                  <Text as="span" tone="subdued" textDecorationLine="line-through">
                    {money(price)}
                  </Text>
                  <Text as="span" fontWeight="semibold">
                    {money(charged)}
                  </Text>
                  <Text as="span" tone="success">
                    {words.price.saving.replace("{{amount}}", money(price - charged))}
                  </Text>
                </InlineStack>
              ) : (
                <Text as="p">{money(price)}</Text>
              )}
            </BlockStack>
          </InlineStack>
          <InlineStack gap="200">
            <Answer>
              {percent > 0 ? words.accept_discount.replace("{{percent}}", percentText) : words.accept}
            </Answer>
            <Answer>{words.dismiss}</Answer>
          </InlineStack>
          {percent > 0 && (
            <Text as="p" variant="bodySm" tone="subdued">
              {terms(words, locale, value.validDays)}
            </Text>
          )}
        </BlockStack>
      </div>
    </Box>
  );
}

/** Looks like the block's buttons; it is a picture, so it takes no focus. */
function Answer({ children }: { children: string }) {
  return (
    <Box borderWidth="025" borderColor="border" borderRadius="200" paddingInline="300" paddingBlock="150">
      {children}
    </Box>
  );
}

function terms(words: typeof en, locale: Locale, days: number): string {
  if (!Number.isFinite(days)) return "";
  const one = new Intl.PluralRules(locale).select(days) === "one";
  return (one ? words.terms.one : words.terms.other).replace("{{count}}", String(days));
}
