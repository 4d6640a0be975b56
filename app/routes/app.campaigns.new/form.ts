import { z } from "zod";
import { CHANNELS, type Channel } from "#app/contact-policy/contact";
import { isTemplateKey, type TemplateKey } from "#app/messages/default-templates";
import type { CampaignPreview } from "#app/messages/messages.server";
import { daySchema } from "#app/shops/day";
import { LOCALES } from "#app/shops/settings";
import type { SaveResult } from "#app/ui/save";

const template = z.custom<TemplateKey>(
  (key) => typeof key === "string" && isTemplateKey(key),
  "Choose a message.",
);
const day = z.literal("").or(daySchema("Choose a day."));
/** Bounds come first: also a number that is too long to be a whole one for a computer is above them. */
const wholeNumber = (problem: string, most: number, tooMuch = problem) =>
  z.number(problem).min(0, problem).max(most, tooMuch).int(problem);

const reach = {
  countries: z.array(z.string().length(2)).max(250),
  leastOrders: wholeNumber("Use a whole number from 0.", 1_000, "Use at most 1,000."),
  /** Days in the shop's zone; empty: no bound. */
  orderedSince: day,
  orderedBefore: day,
  holdoutPercent: wholeNumber("Use a whole number from 0 to 50.", 50),
  when: z.enum(["now", "later"]),
  /** What the shop's clocks show, like "2026-11-22T10:00". */
  at: z.string().max(16),
};

const channels = z.array(z.enum(CHANNELS)).max(CHANNELS.length);

/** What the page asks its action to do. Components import the types only. */
export const ActionForm = z.discriminatedUnion("intent", [
  /** How many, and who: also while the form is still unfinished. */
  z.object({ intent: z.literal("look"), ...reach, template: template.or(z.literal("")), channels }),
  z.object({ intent: z.literal("test"), template, locale: z.enum(LOCALES) }),
  z.object({
    intent: z.literal("schedule"),
    /** The same form sent twice is one campaign. */
    key: z.uuid(),
    name: z.string().trim().min(1, "Give it a name.").max(80, "Use at most 80 characters."),
    template,
    channels: channels.min(1, "Choose at least one channel."),
    ...reach,
  }),
]);
export type CampaignAction = z.infer<typeof ActionForm>;

export type CampaignDraft = {
  name: string;
  template: TemplateKey | "";
  channels: Channel[];
  countries: string[];
  leastOrders: number;
  orderedSince: string;
  orderedBefore: string;
  holdoutPercent: number;
  when: "now" | "later";
  at: string;
};

/** `preview` is null while there is no message or no channel to judge. */
export type Look = { audience: number; preview: CampaignPreview | null };
export type CampaignActionResult = SaveResult & { look?: Look };
