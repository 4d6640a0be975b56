import type { z } from "zod";
import type { ShopId, Tx } from "#app/db/tx";
import {
  archiveJourney,
  journeyOf,
  restoreReady,
  restoreVersion,
  saveJourney,
  switchJourney,
  type SaveJourneyResult,
} from "#app/journeys/journeys.server";
import { STALE, type SaveResult } from "#app/ui/save";
import type { ActionForm } from "./form";
import { idOf } from "./load.server";
import { toRecord } from "./problems";

type Wanted = {
  /** Of a journey, or "new". */
  id: string;
  wish: z.infer<typeof ActionForm>;
  author: string;
  now: Date;
};

const GONE = { problems: { "": "This journey is no longer there. Go back to the list." } };

/** Does what the editor asks for. */
export async function carryOut(
  tx: Tx,
  shopId: ShopId,
  { id: wanted, wish, author, now }: Wanted,
): Promise<SaveResult | { goTo: string }> {
  const id = wanted === "new" ? null : idOf(wanted);
  if (wish.intent === "save") {
    const { name, definition } = wish;
    const seen = id ? (wish.seen ?? undefined) : undefined;
    const saved = await saveJourney(tx, shopId, { id: id ?? undefined, name, definition, author, now, seen });
    if (saved.status !== "saved") return refused(saved);
    return id ? { problems: {}, saved: "Journey saved" } : { goTo: `/app/journeys/${saved.id}` };
  }
  if (!id) return GONE;
  switch (wish.intent) {
    case "switch": {
      const switched = await switchJourney(tx, shopId, id, wish.enabled, now);
      if (switched.status === "invalid") return { problems: toRecord(switched.problems) };
      if (switched.status === "unknown") return GONE;
      return { problems: {}, saved: `Journey switched ${wish.enabled ? "on" : "off"}` };
    }
    case "restore": {
      const { version } = wish;
      const restored =
        version === null
          ? await restoreReady(tx, shopId, id, { author, now })
          : await restoreVersion(tx, shopId, id, { version, author, now });
      return restored.status === "saved" ? { problems: {}, saved: "Version restored" } : refused(restored);
    }
    case "archive":
    case "unarchive": {
      const { status } = await archiveJourney(tx, shopId, id, wish.intent === "archive", now);
      if (status !== "moved") return GONE;
      return wish.intent === "archive"
        ? { goTo: `/app/journeys?archived=${id}` }
        : { problems: {}, saved: "Journey brought back" };
    }
    case "duplicate": {
      const journey = await journeyOf(tx, shopId, id);
      if (!journey) return GONE;
      const name = `${journey.name} (copy)`.slice(0, 80);
      const saved = await saveJourney(tx, shopId, { name, definition: journey.definition, author, now });
      return saved.status === "saved" ? { goTo: `/app/journeys/${saved.id}` } : refused(saved);
    }
  }
}

function refused(result: Exclude<SaveJourneyResult, { status: "saved" }>): SaveResult {
  if (result.status === "changed") return STALE;
  return result.status === "invalid" ? { problems: toRecord(result.problems) } : GONE;
}
