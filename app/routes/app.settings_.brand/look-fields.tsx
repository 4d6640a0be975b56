import type { Brand } from "#app/shops/settings";
import { ColourField } from "#app/ui/colour-field";
import { BlockStack, FormLayout, Select, Text, TextField } from "#app/ui/polaris";

const FONTS: Record<Brand["font"], string> = {
  modern: "Modern (the reader's own)",
  classic: "Classic (Georgia)",
  friendly: "Friendly (Verdana)",
  plain: "Plain (Arial)",
  typewriter: "Typewriter (Courier)",
};

const CORNERS: Record<Brand["corners"], string> = { soft: "Soft", round: "Round", square: "Square" };

const NETWORKS: Record<keyof Brand["social"], string> = {
  instagram: "Instagram",
  facebook: "Facebook",
  tiktok: "TikTok",
  youtube: "YouTube",
  pinterest: "Pinterest",
};

export type BrandPartProps = {
  value: Brand;
  problems: Record<string, string>;
  onChange: (change: Partial<Brand>) => void;
};

/** Colours, font and corners: what every mail program shows. */
export function LookFields({ value, problems, onChange }: BrandPartProps) {
  return (
    <BlockStack gap="400">
      <FormLayout>
        <FormLayout.Group>
          <ColourField
            label="Buttons"
            value={value.primaryColor}
            error={problems.primaryColor}
            onChange={(primaryColor) => onChange({ primaryColor })}
          />
          <ColourField
            label="Headings"
            value={value.headingColor}
            error={problems.headingColor}
            onChange={(headingColor) => onChange({ headingColor })}
          />
          <ColourField
            label="Behind the email"
            value={value.pageColor}
            error={problems.pageColor}
            onChange={(pageColor) => onChange({ pageColor })}
          />
        </FormLayout.Group>
        <FormLayout.Group>
          <Select
            label="Font"
            options={optionsOf(FONTS)}
            value={value.font}
            onChange={(font) => onChange({ font: font as Brand["font"] })}
          />
          <Select
            label="Corners"
            options={optionsOf(CORNERS)}
            value={value.corners}
            onChange={(corners) => onChange({ corners: corners as Brand["corners"] })}
          />
        </FormLayout.Group>
        <TextField
          label="Logo address"
          type="url"
          value={value.logoUrl}
          onChange={(logoUrl) => onChange({ logoUrl })}
          error={problems.logoUrl}
          helpText="A picture on the web, best 400 pixels wide. Without one, your name stands there."
          autoComplete="off"
        />
      </FormLayout>
    </BlockStack>
  );
}

/** What stands at the foot, where else the shop is, and how it speaks. */
export function VoiceFields({ value, problems, onChange }: BrandPartProps) {
  const networks = Object.keys(NETWORKS) as (keyof Brand["social"])[];
  return (
    <FormLayout>
      <TextField
        label="Footer text"
        value={value.footerText}
        onChange={(footerText) => onChange({ footerText })}
        error={problems.footerText}
        helpText="Stands above the links of every email."
        multiline={2}
        maxLength={300}
        autoComplete="off"
      />
      <TextField
        label="Review address"
        type="url"
        value={value.reviewUrl}
        onChange={(reviewUrl) => onChange({ reviewUrl })}
        error={problems.reviewUrl}
        helpText="Where shoppers rate your shop. Write {stars} where the number of stars belongs, if the page takes one."
        autoComplete="off"
      />
      <TextField
        label="How you speak"
        value={value.tone}
        onChange={(tone) => onChange({ tone })}
        error={problems.tone}
        helpText="A note for whoever writes your emails. It stands beside the editor; shoppers never see it."
        multiline={3}
        maxLength={500}
        autoComplete="off"
      />
      <Text as="h3" variant="headingSm">
        Social links
      </Text>
      {networks.map((name) => (
        <TextField
          key={name}
          label={NETWORKS[name]}
          type="url"
          value={value.social[name]}
          onChange={(url) => onChange({ social: { ...value.social, [name]: url } })}
          error={problems[`social.${name}`]}
          placeholder="https://"
          autoComplete="off"
        />
      ))}
    </FormLayout>
  );
}

function optionsOf(names: Record<string, string>): { value: string; label: string }[] {
  return Object.entries(names).map(([value, label]) => ({ value, label }));
}
