import { z } from "zod";
import { plainPhone } from "#app/contact-policy/contact";

/** What the page asks its action to do. Components import the types only. */
const phone = (message: string) =>
  z
    .string()
    .trim()
    .refine((text) => plainPhone(text) !== null, message)
    .transform((text) => plainPhone(text)!);
const sender = z
  .string()
  .trim()
  .refine(
    (text) => text === "" || /^MG[0-9a-f]{32}$/i.test(text) || plainPhone(text) !== null,
    "Use a number with its country, like +4915112345678, or the sid of a messaging service (MG…).",
  )
  .transform((text) => (/^MG/i.test(text) ? text : (plainPhone(text) ?? "")));

export const TwilioForm = z.object({
  intent: z.literal("save-twilio"),
  accountSid: z
    .string()
    .trim()
    .regex(/^(AC[0-9a-f]{32})?$/i, "An account SID starts with AC and has 34 characters."),
  /** Empty: the stored one stays. */
  token: z.string().trim().max(200),
  smsFrom: sender,
  whatsappFrom: sender,
  sms: z.boolean(),
  whatsapp: z.boolean(),
});
export type TwilioForm = z.input<typeof TwilioForm>;

export const WebhookForm = z.object({
  intent: z.literal("save-webhook"),
  url: z.string().trim().max(2_000),
  enabled: z.boolean(),
});
export type WebhookForm = z.infer<typeof WebhookForm>;

export const ActionForm = z.discriminatedUnion("intent", [
  TwilioForm,
  WebhookForm,
  z.object({ intent: z.literal("new-secret") }),
  z.object({
    intent: z.literal("switch"),
    channel: z.enum(["push", "inbox", "phone"]),
    enabled: z.boolean(),
  }),
  z.object({
    intent: z.literal("test-text"),
    channel: z.enum(["sms", "whatsapp"]),
    to: phone("Use a number with its country, like +4915112345678."),
  }),
  z.object({ intent: z.literal("test-webhook") }),
]);
export type ChannelsAction = z.input<typeof ActionForm>;
