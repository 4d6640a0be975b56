import type { LoyaltyJoinPlacement } from "../../shared/contract";
import type { Page } from "../../shared/page";
import type { KnownOrder } from "../../shared/use-order-status";

/** What the checkout editor shows where the shop has no programme yet. */
export function sampleJoin({ text }: Page): LoyaltyJoinPlacement {
  return {
    kind: "loyalty-join",
    position: 0,
    programName: text("sample.program"),
    joinBonus: 50,
    orderPoints: 120,
    consentText: text("sample.consent"),
  };
}

export function sampleOrder({ text }: Page): KnownOrder {
  return {
    status: "ok",
    orderState: "processing",
    parcels: [],
    loyalty: { programName: text("sample.program"), points: 250, pendingPoints: 120, member: true },
    said: null,
    helpUrl: "",
  };
}
