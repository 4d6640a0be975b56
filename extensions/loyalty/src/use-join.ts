import { useRef, useState } from "preact/hooks";
import type { JoinLoyaltyRequest, JoinLoyaltyResponse } from "../../shared/contract";
import type { Page } from "../../shared/page";

type Joining =
  { state: "open" | "sending" | "unreachable" } | { state: "answered"; answer: JoinLoyaltyResponse };

/** Joins once, however often it is pressed. */
export function useJoin(page: Page, request: JoinLoyaltyRequest) {
  const [joining, setJoining] = useState<Joining>({ state: "open" });
  // State only changes with the next rendering: too late for a double click.
  const isBusy = useRef(false);

  async function join(): Promise<void> {
    if (isBusy.current || page.inEditor) return;
    isBusy.current = true;
    setJoining({ state: "sending" });
    const answer = await page.call<JoinLoyaltyResponse>("/api/loyalty/join", request);
    setJoining(answer ? { state: "answered", answer } : { state: "unreachable" });
    isBusy.current = false;
  }

  return { joining, join };
}
