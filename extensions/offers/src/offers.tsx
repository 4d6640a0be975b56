import { useState } from "preact/hooks";
import { Dismissed } from "../../shared/dismissed";
import type { Page } from "../../shared/page";
import { Skeleton } from "../../shared/skeleton";
import { useDecision } from "../../shared/use-decision";
import { OfferCard } from "./offer-card";
import { sampleOffer } from "./sample-offer";

/** The offers that the app chose for this order; nothing at all where there is none, or where the app is slow. */
export function Offers({ page }: { page: Page }) {
  const decision = useDecision(page, "offers", "offer", () => [sampleOffer(page)]);
  const [dismissed, setDismissed] = useState<number[]>([]);
  if (decision.state === "loading") return <Skeleton height="240px" />;
  if (decision.state === "nothing") return null;
  const { decisionId, placements } = decision;
  if (dismissed.length === placements.length) return <Dismissed page={page} />;

  function dismiss(position: number): void {
    setDismissed([...dismissed, position]);
    page.tell({ decisionId, position, outcome: "dismissal" });
  }

  return (
    <s-section heading={page.setting("heading") ?? page.text("heading")}>
      <s-stack gap="large">
        {placements.map((offer) =>
          dismissed.includes(offer.position) ? (
            <Dismissed key={offer.position} page={page} />
          ) : (
            <OfferCard
              key={offer.position}
              page={page}
              offer={offer}
              decisionId={decisionId}
              onDismiss={() => dismiss(offer.position)}
            />
          ),
        )}
      </s-stack>
    </s-section>
  );
}
