/** What a merchant reads for an entry of the points ledger. */
export const LEDGER_KINDS: Record<string, string> = {
  join: "Joined",
  order: "Order",
  refund: "Refund or cancellation",
  survey: "Survey answered",
  merge: "Second joining bonus taken back",
  goodwill: "Given as a goodwill gesture",
};
