import { z } from "zod";
import { isTemplateKey, type TemplateKey } from "#app/messages/default-templates";

const key = z.custom<TemplateKey>((text) => typeof text === "string" && isTemplateKey(text));

/** What the page asks its action to do. Components import the types only. */
export const ActionForm = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("switch"), key, enabled: z.boolean() }),
  z.object({ intent: z.literal("archive"), id: key }),
  z.object({ intent: z.literal("restore"), id: key }),
  z.object({ intent: z.literal("send-again"), id: z.uuid() }),
  z.object({ intent: z.literal("leave"), id: z.uuid() }),
]);
export type MessagesAction = z.infer<typeof ActionForm>;
