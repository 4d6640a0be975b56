import { z } from "zod";
import { LOCALES } from "#app/shops/settings";
import { BLOCK_TYPES, COLUMN_TYPES, MOST_BLOCKS, MOST_IN_COLUMN, type Content } from "./blocks";
import { AUDIENCES, type ShowRule } from "./show-rule";
import { LONGEST_TEXT } from "./template-language";

const localizedText = z.partialRecord(z.enum(LOCALES), z.string().max(LONGEST_TEXT));

/** What a merchant calls a template of their own. */
export const TemplateNameSchema = z
  .string()
  .trim()
  .min(1, "Give it a name.")
  .max(60, "Use at most 60 characters.");

const ShowRuleSchema = z.object({
  who: z.enum(AUDIENCES),
  orderFromMinor: z.int().min(0).max(1_000_000_000).optional(),
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/))
    .max(60)
    .optional(),
}) satisfies z.ZodType<ShowRule>;

const block = z.object({
  id: z.string().min(1).max(40),
  type: z.enum(BLOCK_TYPES),
  fields: z.record(z.string().max(20), localizedText).default({}),
  settings: z.record(z.string().max(20), z.string().regex(/^[\w-]{0,40}$/)).optional(),
  when: ShowRuleSchema.optional(),
});

const column = z
  .array(block.refine(({ type }) => COLUMN_TYPES.some((known) => known === type), "Not in a column."))
  .max(MOST_IN_COLUMN, `Use at most ${MOST_IN_COLUMN} blocks in a column.`);

/** The shape of a template's content. What its texts say is checked by `checkContent`. Apart from blocks.ts, so that the editor's page does not load zod. */
export const ContentSchema = z.object({
  subject: localizedText,
  preheader: localizedText,
  short: localizedText.optional(),
  blocks: z
    .array(block.extend({ columns: z.array(column).length(2).optional() }))
    .min(1, "A mail needs at least one block.")
    .max(MOST_BLOCKS, `Use at most ${MOST_BLOCKS} blocks.`),
}) satisfies z.ZodType<Content>;
