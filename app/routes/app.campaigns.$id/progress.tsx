import type { CampaignState } from "#app/messages/campaign-state";
import { BlockStack, Card, ProgressBar, Text } from "#app/ui/polaris";

type Props = {
  state: CampaignState;
  /** Customers in the audience. */
  size: number;
  /** Of these, looked at by the planner. */
  lookedAt: number;
  results: { sent: number; waiting: number };
  locale: string;
};

/** How far a campaign has come: first everybody is looked at, then it goes out. */
export function Progress({ state, size, lookedAt, results: { sent, waiting }, locale }: Props) {
  const count = (value: number) => new Intl.NumberFormat(locale).format(value);
  const [done, all] = state === "sending" ? [sent, sent + waiting] : [lookedAt, size];
  const words =
    state === "scheduled"
      ? `${count(size)} customers are in its audience now. Who may get it is decided shortly before it goes out.`
      : state === "planning"
        ? `${count(done)} of ${count(all)} customers looked at.`
        : `${count(done)} of ${count(all)} sent. Where it is night, it waits for the morning.`;
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="p">{words}</Text>
        <ProgressBar
          progress={all > 0 ? Math.min(100, (done / all) * 100) : 0}
          size="small"
          ariaLabelledBy="campaign-progress"
        />
        <Text as="span" id="campaign-progress" visuallyHidden>
          Progress of the campaign
        </Text>
      </BlockStack>
    </Card>
  );
}
