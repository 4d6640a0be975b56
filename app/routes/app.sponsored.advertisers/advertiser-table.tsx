import { useFetcher } from "@remix-run/react";
import type { Advertiser } from "#app/sponsored/advertiser";
import { formatMoney } from "#app/ui/money";
import { BlockStack, Button, ButtonGroup, Card, Divider, InlineStack, Text } from "#app/ui/polaris";
import { SponsoredStatusBadge } from "#app/ui/sponsored-status";
import { useSteps } from "#app/ui/steps";
import type { AdvertiserResult } from "./route";
import { SecretOnce } from "./secret-once";

type Row = Omit<Advertiser, "secretMadeAt"> & {
  secretMadeAt: string | Date | null;
  owedMinor: number;
  postbackUrl: string;
};
type Intent = "approve" | "reject" | "block" | "reconsider";

const SOURCES = {
  merchant: "Added by you",
  feed: "Proposed by the host of this app",
  partner: "Partner shop",
} as const;
const STEPS = {
  waiting: [
    ["approve", "Approve"],
    ["reject", "Reject"],
    ["block", "Block"],
  ],
  approved: [
    ["reject", "Withdraw approval"],
    ["block", "Block"],
  ],
  rejected: [
    ["reconsider", "Reconsider"],
    ["block", "Block"],
  ],
  blocked: [["reconsider", "Unblock"]],
} as const satisfies Record<Row["status"], readonly (readonly [Intent, string])[]>;
const UNDO: Partial<Record<Intent, Intent>> = { reject: "reconsider", block: "reconsider" };

export function AdvertiserTable({
  rows,
  currency,
  locale,
}: {
  rows: Row[];
  currency: string;
  locale: string;
}) {
  const { take } = useSteps<Intent>(UNDO);
  return (
    <Card>
      <BlockStack gap="400">
        {rows.map((row, index) => (
          <BlockStack key={row.id} gap="300">
            {index > 0 && <Divider />}
            <InlineStack align="space-between" blockAlign="center" gap="300">
              <BlockStack gap="050">
                <InlineStack gap="200" blockAlign="center">
                  <Text as="h2" variant="headingSm">
                    {row.name}
                  </Text>
                  <SponsoredStatusBadge status={row.status} />
                </InlineStack>
                <Text as="p" tone="subdued">
                  {row.domain} · {SOURCES[row.source]} · {owes(row.owedMinor, currency, locale)}
                </Text>
              </BlockStack>
              <ButtonGroup>
                {STEPS[row.status].map(([intent, label]) => (
                  <Button
                    key={intent}
                    size="slim"
                    onClick={() => take(intent, row.id)}
                    accessibilityLabel={`${label}: ${row.name}`}
                  >
                    {label}
                  </Button>
                ))}
                {row.status === "approved" && row.source !== "partner" && (
                  <Button
                    size="slim"
                    url={`/app/sponsored/campaigns/new?advertiser=${row.id}`}
                    accessibilityLabel={`New campaign: ${row.name}`}
                  >
                    New campaign
                  </Button>
                )}
              </ButtonGroup>
            </InlineStack>
            {row.source !== "partner" && row.status === "approved" && <Postback row={row} />}
          </BlockStack>
        ))}
      </BlockStack>
    </Card>
  );
}

function owes(minor: number, currency: string, locale: string): string {
  if (minor === 0) return "nothing owed";
  const amount = formatMoney(Math.abs(minor), currency, locale);
  return minor > 0 ? `owes ${amount}` : `you owe ${amount}`;
}

/** How the advertiser reports sales: only needed for campaigns that pay per sale. */
function Postback({ row }: { row: Row }) {
  const fetcher = useFetcher<AdvertiserResult>();
  const secret = fetcher.data?.secret?.id === row.id ? fetcher.data.secret.value : undefined;
  const make = () =>
    fetcher.submit(JSON.stringify({ intent: "make-secret", id: row.id }), {
      method: "post",
      encType: "application/json",
    });
  return (
    <BlockStack gap="200">
      <Text as="p" variant="bodySm" tone="subdued" breakWord>
        Sales are reported to {row.postbackUrl}, signed with the advertiser’s secret.
      </Text>
      {secret && <SecretOnce secret={secret} />}
      <InlineStack>
        <Button
          size="slim"
          onClick={make}
          loading={fetcher.state !== "idle"}
          accessibilityLabel={`${row.hasSecret ? "Change" : "Make"} secret: ${row.name}`}
        >
          {row.hasSecret ? "Change secret" : "Make secret"}
        </Button>
      </InlineStack>
    </BlockStack>
  );
}
