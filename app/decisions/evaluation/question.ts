import { z } from "zod";

/** "What would have happened if…": one change to how decisions were made, over a stretch of the past. */
export const QuestionSchema = z.discriminatedUnion("kind", [
  /** Least expected net value as a share of the order's value, 0..0.2. */
  z.object({
    kind: z.literal("floor"),
    floor: z.number("Use a number.").min(0, "Use 0 to 20 %.").max(0.2, "Use 0 to 20 %."),
  }),
  /** Most offers that a shopper sees in seven days. */
  z.object({
    kind: z.literal("cap"),
    weekly: z.int("Use a whole number.").min(1, "Use 1 to 20.").max(20, "Use 1 to 20."),
  }),
  /** Without one offer. */
  z.object({
    kind: z.literal("without"),
    id: z.string().min(1, "Choose an offer."),
    name: z.string().max(80),
  }),
  /** Always what was taken most so far. */
  z.object({ kind: z.literal("popularity") }),
  /** The model before this one: counts per offer and product, blind to who looks. */
  z.object({ kind: z.literal("previous-model") }),
]);
export type Question = z.infer<typeof QuestionSchema>;

/** Days that are looked at, back from when the question is asked. */
export const QUESTION_DAYS = 90;
