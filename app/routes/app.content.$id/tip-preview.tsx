import { tipIn, type TipForm } from "#app/content/tip";
import type { Locale } from "#app/shops/settings";
import { BlockStack, Box, Card, Text } from "#app/ui/polaris";

type TipPreviewProps = { tip: TipForm; locale: Locale; colour: string };

const WATCH: Record<Locale, string> = {
  en: "Watch the video",
  de: "Video ansehen",
  fr: "Voir la vidéo",
  es: "Ver el vídeo",
};

/** The tip about as a shopper sees it on the tracking page. */
export function TipPreview({ tip, locale, colour }: TipPreviewProps) {
  const told = tipIn({ ...tip, id: "preview" }, locale);
  return (
    <div style={{ position: "sticky", top: 16 }}>
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            Preview
          </Text>
          <Box borderWidth="025" borderColor="border" borderRadius="200" padding="400">
            {told ? (
              <div lang={locale} style={{ overflowWrap: "anywhere" }}>
                <BlockStack gap="200">
                  {/^https:\/\//.test(told.imageUrl ?? "") && (
                    <img
                      src={told.imageUrl!}
                      alt=""
                      style={{ width: "100%", maxHeight: 180, objectFit: "cover", borderRadius: 6 }}
                    />
                  )}
                  <Text as="h3" variant="headingSm">
                    {told.title}
                  </Text>
                  {told.paragraphs.map((paragraph, index) => (
                    <p key={index} style={{ whiteSpace: "pre-line" }}>
                      {paragraph}
                    </p>
                  ))}
                  {told.videoUrl && (
                    <span style={{ color: colour, textDecoration: "underline", fontWeight: 600 }}>
                      {WATCH[locale]}
                    </span>
                  )}
                </BlockStack>
              </div>
            ) : (
              <Text as="p" tone="subdued">
                Give it a title, then you see here what shoppers see.
              </Text>
            )}
          </Box>
          <Text as="p" variant="bodySm" tone="subdued">
            Shoppers who read another language see their own, else English, else what there is.
          </Text>
        </BlockStack>
      </Card>
    </div>
  );
}
