import { memo, useState } from "react";
import { discountedPrice, OFFER_SURFACES, type OfferForm, type OfferSurface } from "#app/offers/offer";
import type { ProductCard } from "#app/offers/product-card.server";
import { LANGUAGE_NAMES, type Locale } from "#app/shops/settings";
import { SURFACE_WORDS } from "#app/ui/decision-words";
import { formatMoney } from "#app/ui/money";
import { BlockStack, Box, Card, InlineStack, Select, Text } from "#app/ui/polaris";
import { previewWords, sampleTitle, savingWords } from "./preview-words";

const SAMPLE_PRICE_MINOR = 2_990;
/** Pages of our own and mails show the two prices only. */
const SAYS_SAVING: ReadonlySet<OfferSurface> = new Set(["checkout", "thank-you", "order-status", "account"]);
const PICTURE = { borderRadius: 8, objectFit: "cover" } as const;

type OfferPreviewProps = {
  value: OfferForm;
  locales: Locale[];
  locale: Locale;
  onLocale: (locale: Locale) => void;
  /** The chosen product; null: a sample stands for it. */
  product: ProductCard | null;
  currency: string;
  mayEditOrders: boolean;
};

/** The block as shoppers see it: its own words, the draft's words and terms, and the chosen product or a sample. */
export const OfferPreview = memo(function OfferPreview(props: OfferPreviewProps) {
  const { value, locales, locale, onLocale, product, currency, mayEditOrders } = props;
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
          <Block {...{ value, surface, locale, product, currency, mayEditOrders }} />
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

type BlockProps = Pick<OfferPreviewProps, "value" | "locale" | "product" | "currency" | "mayEditOrders"> & {
  surface: OfferSurface;
};

function Block({ value, surface, locale, product, currency, mayEditOrders }: BlockProps) {
  const percent = Number.isFinite(value.discountPercent) ? value.discountPercent : 0;
  const price = product?.priceMinor ?? Math.max(SAMPLE_PRICE_MINOR, value.minimumMinor || 0);
  const charged = discountedPrice(price, percent);
  const money = (minor: number) => formatMoney(minor, currency, locale);
  const words = previewWords({ surface, locale, value, percent, charged: money(charged), mayEditOrders });
  return (
    <Box borderWidth="025" borderColor="border" borderRadius="200" padding="400">
      <div lang={locale}>
        <BlockStack gap="300">
          <Text as="h3" variant="headingMd" breakWord>
            {words.heading}
          </Text>
          <InlineStack gap="300" wrap={false}>
            {product?.imageUrl ? (
              <img src={product.imageUrl} alt="" width={64} height={64} style={PICTURE} />
            ) : (
              <Box background="bg-surface-secondary" borderRadius="200" minWidth="4rem" minHeight="4rem" />
            )}
            <BlockStack gap="100">
              {words.headline && (
                <Text as="h4" variant="headingSm" breakWord>
                  {words.headline}
                </Text>
              )}
              {words.body && (
                <Text as="p" breakWord>
                  {words.body}
                </Text>
              )}
              <Text as="p" fontWeight="semibold">
                {product?.title ?? sampleTitle(locale)}
              </Text>
              {words.reason && (
                <Text as="p" tone="subdued" breakWord>
                  {words.reason}
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
                  {SAYS_SAVING.has(surface) && (
                    <Text as="span" tone="success">
                      {savingWords(locale, money(price - charged))}
                    </Text>
                  )}
                </InlineStack>
              ) : (
                <Text as="p">{money(price)}</Text>
              )}
            </BlockStack>
          </InlineStack>
          <InlineStack gap="200">
            <Answer>{words.accept}</Answer>
            <Answer>{words.decline}</Answer>
          </InlineStack>
          {words.terms && (
            <Text as="p" variant="bodySm" tone="subdued">
              {words.terms}
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
