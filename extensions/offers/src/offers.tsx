import type { Page } from "../../shared/page";
import { Skeleton } from "../../shared/skeleton";
import { useDecision } from "../../shared/use-decision";
import { OfferCard } from "./offer-card";
import { sampleOffer } from "./sample-offer";

/** The offers that the app chose for this order; nothing at all where there is none, or where the app is slow. */
export function Offers({ page }: { page: Page }) {
  const decision = useDecision(page, "offers", "offer", () => [sampleOffer(page)]);
  if (decision.state === "loading") return <Skeleton height="180px" />;
  if (decision.state === "nothing") return null;
  const { decisionId, placements } = decision;
  return (
    <s-section heading={page.setting("heading") ?? page.text("heading")}>
      <s-stack gap="large">
        {placements.map((offer) => (
          <OfferCard key={offer.position} page={page} decisionId={decisionId} offer={offer} />
        ))}
      </s-stack>
    </s-section>
  );
}
