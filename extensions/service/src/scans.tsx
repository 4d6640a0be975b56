import type { ParcelView } from "../../shared/contract";
import type { Page } from "../../shared/page";
import { isParcelStatus } from "./steps";

type Scan = ParcelView["scans"][number];

/** More than these would bury the rest of the page; the carrier's own page has them all. */
const SHOWN = 5;

/** The latest scans, newest first, folded away. */
export function Scans({ page, scans }: { page: Page; scans: Scan[] }) {
  if (scans.length === 0) return null;
  const latest = [...scans].sort((a, b) => b.happenedAt.localeCompare(a.happenedAt)).slice(0, SHOWN);
  return (
    <s-details>
      <s-summary>{page.text("scans")}</s-summary>
      <s-unordered-list>
        {latest.map((scan, index) => (
          <s-list-item key={index}>
            <s-text>{whatHappened(page, scan)}</s-text>
            <s-text color="subdued">{` ${whenAndWhere(page, scan)}`}</s-text>
          </s-list-item>
        ))}
      </s-unordered-list>
    </s-details>
  );
}

/** In the shopper's language where we know the status; otherwise in the carrier's words. */
function whatHappened(page: Page, { status, message }: Scan): string {
  return isParcelStatus(status) ? page.text(`status.${status}`) : (message ?? page.text("scan"));
}

function whenAndWhere(page: Page, { happenedAt, place }: Scan): string {
  const when = page.date(happenedAt, { dateStyle: "medium", timeStyle: "short" });
  return place ? `${when}, ${place}` : when;
}
