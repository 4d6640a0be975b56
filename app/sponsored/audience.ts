import type { Campaign } from "./campaign";

/** What is known of the purchase that a campaign's rules look at; nothing of the person. */
export type Purchase = {
  /** Two letters; undefined where the page does not tell. */
  country?: string;
  /** Undefined where the page does not tell. */
  isFirstOrder?: boolean;
  orderValueMinor: number;
  /** Product types of what was bought. */
  productTypes: ReadonlySet<string>;
};

/** A rule about something that is not known keeps the campaign away: an advertiser pays for its audience only. */
export function reaches(
  { countries, audience }: Pick<Campaign, "countries" | "audience">,
  purchase: Purchase,
): boolean {
  const { buyers, leastOrderMinor, mostOrderMinor, productTypes } = audience;
  if (countries.length > 0 && !countries.includes(purchase.country?.toUpperCase() ?? "")) return false;
  if (buyers === "new" && purchase.isFirstOrder !== true) return false;
  if (buyers === "returning" && purchase.isFirstOrder !== false) return false;
  if (purchase.orderValueMinor < leastOrderMinor) return false;
  if (mostOrderMinor !== null && purchase.orderValueMinor > mostOrderMinor) return false;
  return productTypes.length === 0 || productTypes.some((type) => purchase.productTypes.has(type));
}
