import type { Page } from "../../shared/page";
import { useDecision } from "../../shared/use-decision";
import { OfferCard } from "./offer-card";
import { sampleOffer } from "./sample-offer";

/** The offers that the app chose for this order; nothing at all where there is none, or where the app is slow. */
export function Offers({ page }: { page: Page }) {
  const decision = useDecision(page, "offers", "offer", () => [sampleOffer(page)]);
  if (decision.state === "loading") return <Skeleton />;
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

/** Takes the space of one offer, so that the page does not jump when it comes. */
function Skeleton() {
  return (
    <s-section>
      <s-box minBlockSize="180px">
        <s-skeleton-paragraph />
      </s-box>
    </s-section>
  );
}
