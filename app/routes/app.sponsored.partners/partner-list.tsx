import type { PartnerLink, TheirStanding } from "#app/sponsored/partner";
import { Badge, BlockStack, Button, ButtonGroup, Card, InlineStack, Text } from "#app/ui/polaris";
import { THEIR_STATE_WORDS } from "#app/ui/sponsored-words";
import { useSteps } from "#app/ui/steps";

type Offer = { id: string; linkId: string; name: string; withdrawn: boolean; theirState: TheirStanding };
type Intent = "accept" | "end" | "withdraw" | "share-again";

const STATES = {
  invited: { tone: "info", text: "Invited by you" },
  asked: { tone: "attention", text: "Asks to be your partner" },
  active: { tone: "success", text: "Partner" },
  ended: { tone: undefined, text: "Ended" },
} as const;
const UNDO: Partial<Record<Intent, Intent>> = { withdraw: "share-again", "share-again": "withdraw" };

/** Partners, and per partner what of ours it may show. */
export function PartnerList({ partners, offers }: { partners: PartnerLink[]; offers: Offer[] }) {
  const { take } = useSteps<Intent>(UNDO);
  return (
    <>
      {partners.map((partner) => (
        <Card key={partner.id}>
          <BlockStack gap="400">
            <InlineStack align="space-between" blockAlign="center" gap="300">
              <BlockStack gap="050">
                <InlineStack gap="200" blockAlign="center">
                  <Text as="h2" variant="headingSm">
                    {partner.partnerName || partner.partnerDomain}
                  </Text>
                  <Badge tone={STATES[partner.state].tone}>{STATES[partner.state].text}</Badge>
                </InlineStack>
                <Text as="p" tone="subdued">
                  {partner.partnerDomain}
                </Text>
              </BlockStack>
              <Steps partner={partner} take={take} />
            </InlineStack>
            {partner.isGone && (
              <Text as="p" tone="subdued">
                This shop uninstalled the app. Nothing of it is shown here any more, and nothing of yours
                there. If it comes back, either of you can ask again.
              </Text>
            )}
            {partner.state === "active" && (
              <Shared offers={offers.filter(({ linkId }) => linkId === partner.id)} take={take} />
            )}
          </BlockStack>
        </Card>
      ))}
    </>
  );
}

type Take = (intent: Intent, id: string) => void;

function Steps({ partner, take }: { partner: PartnerLink; take: Take }) {
  const { id, state } = partner;
  const name = partner.partnerName || partner.partnerDomain;
  if (state === "ended") return null;
  return (
    <ButtonGroup>
      {state === "asked" && (
        <Button size="slim" onClick={() => take("accept", id)} accessibilityLabel={`Accept: ${name}`}>
          Accept
        </Button>
      )}
      {state === "active" && (
        <Button
          size="slim"
          url={`/app/sponsored/campaigns/new?partner=${id}`}
          accessibilityLabel={`Share an offer with ${name}`}
        >
          Share an offer
        </Button>
      )}
      <Button size="slim" onClick={() => take("end", id)} accessibilityLabel={`${END[state]}: ${name}`}>
        {END[state]}
      </Button>
    </ButtonGroup>
  );
}

const END = { invited: "Take back", asked: "Decline", active: "End partnership" } as const;

function Shared({ offers, take }: { offers: Offer[]; take: Take }) {
  if (offers.length === 0) {
    return (
      <Text as="p" tone="subdued">
        You share no offer yet. What this partner shares with you waits on the Sponsored page for your
        approval.
      </Text>
    );
  }
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        Your offers there
      </Text>
      {offers.map(({ id, name, withdrawn, theirState }) => (
        <InlineStack key={id} align="space-between" blockAlign="center" gap="200">
          <Text as="span">
            {name}: {withdrawn ? "withdrawn" : THEIR_STATE_WORDS[theirState]}
          </Text>
          <Button
            size="slim"
            onClick={() => take(withdrawn ? "share-again" : "withdraw", id)}
            accessibilityLabel={`${withdrawn ? "Share again" : "Withdraw"}: ${name}`}
          >
            {withdrawn ? "Share again" : "Withdraw"}
          </Button>
        </InlineStack>
      ))}
    </BlockStack>
  );
}
