import { z } from "zod";

/** The steps between installing and selling. Each can be skipped; the set-up guide on the home page shows them. */
export const ONBOARDING_STEPS = ["brand", "surfaces", "offer", "survey", "loyalty"] as const;
export type OnboardingStep = (typeof ONBOARDING_STEPS)[number];
export type StepState = "done" | "skipped";

export const OnboardingSchema = z.partialRecord(z.enum(ONBOARDING_STEPS), z.enum(["done", "skipped"]));
export type Onboarding = z.infer<typeof OnboardingSchema>;

/** The first step that is neither done nor skipped, those behind `after` before those in front of it; null when all are. */
export function nextStep(onboarding: Onboarding, after?: OnboardingStep): OnboardingStep | null {
  const start = after ? ONBOARDING_STEPS.indexOf(after) + 1 : 0;
  const inTurn = [...ONBOARDING_STEPS.slice(start), ...ONBOARDING_STEPS.slice(0, start)];
  return inTurn.find((step) => !onboarding[step]) ?? null;
}
