import { useEffect, useRef, useState } from "preact/hooks";
import type { AcceptOfferRequest, AcceptOfferResponse, Moment, OfferPlacement } from "../../shared/contract";
import { actorOf } from "../../shared/moment";
import type { Page } from "../../shared/page";

export type WithCode = Extract<AcceptOfferResponse, { status: "accepted" }>;
export type AddedToOrder = Extract<AcceptOfferResponse, { status: "added-to-order" }>;
export type Acceptance =
  | { state: "open" | "preparing" | "unreachable" | "unavailable" }
  | { state: "accepted"; offer: WithCode }
  | { state: "added-to-order"; addition: AddedToOrder }
  | { state: "in-cart"; chargedMinor: number };

/** A code is usually there within a second, a changed order within a few; then the shopper may press again. */
const TRIES = 14;
const BETWEEN_TRIES_MS = 700;

export type Taking = { page: Page; offer: OfferPlacement; decisionId: string; moment: Moment };

/**
 * Accepts once, however often it is pressed, and waits while the shop makes the code or changes the order. What was
 * taken when the page was opened before is brought back without a press.
 */
export function useAcceptance(taking: Taking, onTaken: () => void) {
  const { page, offer } = taking;
  const [acceptance, setAcceptance] = useState<Acceptance>({ state: "open" });
  // State only changes with the next rendering: too late for a double click.
  const isBusy = useRef(false);

  async function accept(): Promise<void> {
    if (isBusy.current || page.inEditor) return;
    isBusy.current = true;
    setAcceptance({ state: "preparing" });
    if (page.cart) onTaken();
    const taken = await take(taking);
    if (taken.state === "added-to-order") onTaken();
    setAcceptance(taken);
    isBusy.current = false;
  }

  useEffect(() => {
    if (offer.accepted && !page.cart) void accept();
  }, []);

  return { acceptance, accept };
}

/** What the shopper is shown is what is charged: without a way to apply a code, that is the usual price. */
export function priceShown({ cart }: Page, { priceMinor, discountedMinor }: OfferPlacement): number {
  return cart && !cart.canDiscount() ? priceMinor : discountedMinor;
}

async function take({ page, offer, decisionId, moment }: Taking): Promise<Acceptance> {
  const mostMinor = priceShown(page, offer);
  const request: AcceptOfferRequest = { decisionId, position: offer.position };
  if (page.cart && mostMinor === offer.priceMinor) request.atFullPrice = true;
  if (offer.acceptBy === "order-edit" && moment.orderId) {
    const { orderId, checkoutToken, confirmationNumber } = actorOf(moment);
    request.actor = { orderId, checkoutToken, confirmationNumber };
  }
  const answer = await askUntilReady(page, request);
  if (!answer) return { state: "unreachable" };
  if (answer.status === "added-to-order") return { state: "added-to-order", addition: answer };
  if (answer.status === "unavailable") return { state: "unavailable" };
  if (!page.cart) return { state: "accepted", offer: answer };
  const added = await page.cart.add({ variantId: offer.variantId, code: answer.code, mostMinor });
  if (added.status === "refused") return { state: "unavailable" };
  return { state: "in-cart", chargedMinor: added.chargedMinor };
}

async function askUntilReady(
  page: Page,
  request: AcceptOfferRequest,
): Promise<WithCode | AddedToOrder | { status: "unavailable" } | null> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    if (tried > 0) await new Promise((resolve) => setTimeout(resolve, BETWEEN_TRIES_MS));
    const answer = await page.call<AcceptOfferResponse>("/api/offers/accept", request);
    if (!answer) return null;
    if (answer.status !== "preparing") return answer;
  }
  return null;
}
