/** Where a campaign stands, from what is stored of it. */
export type CampaignState = "scheduled" | "planning" | "sending" | "sent" | "cancelled" | "stopped";

type Told = {
  dueAt: Date;
  cursor: string;
  finishedAt: Date | null;
  stoppedAt: Date | null;
  /** Messages that are still to go out, or on their way. */
  waiting: number;
};

export function campaignState({ dueAt, cursor, finishedAt, stoppedAt, waiting }: Told): CampaignState {
  if (stoppedAt) return stoppedAt < dueAt ? "cancelled" : "stopped";
  if (!finishedAt) return cursor === "" ? "scheduled" : "planning";
  return waiting > 0 ? "sending" : "sent";
}
