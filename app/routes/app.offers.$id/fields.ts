import type { OfferForm } from "#app/offers/offer";

/** What every part of the editor is given. */
export type OfferFieldsProps = {
  value: OfferForm;
  /** By field: "endsOn", "targeting.countries". */
  problems: Record<string, string>;
  onChange: (change: Partial<OfferForm>) => void;
};
