import type { OfferRow } from "./offer-table";

/** What the merchant wants to see of the list, and in which order. */
export type Arrangement = {
  search: string;
  status: "any" | OfferRow["status"];
  sort: "newest" | "name" | "netRevenueMinor" | "takeRate" | "views";
};

export const AS_IT_IS: Arrangement = { search: "", status: "any", sort: "newest" };

/** @param rows newest first */
export function arrange(rows: OfferRow[], { search, status, sort }: Arrangement): OfferRow[] {
  const wanted = search.trim().toLowerCase();
  const found = rows.filter(
    (row) => (status === "any" || row.status === status) && row.name.toLowerCase().includes(wanted),
  );
  if (sort === "newest") return found;
  if (sort === "name") return found.sort((a, b) => a.name.localeCompare(b.name));
  return found.sort((a, b) => (b[sort] ?? -1) - (a[sort] ?? -1));
}
