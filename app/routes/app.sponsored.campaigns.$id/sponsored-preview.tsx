import { useState } from "react";
import { textFor, type CampaignForm } from "#app/sponsored/campaign";
import { disclosureLabel, usualAction } from "#app/sponsored/disclosure";
import { LANGUAGE_NAMES, LOCALES, type Locale } from "#app/shops/settings";
import { BlockStack, Box, Card, InlineStack, Select, Text } from "#app/ui/polaris";
import de from "../../../extensions/offers/locales/de.json";
import en from "../../../extensions/offers/locales/en.default.json";
import es from "../../../extensions/offers/locales/es.json";
import fr from "../../../extensions/offers/locales/fr.json";

/** The words of the block itself. */
const BLOCK_WORDS: Record<Locale, Pick<typeof en, "heading" | "dismiss">> = { en, de, fr, es };
/** A desktop's block is wider than the column that it is shown in: it is drawn smaller. */
const SCREENS = {
  phone: { width: "100%", maxWidth: "20rem" },
  desktop: { width: "34rem", zoom: 0.5 },
} as const;
type Screen = keyof typeof SCREENS;

type SponsoredPreviewProps = {
  value: CampaignForm;
  advertiser: string;
  locale: Locale;
  onLocale: (locale: Locale) => void;
};

/** The offer as shoppers see it, with its label, per language and width. */
export function SponsoredPreview({ value, advertiser, locale, onLocale }: SponsoredPreviewProps) {
  const [screen, setScreen] = useState<Screen>("phone");
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Preview
        </Text>
        <InlineStack gap="300">
          <Select
            label="Screen"
            options={[
              { value: "phone", label: "Phone" },
              { value: "desktop", label: "Desktop" },
            ]}
            value={screen}
            onChange={(next) => setScreen(next as Screen)}
          />
          <Select
            label="Language"
            options={LOCALES.map((one) => ({ label: LANGUAGE_NAMES[one], value: one }))}
            value={locale}
            onChange={(next) => onLocale(next as Locale)}
          />
        </InlineStack>
        <div style={SCREENS[screen]}>
          <Block value={value} advertiser={advertiser} locale={locale} />
        </div>
        <Text as="p" variant="bodySm" tone="subdued">
          It is shown where your own offers are, and only where it brings you more than they would.
        </Text>
      </BlockStack>
    </Card>
  );
}

function Block({ value, advertiser, locale }: Omit<SponsoredPreviewProps, "onLocale">) {
  const words = BLOCK_WORDS[locale];
  const { title, body, action } = textFor(value.texts, locale);
  return (
    <Box borderWidth="025" borderColor="border" borderRadius="200" padding="400">
      <div lang={locale}>
        <BlockStack gap="300">
          <Text as="h3" variant="headingMd">
            {words.heading}
          </Text>
          <Text as="p" tone="subdued">
            {disclosureLabel(value.disclosure, locale)} · {advertiser}
          </Text>
          <InlineStack gap="300" wrap={false}>
            <Picture address={value.imageUrl} />
            <BlockStack gap="100">
              <Text as="p" fontWeight="semibold" breakWord>
                {title || "…"}
              </Text>
              {body && (
                <Text as="p" breakWord>
                  {body}
                </Text>
              )}
            </BlockStack>
          </InlineStack>
          <InlineStack gap="200">
            <Answer>{action || usualAction(locale)}</Answer>
            <Answer>{words.dismiss}</Answer>
          </InlineStack>
        </BlockStack>
      </div>
    </Box>
  );
}

function Picture({ address }: { address: string }) {
  const size = { width: "4rem", height: "4rem", objectFit: "cover", borderRadius: "0.5rem" } as const;
  return address.startsWith("http") ? (
    <img src={address} alt="" style={size} />
  ) : (
    <Box background="bg-surface-secondary" borderRadius="200" minWidth="4rem" minHeight="4rem" />
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
