import { OFFER_SURFACES, type OfferSurface } from "#app/offers/offer";
import { DayFields } from "#app/ui/day-fields";
import { SURFACE_WORDS } from "#app/ui/decision-words";
import { BlockStack, Card, ChoiceList, FormLayout, Link, Text } from "#app/ui/polaris";
import { section } from "#app/ui/section";
import type { OfferFieldsProps } from "./fields";

type PlaceFieldsProps = OfferFieldsProps & {
  /** Places that are switched off in the settings. */
  off: string[];
  hasCheckoutBlocks: boolean;
};

const HELP: Partial<Record<OfferSurface, string>> = {
  message: "Chosen when the email is written, among what fits then.",
};

/** Where the offer may be shown, and from when to when. */
export const PlaceFields = section(
  function PlaceFields({ value, problems, off, hasCheckoutBlocks, onChange }: PlaceFieldsProps) {
    const help = (surface: OfferSurface) => {
      if (off.includes(surface)) return "Switched off in the settings for everything.";
      if (surface === "checkout" && !hasCheckoutBlocks)
        return "Shopify shows blocks in the checkout on the Plus plan only. This shop is on another plan.";
      return HELP[surface];
    };
    return (
      <Card>
        <BlockStack gap="400">
          <Text as="h2" variant="headingMd">
            Where and when
          </Text>
          <ChoiceList
            title="Places"
            allowMultiple
            choices={OFFER_SURFACES.map((surface) => ({
              label: SURFACE_WORDS[surface]!,
              value: surface,
              helpText: help(surface),
            }))}
            selected={value.surfaces}
            onChange={(chosen) =>
              onChange({ surfaces: OFFER_SURFACES.filter((surface) => chosen.includes(surface)) })
            }
            error={problems.surfaces}
          />
          <Text as="p" tone="subdued">
            How many offers a place shows at once, and how well they must fit, is set for the whole shop under{" "}
            <Link url="/app/offers/floor">Relevance floor</Link>.
          </Text>
          <FormLayout>
            <DayFields value={value} problems={problems} onChange={onChange} />
          </FormLayout>
        </BlockStack>
      </Card>
    );
  },
  ["surfaces", "startsOn", "endsOn"],
);
