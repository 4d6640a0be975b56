import { z } from "zod";
import { takeScans } from "#app/parcels/scans.server";
import { FILE_TOPIC, noteHeard, SOURCES, topicOf, type SourceKey } from "#app/parcels/sources.server";
import type { TrackingSource } from "#app/parcels/sources/source";
import { topic, type Topic } from "./topic";

/** What tracking sources push, worked off like Shopify's webhooks: kept first, tried again, to be replayed. */
export const CARRIER_TOPICS: Record<string, Topic> = {
  ...Object.fromEntries(
    (Object.keys(SOURCES) as SourceKey[]).map((key) => [topicOf(key), carrierTopic(key, SOURCES[key])]),
  ),
  [FILE_TOPIC]: carrierTopic("file", SOURCES.feed),
};

const MOST_PROBLEMS = 10;

function carrierTopic(key: SourceKey | "file", source: TrackingSource): Topic {
  return topic(z.unknown(), async ({ tx, shop, now }, told) => {
    const { scans, problems } = source.read(told);
    const { waiting } = await takeScans(tx, shop.id, key, scans, now);
    if (key !== "file") await noteHeard(tx, shop.id, key, now);
    const notes = problems
      .slice(0, MOST_PROBLEMS)
      .map(({ row, problem }) => (row > 0 ? `Row ${row}: ${problem}` : problem));
    if (waiting > 0) notes.push(`${waiting} of ${scans.length} scans wait for a parcel with their number.`);
    return { status: "done", ...(notes.length > 0 ? { note: notes.join(" ") } : {}) };
  });
}
