import { useEffect, useRef, useState } from "preact/hooks";
import type { AcceptOfferRequest, AcceptOfferResponse } from "../../shared/contract";
import type { Page } from "../../shared/page";
import type { Accepted } from "./accepted-offer";

export type Acceptance =
  { state: "open" | "preparing" | "unreachable" | "unavailable" } | { state: "accepted"; offer: Accepted };

/** The code is usually there within a second; after these tries the shopper may press again. */
const TRIES = 8;
const BETWEEN_TRIES_MS = 700;

/**
 * Accepts once, however often it is pressed, and waits while the shop makes the code.
 * @param wasAccepted the shopper took it when they saw the page before: the code is brought back without a press
 */
export function useAcceptance(page: Page, request: AcceptOfferRequest, wasAccepted: boolean) {
  const [acceptance, setAcceptance] = useState<Acceptance>({ state: "open" });
  // State only changes with the next rendering: too late for a double click.
  const isBusy = useRef(false);

  async function accept(): Promise<void> {
    if (isBusy.current || page.inEditor) return;
    isBusy.current = true;
    setAcceptance({ state: "preparing" });
    setAcceptance(await askUntilReady(page, request));
    isBusy.current = false;
  }

  useEffect(() => {
    if (wasAccepted) void accept();
  }, []);

  return { acceptance, accept };
}

async function askUntilReady(page: Page, request: AcceptOfferRequest): Promise<Acceptance> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    if (tried > 0) await new Promise((resolve) => setTimeout(resolve, BETWEEN_TRIES_MS));
    const answer = await page.call<AcceptOfferResponse>("/api/offers/accept", request);
    if (!answer) return { state: "unreachable" };
    if (answer.status === "accepted") return { state: "accepted", offer: answer };
    if (answer.status === "unavailable") return { state: "unavailable" };
  }
  return { state: "unreachable" };
}
