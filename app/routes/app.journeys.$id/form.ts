import { z } from "zod";
import type { JourneyForm } from "./draft";

/** What the editor's page asks its action to do. Journeys know what a name and a definition may be. */
export const ActionForm = z.discriminatedUnion("intent", [
  z.object({
    intent: z.literal("save"),
    name: z.string(),
    definition: z.unknown(),
    /** The version that was edited; null: over whichever is live. */
    seen: z.int().min(0).nullable(),
  }),
  z.object({ intent: z.literal("switch"), enabled: z.boolean() }),
  // null: as it came with Postlude
  z.object({ intent: z.literal("restore"), version: z.int().min(1).nullable() }),
  z.object({ intent: z.literal("duplicate") }),
  z.object({ intent: z.enum(["archive", "unarchive"]) }),
]);

export type JourneyAction =
  | ({ intent: "save"; seen: number | null } & JourneyForm)
  | { intent: "switch"; enabled: boolean }
  | { intent: "restore"; version: number | null }
  | { intent: "duplicate" }
  | { intent: "archive" | "unarchive" };
