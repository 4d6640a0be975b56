import { z } from "zod";
import type { Locale } from "#app/shops/settings";

/** The rules of one shop's points. */
export const ProgramSchema = z.object({
  enabled: z.boolean(),
  name: z.string().trim().min(1, "Give the programme a name.").max(40, "Use at most 40 characters."),
  pointsPerUnit: z
    .int("Use a whole number.")
    .min(1, "Give at least 1 point.")
    .max(1000, "Use at most 1000 points."),
  joinBonus: z
    .int("Use a whole number.")
    .min(0, "Use 0 or more points.")
    .max(100_000, "Use at most 100000 points."),
  /** For a finished survey. */
  surveyPoints: z
    .int("Use a whole number.")
    .min(0, "Use 0 or more points.")
    .max(10_000, "Use at most 10000 points."),
  /** Days after the order until its points are approved: the return window. */
  pendingDays: z
    .int("Use a whole number of days.")
    .min(0, "Use 0 or more days.")
    .max(365, "Use at most 365 days."),
});
export type Program = z.infer<typeof ProgramSchema>;

export const DEFAULT_PROGRAM: Program = {
  enabled: false,
  name: "Rewards",
  pointsPerUnit: 1,
  joinBonus: 100,
  surveyPoints: 0,
  pendingDays: 30,
};

/** @param row as it is stored; the defaults, switched off, where the shop has never saved any */
export function readProgram(row: unknown): Program {
  return row ? ProgramSchema.parse(row) : DEFAULT_PROGRAM;
}

/**
 * The words a person agrees to when joining. They are stored with the membership as proof, so a change here never
 * changes what earlier members agreed to.
 */
export function consentText(program: Pick<Program, "name">, shopName: string, locale: Locale): string {
  const { name } = program;
  const texts: Record<Locale, string> = {
    en: `I want to join ${name}. ${shopName} may keep my orders and points for it. I can leave at any time.`,
    de: `Ich möchte an ${name} teilnehmen. ${shopName} darf dafür meine Bestellungen und Punkte speichern. Ich kann jederzeit austreten.`,
    fr: `Je souhaite rejoindre ${name}. ${shopName} peut conserver pour cela mes commandes et mes points. Je peux quitter le programme à tout moment.`,
    es: `Quiero unirme a ${name}. ${shopName} puede guardar para ello mis pedidos y puntos. Puedo darme de baja en cualquier momento.`,
  };
  return texts[locale];
}
