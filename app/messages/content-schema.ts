import { z } from "zod";
import { LOCALES } from "#app/shops/settings";
import { BLOCK_TYPES, MOST_BLOCKS, type Content } from "./blocks";
import { LONGEST_TEXT } from "./template-language";

const localizedText = z.partialRecord(z.enum(LOCALES), z.string().max(LONGEST_TEXT));

/** The shape of a template's content. What its texts say is checked by `checkContent`. Apart from blocks.ts, so that the editor's page does not load zod. */
export const ContentSchema = z.object({
  subject: localizedText,
  preheader: localizedText,
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
