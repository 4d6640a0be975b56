import { z } from "zod";
import { ContentSchema, TemplateNameSchema } from "#app/messages/content-schema";
import type { Preview, PreviewOrder } from "#app/messages/messages.server";
import { LOCALES } from "#app/shops/settings";
import type { SaveResult } from "#app/ui/save";

/** What the editor's page asks its action to do. Components import the types only. */
const looks = {
  content: ContentSchema,
  locale: z.enum(LOCALES),
  orderGid: z.string().max(100).nullable(),
  agreed: z.boolean(),
};
export const ActionForm = z.discriminatedUnion("intent", [
  /** `seen`: the version that was edited; null: over whichever is live. */
  z.object({ intent: z.literal("save"), content: ContentSchema, seen: z.int().min(0).nullable() }),
  z.object({ intent: z.literal("preview"), ...looks }),
  z.object({ intent: z.literal("test"), ...looks }),
  /** Orders to look at the mail with. */
  z.object({ intent: z.literal("orders"), wanted: z.string().trim().max(100) }),
  z.object({ intent: z.literal("rename"), name: TemplateNameSchema }),
  z.object({ intent: z.literal("restore"), version: z.int().min(0) }),
]);
export type TemplateAction = z.infer<typeof ActionForm>;
export type TemplateActionResult = SaveResult & { preview?: Preview; orders?: PreviewOrder[] };
