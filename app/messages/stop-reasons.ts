/** Why an address gets nothing; "unsubscribed" is from marketing only, all others stop everything. */
export const STOP_REASONS = [
  "hard-bounce",
  "soft-bounces",
  "complaint",
  "stop",
  "unsubscribed",
  "redaction",
  "staff",
] as const;
export type StopReason = (typeof STOP_REASONS)[number];
