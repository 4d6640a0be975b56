import { z } from "zod";
import type { JourneyForm } from "./draft";

/** What the editor's page asks its action to do. Journeys know what a name and a definition may be. */
export const ActionForm = z.discriminatedUnion("intent", [
  z.object({
    intent: z.literal("save"),
    name: z.string(),
    definition: z.unknown(),
  }),
  z.object({ intent: z.literal("switch"), enabled: z.boolean() }),
  // null: as it came with Postlude
  z.object({ intent: z.literal("restore"), version: z.int().min(1).nullable() }),
  z.object({ intent: z.literal("duplicate") }),
]);

export type JourneyAction =
  | ({ intent: "save" } & JourneyForm)
  | { intent: "switch"; enabled: boolean }
  | { intent: "restore"; version: number | null }
  | { intent: "duplicate" };
