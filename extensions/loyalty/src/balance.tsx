import type { Page } from "../../shared/page";

export function Balance({ page, points }: { page: Page; points: number }) {
  return <s-heading>{page.text("points.balance", { count: points })}</s-heading>;
}

/** What the order just placed will bring. */
export function Promised({ page, count }: { page: Page; count: number }) {
  if (count <= 0) return null;
  return <s-text>{page.text("joined.pending", { count })}</s-text>;
}

/** Points of orders that may still be cancelled or sent back. */
export function Pending({ page, count }: { page: Page; count: number }) {
  if (count <= 0) return null;
  return <s-text color="subdued">{page.text("points.pending", { count })}</s-text>;
}
