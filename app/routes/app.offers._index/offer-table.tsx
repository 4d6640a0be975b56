import { FigureTable } from "#app/ui/figure-table";
import { formatMoney } from "#app/ui/money";
import type { OfferStanding } from "#app/offers/offer";
import { OfferStatusBadge } from "#app/ui/offer-status";
import { Button, ButtonGroup } from "#app/ui/polaris";
import { useSteps } from "#app/ui/steps";

export type OfferRow = {
  id: string;
  name: string;
  status: "draft" | "live" | "paused" | "archived";
  standing: OfferStanding;
  discountPercent: number;
  views: number;
  accepts: number;
  netRevenueMinor: number;
  takeRate: number | null;
};

type OfferTableProps = { rows: OfferRow[]; currency: string; locale: string };
type Intent = "publish" | "pause" | "archive" | "restore" | "duplicate";

export function OfferTable({ rows, currency, locale }: OfferTableProps) {
  const { take } = useSteps<Intent>({ archive: "restore" });
  const count = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  return (
    <FigureTable
      thing={{ singular: "offer", plural: "offers" }}
      figures={["Views", "Accepted", "Taken per order", "Net revenue"]}
      actions="Actions"
      rows={rows.map((row) => ({
        ...{ id: row.id, name: row.name, url: `/app/offers/${row.id}` },
        status: <OfferStatusBadge standing={row.standing} />,
        figures: [
          count.format(row.views),
          count.format(row.accepts),
          row.takeRate === null ? "–" : percent.format(row.takeRate),
          formatMoney(row.netRevenueMinor, currency, locale),
        ],
        actions: <Actions row={row} move={take} />,
      }))}
    />
  );
}

const STEPS = {
  draft: [
    ["publish", "Publish"],
    ["duplicate", "Duplicate"],
    ["archive", "Archive"],
  ],
  live: [
    ["pause", "Pause"],
    ["duplicate", "Duplicate"],
    ["archive", "Archive"],
  ],
  paused: [
    ["publish", "Resume"],
    ["duplicate", "Duplicate"],
    ["archive", "Archive"],
  ],
  archived: [["restore", "Bring back"]],
} as const satisfies Record<OfferRow["status"], readonly (readonly [Intent, string])[]>;

function Actions({ row, move }: { row: OfferRow; move: (intent: Intent, id: string) => void }) {
  return (
    <ButtonGroup variant="segmented">
      <Button size="slim" url={`/app/offers/${row.id}/results`} accessibilityLabel={`Results: ${row.name}`}>
        Results
      </Button>
      {STEPS[row.status].map(([intent, label]) => (
        <Button
          key={intent}
          size="slim"
          onClick={() => move(intent, row.id)}
          accessibilityLabel={`${label}: ${row.name}`}
        >
          {label}
        </Button>
      ))}
    </ButtonGroup>
  );
}
