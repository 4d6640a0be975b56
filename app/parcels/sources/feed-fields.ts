/** The fields of a pushed or uploaded scan; a file may call them otherwise. */
export const FEED_FIELDS = [
  "tracking_number",
  "status",
  "happened_at",
  "id",
  "handover",
  "trouble",
  "message",
  "city",
  "country",
  "estimated_delivery_at",
] as const;
export type FeedField = (typeof FEED_FIELDS)[number];
export type FeedRow = Partial<Record<FeedField, string>>;
