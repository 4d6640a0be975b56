import { CATEGORIES, DISCLOSURES, type Category, type DisclosureLabel } from "#app/sponsored/campaign";
import { disclosureLabel } from "#app/sponsored/disclosure";
import { BlockStack, Card, FormLayout, Select, Text, TextField } from "#app/ui/polaris";
import type { CampaignFieldsProps } from "./form";

type BasicsFieldsProps = CampaignFieldsProps & {
  /** Advertisers to choose from; null where it is settled. */
  advertisers: { id: string; name: string }[] | null;
  advertiserId: string;
  onAdvertiser: (id: string) => void;
  /** Where the campaign may lead. */
  domain: string;
  /** A partner shows it: then the label is always "Partner offer". */
  isShared: boolean;
};

/** Who, what and where it leads. */
export function BasicsFields({
  value,
  problems,
  onChange,
  advertisers,
  advertiserId,
  onAdvertiser,
  domain,
  isShared,
}: BasicsFieldsProps) {
  return (
    <Card>
      <FormLayout>
        {advertisers && (
          <Select
            label="Advertiser"
            options={advertisers.map(({ id, name }) => ({ value: id, label: name }))}
            value={advertiserId}
            onChange={onAdvertiser}
            error={problems.advertiserId}
          />
        )}
        <TextField
          label="Name"
          value={value.name}
          onChange={(name) => onChange({ name })}
          error={problems.name}
          helpText="Shoppers do not see it; it stands on statements."
          maxLength={80}
          autoComplete="off"
        />
        <TextField
          label="Leads to"
          type="url"
          value={value.targetUrl}
          onChange={(targetUrl) => onChange({ targetUrl: targetUrl.trim() })}
          error={problems.targetUrl}
          helpText={`A page of ${domain}. The click's number is added as pl_click.`}
          autoComplete="off"
        />
        <TextField
          label="Picture (optional)"
          type="url"
          value={value.imageUrl}
          onChange={(imageUrl) => onChange({ imageUrl: imageUrl.trim() })}
          error={problems.imageUrl}
          helpText="The address of a square picture."
          autoComplete="off"
        />
        <FormLayout.Group>
          <Select
            label="Category"
            options={Object.entries(CATEGORIES).map(([key, label]) => ({ value: key, label }))}
            value={value.category}
            onChange={(category) => onChange({ category: category as Category })}
            error={problems.category}
          />
          {!isShared && (
            <Select
              label="Label"
              options={DISCLOSURES.map((label) => ({ value: label, label: disclosureLabel(label, "en") }))}
              value={value.disclosure}
              onChange={(disclosure) => onChange({ disclosure: disclosure as DisclosureLabel })}
              helpText="Shown above the offer, in the shopper's language."
            />
          )}
        </FormLayout.Group>
        {problems.currency && (
          <BlockStack>
            <Text as="p" tone="critical">
              {problems.currency}
            </Text>
          </BlockStack>
        )}
      </FormLayout>
    </Card>
  );
}
