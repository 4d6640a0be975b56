import { useState } from "preact/hooks";
import type { Placement } from "../../shared/contract";
import { Dismissed } from "../../shared/dismissed";
import type { Page } from "../../shared/page";
import { Held, Skeleton } from "../../shared/skeleton";
import { useDecision } from "../../shared/use-decision";
import { Care, type CarePlacement } from "./care";
import { OfferCard } from "./offer-card";
import { sampleOffer } from "./sample-offer";
import { SponsoredCard } from "./sponsored-card";

const KINDS = ["offer", "sponsored", "appreciation", "reassurance", "help"] as const;
/** As high as an offer with its answers, on wide pages and on phones. */
const SPACE = { wide: "260px", narrow: "400px" } as const;
type Shown = Extract<Placement, { kind: (typeof KINDS)[number] }>;

/** What the app chose for this moment; nothing at all where there is nothing, or where the app is slow. */
export function Offers({ page }: { page: Page }) {
  // A checkout that takes no lines can take no offer.
  return page.cart && !page.inEditor && !page.cart.canAdd() ? null : <Chosen page={page} />;
}

function Chosen({ page }: { page: Page }) {
  const decision = useDecision(page, "offers", KINDS, () => [sampleOffer(page)]);
  const [dismissed, setDismissed] = useState<number[]>([]);
  const [taken, setTaken] = useState<number[]>([]);
  if (decision.state === "loading") {
    return (
      <Held {...SPACE}>
        <Skeleton height="210px" />
      </Held>
    );
  }
  if (decision.state === "nothing") return null;
  const { decisionId, moment } = decision;
  const inCart = page.cart?.productIds() ?? [];
  const placements = decision.placements.filter(
    (one) => one.kind !== "offer" || taken.includes(one.position) || !inCart.includes(one.productId),
  );
  if (placements.length === 0) return null;
  if (placements.every(({ position }) => dismissed.includes(position))) return <Dismissed page={page} />;

  function dismiss(position: number): void {
    setDismissed([...dismissed, position]);
    page.tell({ decisionId, position, outcome: "dismissal" });
  }

  function cardOf(placement: Shown) {
    const { kind, position } = placement;
    if (dismissed.includes(position)) return <Dismissed key={position} page={page} />;
    const onDismiss = () => dismiss(position);
    if (kind === "sponsored") {
      return <SponsoredCard key={position} {...{ page, placement, decisionId, onDismiss }} />;
    }
    if (kind !== "offer") return <Care key={position} {...{ page, placement, decisionId }} />;
    const onTaken = () => setTaken((before) => [...before, position]);
    const card = { page, offer: placement, decisionId, moment, onDismiss, onTaken };
    return <OfferCard key={position} {...card} isLatest={taken[taken.length - 1] === position} />;
  }

  return (
    <Held {...SPACE}>
      <s-section heading={headingOf(page, placements)}>
        <s-stack gap="large">{placements.map(cardOf)}</s-stack>
      </s-section>
    </Held>
  );
}

/** "Picked for your order" stands over offers only; thanks and help have headings of their own. */
function headingOf(page: Page, placements: Shown[]): string | undefined {
  const care = placements.find(
    (one): one is CarePlacement => one.kind !== "offer" && one.kind !== "sponsored",
  );
  if (care) return care.heading;
  const isAccount = !page.cart && !page.moment()?.orderId;
  const usual = page.text(page.cart ? "heading_cart" : isAccount ? "heading_account" : "heading");
  return page.setting("heading") ?? usual;
}
