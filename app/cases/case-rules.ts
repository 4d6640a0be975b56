import { z } from "zod";
import { EXCEPTION_KINDS, type ExceptionKind } from "#app/parcels/exception";
import type { CaseType } from "./case";

/** What opens cases by itself, and when a shopper should hear from us. Pure. */

/** The type of the case that a delivery's exception opens. */
export const TYPE_OF_EXCEPTION: Record<ExceptionKind, CaseType> = {
  "not-shipped": "late",
  "not-picked-up": "late",
  stalled: "late",
  late: "late",
  "failed-attempt": "not-arrived",
  "not-collected": "not-arrived",
  "not-delivered": "not-arrived",
  "wrong-address": "wrong-address",
  damaged: "damaged",
  lost: "not-arrived",
  returned: "not-arrived",
};

/** Where nothing happens by itself: somebody has to act. */
const NEEDS_STAFF: ExceptionKind[] = ["not-delivered", "wrong-address", "damaged", "lost", "returned"];

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Use a time like 09:00.");

export const CaseRulesSchema = z
  .object({
    exceptions: z.array(z.enum(EXCEPTION_KINDS)).default(NEEDS_STAFF),
    /** NPS scores of 0 to 6. */
    detractors: z.boolean().default(true),
    /** Hours in which the shop is open; days off are those of the delivery rules. */
    answerHours: z
      .int("Use a whole number.")
      .min(1, "Use 1 to 80 hours.")
      .max(80, "Use 1 to 80 hours.")
      .default(8),
    opensAt: time.default("09:00"),
    closesAt: time.default("17:00"),
  })
  .refine(({ opensAt, closesAt }) => opensAt < closesAt, {
    path: ["closesAt"],
    message: "Close after you open.",
  });
export type CaseRules = z.infer<typeof CaseRulesSchema>;
export const DEFAULT_CASE_RULES: CaseRules = CaseRulesSchema.parse({});
