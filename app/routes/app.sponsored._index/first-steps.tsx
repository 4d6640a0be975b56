import { EmptyArchive } from "#app/ui/archive";
import { Card, EmptyState } from "#app/ui/polaris";

/** What sponsored offers are, and where to begin. */
export function FirstSteps({ hasAdvertisers }: { hasAdvertisers: boolean }) {
  const next = hasAdvertisers
    ? { content: "Make the first campaign", url: "/app/sponsored/campaigns/new" }
    : { content: "Add an advertiser", url: "/app/sponsored/advertisers" };
  return (
    <Card>
      <EmptyState
        heading="Let other brands pay for a place after the purchase"
        action={next}
        secondaryAction={{ content: "Exchange offers with a partner shop", url: "/app/sponsored/partners" }}
      >
        <p>
          A sponsored offer competes with your own ones by what it brings you, and is shown only where it
          brings more. Nothing appears before you approve the advertiser and the campaign; every one carries
          its label, and shoppers can decline it as easily as take it.
        </p>
      </EmptyState>
    </Card>
  );
}

export function NothingArchived() {
  return (
    <EmptyArchive>
      No archived campaigns. An archived campaign keeps its figures and can be brought back.
    </EmptyArchive>
  );
}
