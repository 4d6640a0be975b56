import { memo, useState } from "react";
import { discountedPrice, OFFER_SURFACES, type OfferForm, type OfferSurface } from "#app/offers/offer";
import type { ProductCard } from "#app/offers/product-card.server";
import { LANGUAGE_NAMES, type Locale } from "#app/shops/settings";
import { SURFACE_WORDS } from "#app/ui/decision-words";
import { formatMoney } from "#app/ui/money";
import { BlockStack, Box, Card, InlineStack, Select, Text } from "#app/ui/polaris";
import de from "../../../extensions/offers/locales/de.json";
import en from "../../../extensions/offers/locales/en.default.json";
import es from "../../../extensions/offers/locales/es.json";
import fr from "../../../extensions/offers/locales/fr.json";

/** The words of the block itself. */
const BLOCK_WORDS: Record<Locale, typeof en> = { en, de, fr, es };
const SAMPLE_PRICE_MINOR = 2_990;
const PICTURE = { borderRadius: 8, objectFit: "cover" } as const;

type OfferPreviewProps = {
  value: OfferForm;
  locales: Locale[];
  locale: Locale;
  onLocale: (locale: Locale) => void;
  /** The chosen product; null: a sample stands for it. */
  product: ProductCard | null;
  currency: string;
};

/** The block as shoppers see it: its own words, the draft's words and terms, and the chosen product or a sample. */
export const OfferPreview = memo(function OfferPreview(props: OfferPreviewProps) {
  const { value, locales, locale, onLocale, product, currency } = props;
  const [surface, setSurface] = useState<OfferSurface>(value.surfaces[0] ?? "thank-you");
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
            options={OFFER_SURFACES.map((one) => ({ label: SURFACE_WORDS[one]!, value: one }))}
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
          <Block value={value} surface={surface} locale={locale} product={product} currency={currency} />
        ) : (
          <Text as="p" tone="subdued">
            The offer is not shown in this place.
          </Text>
        )}
        <Text as="p" variant="bodySm" tone="subdued">
          {product
            ? "With the product's usual price of today."
            : "The product and its price are an example. A shopper sees what fits their order, at the real price."}
        </Text>
      </BlockStack>
    </Card>
  );
});

type BlockProps = Pick<OfferPreviewProps, "value" | "locale" | "product" | "currency"> & {
  surface: OfferSurface;
};

function Block({ value, surface, locale, product, currency }: BlockProps) {
  const words = BLOCK_WORDS[locale];
  const own = value.texts[locale] ?? value.texts.en;
  const inCart = surface === "cart" || surface === "checkout";
  const percent = Number.isFinite(value.discountPercent) ? value.discountPercent : 0;
  const price = product?.priceMinor ?? Math.max(SAMPLE_PRICE_MINOR, value.minimumMinor || 0);
  const charged = discountedPrice(price, percent);
  const money = (minor: number) => formatMoney(minor, currency, locale);
  const goesWith = inCart ? words.goes_with_cart : words.goes_with;
  return (
    <Box borderWidth="025" borderColor="border" borderRadius="200" padding="400">
      <div lang={locale}>
        <BlockStack gap="300">
          <Text as="h3" variant="headingMd">
            {headingOf(words, surface)}
          </Text>
          <InlineStack gap="300" wrap={false}>
            {product?.imageUrl ? (
              <img src={product.imageUrl} alt="" width={64} height={64} style={PICTURE} />
            ) : (
              <Box background="bg-surface-secondary" borderRadius="200" minWidth="4rem" minHeight="4rem" />
            )}
            <BlockStack gap="100">
              {own?.headline && (
                <Text as="h4" variant="headingSm" breakWord>
                  {own.headline}
                </Text>
              )}
              {own?.body && (
                <Text as="p" breakWord>
                  {own.body}
                </Text>
              )}
              <Text as="p" fontWeight="semibold">
                {product?.title ?? words.sample.title}
              </Text>
              {value.selection === "complementary" && (
                <Text as="p" tone="subdued">
                  {goesWith.replace("{{product}}", words.sample.goes_with)}
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
            <Answer>{acceptLabel(words, value, { inCart, percent, charged: money(charged), locale })}</Answer>
            <Answer>{words.dismiss}</Answer>
          </InlineStack>
          {!inCart && (
            <Text as="p" variant="bodySm" tone="subdued">
              {termsOf(words, locale, value, percent)}
            </Text>
          )}
        </BlockStack>
      </div>
    </Box>
  );
}

function headingOf(words: typeof en, surface: OfferSurface): string {
  if (surface === "cart" || surface === "checkout") return words.heading_cart;
  return surface === "account" ? words.heading_account : words.heading;
}

type Priced = { inCart: boolean; percent: number; charged: string; locale: Locale };

function acceptLabel(
  words: typeof en,
  { acceptBy }: OfferForm,
  { inCart, percent, charged, locale }: Priced,
) {
  if (inCart) return words.accept_cart.replace("{{price}}", charged);
  if (acceptBy === "order-edit") return words.accept_order.replace("{{price}}", charged);
  if (percent === 0) return words.accept;
  const share = new Intl.NumberFormat(locale, { style: "percent" }).format(percent / 100);
  return words.accept_discount.replace("{{percent}}", share);
}

/** Looks like the block's buttons; it is a picture, so it takes no focus. */
function Answer({ children }: { children: string }) {
  return (
    <Box borderWidth="025" borderColor="border" borderRadius="200" paddingInline="300" paddingBlock="150">
      {children}
    </Box>
  );
}

function termsOf(words: typeof en, locale: Locale, value: OfferForm, percent: number): string {
  if (value.acceptBy === "order-edit") return words.terms_order;
  if (percent === 0 || !Number.isFinite(value.validDays)) return "";
  const one = new Intl.PluralRules(locale).select(value.validDays) === "one";
  return (one ? words.terms.one : words.terms.other).replace("{{count}}", String(value.validDays));
}
