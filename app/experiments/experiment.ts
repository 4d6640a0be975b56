import { z } from "zod";
import type { Experiment as ExperimentRow } from "#app/generated/prisma/client";
import { assignVariant } from "./assignment";
import { METRICS, METRICS_OF, SUBJECTS, type Subject } from "./subjects";

/**
 * An experiment compares variants of one thing. What a variant changes is opaque here: the domain that owns the thing
 * reads it. The first variant is the thing as it is.
 */
export const MOST_VARIANTS = 5;

const VariantSchema = z.object({
  key: z.string().regex(/^[a-e]$/),
  name: z.string().trim().min(1, "Give the variant a name.").max(60, "Use at most 60 characters."),
  /** Percent of the people. */
  share: z.int("Use a whole number.").min(1, "Use at least 1 %.").max(99, "Use at most 99 %."),
  change: z.record(z.string(), z.unknown()),
});
export type Variant = z.infer<typeof VariantSchema>;

export const ExperimentFormSchema = z
  .object({
    name: z.string().trim().min(1, "Give the experiment a name.").max(80, "Use at most 80 characters."),
    subject: z.enum(SUBJECTS),
    subjectId: z.string().min(1, "Choose what to test.").max(80),
    metric: z.enum(METRICS),
    variants: z
      .array(VariantSchema)
      .min(2, "Compare at least two variants.")
      .max(MOST_VARIANTS, `Compare at most ${MOST_VARIANTS} variants.`),
  })
  .refine(({ subject, metric }) => METRICS_OF[subject].includes(metric), {
    path: ["metric"],
    message: "This cannot be measured here. Choose another figure.",
  })
  .refine(({ variants }) => variants.reduce((sum, { share }) => sum + share, 0) === 100, {
    path: ["variants"],
    message: "The shares must add up to 100 %.",
  })
  .refine(({ variants }) => new Set(variants.map(({ key }) => key)).size === variants.length, {
    path: ["variants"],
    message: "Every variant needs a key of its own.",
  });
export type ExperimentForm = z.infer<typeof ExperimentFormSchema>;

export type Experiment = ExperimentForm & {
  id: string;
  salt: string;
  status: ExperimentRow["status"];
  startedAt: Date;
  endedAt: Date | null;
  /** Key of the variant that stayed. */
  promoted: string | null;
  /** Whether promoting can be taken back. */
  isUndoable: boolean;
};

/** What the hot paths need of one that runs. */
export type Running = Pick<Experiment, "id" | "subject" | "subjectId" | "salt" | "variants">;

export function readExperiment(row: ExperimentRow): Experiment {
  const { id, name, subject, subjectId, metric, salt, status, startedAt, endedAt, promoted } = row;
  const form = { name, subject, subjectId, metric, variants: row.variants } as ExperimentForm;
  return { ...form, id, salt, status, startedAt, endedAt, promoted, isUndoable: row.replaced !== null };
}

/** Variant by experiment: what a person meets of each. */
export type Trials = Readonly<Record<string, string>>;

/**
 * @param earlier what the same person or purchase met before: who signs in meanwhile must not see the price change
 */
export function trialsOf(running: readonly Running[], personKey: string, earlier: Trials = {}): Trials {
  if (running.length === 0) return NO_TRIALS;
  return Object.fromEntries(
    running.map(({ id, salt, variants }) => [id, earlier[id] ?? assignVariant(salt, personKey, variants)]),
  );
}
export const NO_TRIALS: Trials = {};

/** What the person's variant changes of a thing; null where it stays as it is. */
export function changeFor(
  running: readonly Running[],
  trials: Trials,
  subject: Subject,
  subjectId: string,
): Variant["change"] | null {
  const experiment = running.find((one) => one.subject === subject && one.subjectId === subjectId);
  if (!experiment) return null;
  const variant = experiment.variants.find(({ key }) => key === trials[experiment.id]);
  return variant && Object.keys(variant.change).length > 0 ? variant.change : null;
}
