import type { standingUnder } from "#app/sponsored/block-rules";
import { FigureTable } from "#app/ui/figure-table";
import { formatMoney } from "#app/ui/money";
import { Button, ButtonGroup } from "#app/ui/polaris";
import { SponsoredStatusBadge } from "#app/ui/sponsored-status";
import { useSteps } from "#app/ui/steps";

type Status = "waiting" | "live" | "paused" | "rejected" | "archived";
export type CampaignRow = {
  id: string;
  name: string;
  status: Status;
  standing: ReturnType<typeof standingUnder>["standing"];
  /** Why it is not shown, where that is not the merchant's own doing. */
  why: string | null;
  advertiser: { name: string; status: "waiting" | "approved" | "rejected" | "blocked" };
  model: "cpc" | "cpa";
  bidMinor: number;
  currency: string;
  budgetMinor: number;
  spentMinor: number;
  views: number;
  clicks: number;
  conversions: number;
  earnedMinor: number;
};

type Intent = "approve" | "reject" | "pause" | "resume" | "archive" | "reconsider";
const STEPS = {
  waiting: [
    ["approve", "Approve"],
    ["reject", "Reject"],
  ],
  live: [
    ["pause", "Pause"],
    ["archive", "Archive"],
  ],
  paused: [
    ["resume", "Resume"],
    ["archive", "Archive"],
  ],
  rejected: [
    ["reconsider", "Reconsider"],
    ["archive", "Archive"],
  ],
  archived: [["reconsider", "Bring back"]],
} as const satisfies Record<Status, readonly (readonly [Intent, string])[]>;
const UNDO: Partial<Record<Intent, Intent>> = {
  reject: "reconsider",
  archive: "reconsider",
  pause: "resume",
  resume: "pause",
};

type CampaignTableProps = { rows: CampaignRow[]; currency: string; locale: string };

export function CampaignTable({ rows, currency, locale }: CampaignTableProps) {
  const { take } = useSteps<Intent>(UNDO);
  const count = new Intl.NumberFormat(locale);
  return (
    <FigureTable
      thing={{ singular: "campaign", plural: "campaigns" }}
      figures={["Views", "Clicks", "Sales", "Earned", "Spent"]}
      actions="Actions"
      rows={rows.map((row) => {
        const money = (minor: number) => formatMoney(minor, row.currency, locale);
        const pays = `${money(row.bidMinor)} ${row.model === "cpc" ? "per click" : "per sale"}`;
        return {
          ...{ id: row.id, name: row.name, url: `/app/sponsored/campaigns/${row.id}` },
          note: [`${row.advertiser.name}, at most ${pays}`, row.why].filter(Boolean).join(". "),
          status: <SponsoredStatusBadge status={row.standing} />,
          figures: [
            count.format(row.views),
            count.format(row.clicks),
            row.model === "cpa" ? count.format(row.conversions) : "–",
            formatMoney(row.earnedMinor, currency, locale),
            `${money(row.spentMinor)} of ${money(row.budgetMinor)}`,
          ],
          actions: <Actions row={row} take={take} />,
        };
      })}
    />
  );
}

function Actions({ row, take }: { row: CampaignRow; take: (intent: Intent, id: string) => void }) {
  const steps: readonly (readonly [Intent, string])[] = STEPS[row.status];
  const isAdvertiserMissing = row.advertiser.status !== "approved";
  return (
    <ButtonGroup>
      {isAdvertiserMissing && row.status === "waiting" && (
        <Button
          size="slim"
          url="/app/sponsored/advertisers"
          accessibilityLabel={`Approve advertiser: ${row.advertiser.name}`}
        >
          Approve advertiser
        </Button>
      )}
      {steps.map(([intent, label]) =>
        intent === "approve" && isAdvertiserMissing ? null : (
          <Button
            key={intent}
            size="slim"
            onClick={() => take(intent, row.id)}
            accessibilityLabel={`${label}: ${row.name}`}
          >
            {label}
          </Button>
        ),
      )}
    </ButtonGroup>
  );
}
