import { BlockStack, Box, FormLayout, Text, TextField } from "./polaris";

export type BrandValue = {
  logoUrl: string;
  primaryColor: string;
  senderName: string;
  replyTo: string;
  postalAddress: string;
};

type BrandFieldsProps = {
  value: BrandValue;
  problems: Record<string, string>;
  shopName: string;
  onChange: (change: Partial<BrandValue>) => void;
};

/** How the shop looks and signs in mails and on shoppers' pages, with a preview. */
export function BrandFields({ value, problems, shopName, onChange }: BrandFieldsProps) {
  return (
    <BlockStack gap="400">
      <FormLayout>
        <TextField
          label="Sender name"
          value={value.senderName}
          onChange={(senderName) => onChange({ senderName })}
          error={problems["brand.senderName"]}
          placeholder={shopName}
          helpText="Shoppers see it as the sender of your emails."
          autoComplete="organization"
        />
        <TextField
          label="Reply-to address"
          type="email"
          value={value.replyTo}
          onChange={(replyTo) => onChange({ replyTo })}
          error={problems["brand.replyTo"]}
          helpText="Answers to your emails arrive here."
          autoComplete="email"
        />
        <TextField
          label="Postal address"
          value={value.postalAddress}
          onChange={(postalAddress) => onChange({ postalAddress })}
          error={problems["brand.postalAddress"]}
          helpText="Stands at the foot of each email. Several countries require it in marketing emails."
          multiline={2}
          autoComplete="street-address"
        />
        <FormLayout.Group>
          <TextField
            label="Main colour"
            value={value.primaryColor}
            onChange={(primaryColor) => onChange({ primaryColor })}
            error={problems["brand.primaryColor"]}
            helpText="For buttons and headings."
            prefix={
              <Swatch colour={value.primaryColor} onChange={(primaryColor) => onChange({ primaryColor })} />
            }
            autoComplete="off"
          />
          <TextField
            label="Logo address"
            type="url"
            value={value.logoUrl}
            onChange={(logoUrl) => onChange({ logoUrl })}
            error={problems["brand.logoUrl"]}
            helpText="A picture on the web, best 400 pixels wide."
            autoComplete="off"
          />
        </FormLayout.Group>
      </FormLayout>
      <BrandPreview value={value} shopName={shopName} />
    </BlockStack>
  );
}

function Swatch({ colour, onChange }: { colour: string; onChange: (colour: string) => void }) {
  return (
    <input
      type="color"
      aria-label="Pick the main colour"
      value={isColour(colour) ? colour : "#000000"}
      onChange={(event) => onChange(event.currentTarget.value)}
      style={{ width: 24, height: 24, padding: 0, border: "none", background: "none" }}
    />
  );
}

function BrandPreview({ value, shopName }: { value: BrandValue; shopName: string }) {
  const colour = isColour(value.primaryColor) ? value.primaryColor : "#1f4d3d";
  return (
    <Box borderWidth="025" borderColor="border" borderRadius="200" padding="400">
      <BlockStack gap="200">
        <Text as="p" variant="bodySm" tone="subdued">
          Preview
        </Text>
        <div>
          {/^https?:\/\//.test(value.logoUrl) ? (
            <img src={value.logoUrl} alt="" style={{ maxHeight: 40, maxWidth: 160 }} />
          ) : (
            <span style={{ color: colour, fontWeight: 700, fontSize: 20, overflowWrap: "anywhere" }}>
              {value.senderName || shopName}
            </span>
          )}
        </div>
        <Text as="p">Thank you for your order. Here is what happens next.</Text>
        <span
          style={{
            alignSelf: "start",
            background: colour,
            color: readableOn(colour),
            padding: "8px 16px",
            borderRadius: 6,
            fontWeight: 600,
          }}
        >
          See your order
        </span>
        <Text as="p" variant="bodySm" tone="subdued">
          {value.postalAddress || "Your postal address"}
        </Text>
      </BlockStack>
    </Box>
  );
}

function isColour(text: string): boolean {
  return /^#[0-9a-fA-F]{6}$/.test(text);
}

/** Black or white, whichever contrasts more with the background (WCAG 2 relative luminance). */
function readableOn(colour: string): string {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000000" : "#ffffff";
}
