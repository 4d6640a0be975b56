import { z } from "zod";
import { LOCALES } from "#app/shops/settings";
import { BLOCK_TYPES, MOST_BLOCKS, type Content } from "./blocks";
import { LONGEST_TEXT } from "./template-language";

const localizedText = z.partialRecord(z.enum(LOCALES), z.string().max(LONGEST_TEXT));

/** What a merchant calls a template of their own. */
export const TemplateNameSchema = z
  .string()
  .trim()
  .min(1, "Give it a name.")
  .max(60, "Use at most 60 characters.");

/** The shape of a template's content. What its texts say is checked by `checkContent`. Apart from blocks.ts, so that the editor's page does not load zod. */
export const ContentSchema = z.object({
  subject: localizedText,
  preheader: localizedText,
  short: localizedText.optional(),
  blocks: z
    .array(
      z.object({
        id: z.string().min(1).max(40),
        type: z.enum(BLOCK_TYPES),
        fields: z.record(z.string().max(20), localizedText).default({}),
      }),
    )
    .min(1, "A mail needs at least one block.")
    .max(MOST_BLOCKS, `Use at most ${MOST_BLOCKS} blocks.`),
}) satisfies z.ZodType<Content>;
