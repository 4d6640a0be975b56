import type { Surfaces } from "#app/shops/settings";
import { BlockStack, Checkbox } from "./polaris";

/** Places where something stands today; the cart and the tracking page wait for their blocks. */
const SURFACE_TEXTS: { name: keyof Surfaces; label: string; help: string }[] = [
  {
    name: "checkout",
    label: "Checkout",
    help: "Before the payment. Shopify shows blocks in the checkout of shops on the Plus plan only.",
  },
  { name: "payment", label: "Payment step", help: "Which payment method stands first." },
  {
    name: "thank-you",
    label: "Thank-you page",
    help: "Right after the purchase. Add the Postlude blocks in the checkout editor, then they show what you publish.",
  },
  {
    name: "order-status",
    label: "Order status page",
    help: "Whenever shoppers look where their parcel is, also days later.",
  },
  { name: "account", label: "Customer account", help: "The profile page and the list of orders." },
  { name: "message", label: "Emails", help: "Thank you, shipped and delivered." },
];

/** Where Postlude may show something. Switching one off stops it at once, everywhere on that surface. */
export function SurfaceFields({ value, onChange }: { value: Surfaces; onChange: (value: Surfaces) => void }) {
  return (
    <BlockStack gap="200">
      {SURFACE_TEXTS.map(({ name, label, help }) => (
        <Checkbox
          key={name}
          label={label}
          helpText={help}
          checked={value[name]}
          onChange={(checked) => onChange({ ...value, [name]: checked })}
        />
      ))}
    </BlockStack>
  );
}
