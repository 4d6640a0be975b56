import { BlockStack, Checkbox } from "./polaris";

type SurfacesValue = { "thank-you": boolean; "order-status": boolean; message: boolean };

const SURFACE_TEXTS: { name: keyof SurfacesValue; label: string; help: string }[] = [
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
  { name: "message", label: "Emails", help: "Thank you, shipped and delivered." },
];

/** Where Postlude may show something. Switching one off stops it at once, everywhere on that surface. */
export function SurfaceFields({
  value,
  onChange,
}: {
  value: SurfacesValue;
  onChange: (value: SurfacesValue) => void;
}) {
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
