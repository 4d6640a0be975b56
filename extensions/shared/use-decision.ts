import { useEffect, useState } from "preact/hooks";
import type { Block, DecideRequest, DecideResponse, Moment, Placement } from "./contract";
import type { Page } from "./page";

/** What a block waits for its content; a slower answer is not shown, because it would push the page about. */
export const DECIDE_TIMEOUT_MS = 800;

export type Decision<Shown extends Placement> =
  | { state: "loading" }
  | { state: "nothing" }
  | { state: "ready"; decisionId: string; moment: Moment; placements: Shown[] };

/** Asked again for another order or checkout; not for a cart that changes while it is looked at. */
function visitOf({ surface, orderId, checkoutToken }: Moment): string {
  return orderId ?? checkoutToken ?? surface;
}

/**
 * Asks the app once per order what this block shows, and tells that it was seen.
 *
 * @param kinds placements of other kinds are left out
 * @param sample what the checkout editor shows where the shop has no content yet
 */
export function useDecision<Kind extends Placement["kind"]>(
  page: Page,
  block: Block,
  kinds: readonly Kind[],
  sample: () => Extract<Placement, { kind: Kind }>[],
): Decision<Extract<Placement, { kind: Kind }>> {
  type Shown = Extract<Placement, { kind: Kind }>;
  const [decision, setDecision] = useState<Decision<Shown>>({ state: "loading" });
  const moment = page.moment();

  useEffect(() => {
    if (!moment) return;
    let isCurrent = true;
    void decide(moment).then((decided) => {
      if (!isCurrent) return;
      setDecision(decided);
      if (decided.state === "ready") tellSeen(decided.decisionId, decided.placements);
    });
    return () => {
      isCurrent = false;
    };
  }, [moment && visitOf(moment)]);

  async function decide(moment: Moment): Promise<Decision<Shown>> {
    const request: DecideRequest = { block, moment };
    const answer = await page.call<DecideResponse>("/api/decide", request, DECIDE_TIMEOUT_MS);
    const isShown = (placement: Placement): placement is Shown =>
      (kinds as readonly string[]).includes(placement.kind);
    const placements = answer?.placements?.filter(isShown) ?? [];
    const decisionId = answer?.decisionId;
    if (page.inEditor && placements.length === 0) {
      return { state: "ready", decisionId: "sample", moment, placements: sample() };
    }
    if (placements.length === 0 || (!decisionId && !page.inEditor)) return { state: "nothing" };
    return { state: "ready", decisionId: decisionId ?? "sample", moment, placements };
  }

  function tellSeen(decisionId: string, placements: Shown[]): void {
    for (const { position } of placements) page.tell({ decisionId, position, outcome: "impression" });
  }

  return moment ? decision : { state: "nothing" };
}
