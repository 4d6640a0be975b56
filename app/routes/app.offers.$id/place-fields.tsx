import { OFFER_PLACES, type OfferSurface } from "#app/offers/offer";
import { SURFACE_WORDS } from "#app/ui/decision-words";
import { BlockStack, Card, ChoiceList, FormLayout, Link, Text, TextField } from "#app/ui/polaris";
import { section } from "#app/ui/section";
import type { OfferFieldsProps } from "./fields";

type PlaceFieldsProps = OfferFieldsProps & {
  /** Places that are switched off in the settings. */
  off: string[];
  hasCheckoutBlocks: boolean;
};

const BEFORE_PAYMENT: Partial<Record<OfferSurface, string>> = {
  cart: "Before they pay: shown beside the cart, through the Postlude block of your theme.",
  message: "Chosen when the email is written, among what fits then.",
};

/** Where the offer may be shown, and from when to when. */
export const PlaceFields = section(
  function PlaceFields({ value, problems, off, hasCheckoutBlocks, onChange }: PlaceFieldsProps) {
    const help = (surface: OfferSurface) => {
      if (off.includes(surface)) return "Switched off in the settings for everything.";
      if (surface === "checkout" && !hasCheckoutBlocks)
        return "Shopify shows blocks in the checkout on the Plus plan only. This shop is on another plan.";
      return BEFORE_PAYMENT[surface];
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
            choices={OFFER_PLACES.map((surface) => ({
              label: SURFACE_WORDS[surface]!,
              value: surface,
              helpText: help(surface),
            }))}
            selected={value.surfaces}
            onChange={(chosen) =>
              onChange({ surfaces: OFFER_PLACES.filter((surface) => chosen.includes(surface)) })
            }
            error={problems.surfaces}
          />
          <Text as="p" tone="subdued">
            How many offers a place shows at once, and how well they must fit, is set for the whole shop under{" "}
            <Link url="/app/offers/floor">Relevance floor</Link>.
          </Text>
          <FormLayout>
            <FormLayout.Group>
              <TextField
                label="First day"
                type="date"
                value={value.startsOn ?? ""}
                error={problems.startsOn}
                onChange={(day) => onChange({ startsOn: day || null })}
                autoComplete="off"
              />
              <TextField
                label="Last day"
                type="date"
                value={value.endsOn ?? ""}
                error={problems.endsOn}
                onChange={(day) => onChange({ endsOn: day || null })}
                autoComplete="off"
              />
            </FormLayout.Group>
          </FormLayout>
        </BlockStack>
      </Card>
    );
  },
  ["surfaces", "startsOn", "endsOn"],
);
