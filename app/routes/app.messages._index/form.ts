import { z } from "zod";
import { TEMPLATE_KEYS } from "#app/messages/default-templates";

/** What the page asks its action to do. Components import the type only. */
export const ActionForm = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("switch"), key: z.enum(TEMPLATE_KEYS), enabled: z.boolean() }),
  z.object({ intent: z.literal("send-again"), id: z.uuid() }),
  z.object({ intent: z.literal("leave"), id: z.uuid() }),
]);
export type MessagesAction = z.infer<typeof ActionForm>;
