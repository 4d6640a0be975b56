import { OFFER_SURFACES, SHOWS_ONE, type OfferSurface } from "#app/offers/offer";
import { ruleOf, type SurfaceRules, type Surfaces } from "#app/shops/settings";
import { SURFACE_WORDS } from "#app/ui/decision-words";
import { Banner, BlockStack, Card, Checkbox, Divider, InlineGrid, Select, Text } from "#app/ui/polaris";

type Places = { surfaces: Surfaces; surfaceRules: SurfaceRules };
type Props = {
  value: Places;
  set: (change: Partial<Places>) => void;
  offerFloor: number;
  hasCheckoutBlocks: boolean;
  planName: string;
};

const HELP: Record<OfferSurface, string> = {
  cart: "Below the lines of the cart, one offer at a time. Add the block “Cart offer” to the cart page in your theme's editor.",
  checkout: "Before the payment. The product is added to the cart at hand.",
  "thank-you": "Right after the purchase.",
  "order-status": "Whenever shoppers look where their parcel is.",
  account: "The profile page and the list of orders, for signed-in customers.",
  tracking: "The page where shoppers follow their parcel.",
  message: "In emails that hold an offer block.",
};

/** Own floors that can be chosen; finer steps would promise a precision that nobody has. */
const FLOORS = [0, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2];
const AT_ONCE = [1, 2, 3].map((count) => ({ value: String(count), label: String(count) }));

/** One row per place. A place that the shop's plan does not have says so, and keeps its settings. */
export function PlaceFields({ value, set, offerFloor, hasCheckoutBlocks, planName }: Props) {
  return (
    <Card>
      <BlockStack gap="400">
        {OFFER_SURFACES.map((surface, index) => (
          <BlockStack gap="300" key={surface}>
            {index > 0 && <Divider />}
            <PlaceRow surface={surface} value={value} set={set} offerFloor={offerFloor} />
            {surface === "checkout" && !hasCheckoutBlocks && (
              <Banner tone="info">
                {`Shopify shows blocks in the checkout for shops on Shopify Plus only. Your plan is ${planName || "not known yet"}, so shoppers don't see this one. The thank-you page works on your plan.`}
              </Banner>
            )}
          </BlockStack>
        ))}
      </BlockStack>
    </Card>
  );
}

function PlaceRow({
  surface,
  value,
  set,
  offerFloor,
}: Pick<Props, "value" | "set" | "offerFloor"> & { surface: OfferSurface }) {
  const { surfaces, surfaceRules } = value;
  const { offersAtOnce } = ruleOf({ surfaceRules, offerFloor }, surface);
  const floor = surfaceRules[surface]?.floor ?? null;
  const change = (rule: Partial<NonNullable<SurfaceRules[OfferSurface]>>) =>
    set({ surfaceRules: { ...surfaceRules, [surface]: { floor, offersAtOnce, ...rule } } });
  const name = SURFACE_WORDS[surface]!;
  return (
    <BlockStack gap="200">
      <Checkbox
        label={name}
        helpText={HELP[surface]}
        checked={surfaces[surface]}
        onChange={(checked) => set({ surfaces: { ...surfaces, [surface]: checked } })}
      />
      {surfaces[surface] && (
        <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
          {!SHOWS_ONE.has(surface) && (
            <Select
              label={<Labelled place={name} text="Offers at once" />}
              options={AT_ONCE}
              value={String(offersAtOnce)}
              onChange={(count) => change({ offersAtOnce: Number(count) })}
            />
          )}
          <Select
            label={<Labelled place={name} text="Relevance floor" />}
            options={floorOptions(offerFloor, floor)}
            value={floor === null ? "shop" : String(floor)}
            onChange={(chosen) => change({ floor: chosen === "shop" ? null : Number(chosen) })}
          />
        </InlineGrid>
      )}
    </BlockStack>
  );
}

/** The place is seen from where the field stands; who only hears the field needs it said. */
function Labelled({ place, text }: { place: string; text: string }) {
  return (
    <>
      {text}
      <Text as="span" visuallyHidden>
        {`: ${place}`}
      </Text>
    </>
  );
}

function floorOptions(offerFloor: number, chosen: number | null) {
  const all = chosen === null || FLOORS.includes(chosen) ? FLOORS : [...FLOORS, chosen].sort((a, b) => a - b);
  const percent = (share: number) => `${Number((share * 100).toFixed(2))}%`;
  return [
    { value: "shop", label: `As in the settings (${percent(offerFloor)})` },
    ...all.map((share) => ({ value: String(share), label: `${percent(share)} of the order` })),
  ];
}
