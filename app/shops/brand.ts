import { z } from "zod";
import { contrast } from "./contrast";

/** How the shop looks and signs in mails and on shoppers' pages. */

const colour = z.string().regex(/^#[0-9a-fA-F]{6}$/, "Use a colour like #1f6feb.");
const webAddress = (error: string) =>
  z
    .url({ protocol: /^https$/, error })
    .max(500, "Use at most 500 characters.")
    .or(z.literal(""))
    .default("");
const line = (most: number) => z.string().trim().max(most, `Use at most ${most} characters.`).default("");

/** Font stacks that every mail program has one of. */
export const FONTS = ["modern", "classic", "friendly", "plain", "typewriter"] as const;
export const CORNERS = ["soft", "round", "square"] as const;
export const NETWORKS = ["instagram", "facebook", "tiktok", "youtube", "pinterest"] as const;

/** The least contrast of text (WCAG 2.2 AA). */
const READABLE = 4.5;

const profile = webAddress("Use the whole address of your profile, with https://.");

export const BrandSchema = z.object({
  logoUrl: z
    .url({ protocol: /^https?$/, error: "Use a web address that starts with https://." })
    .or(z.literal(""))
    .default(""),
  primaryColor: colour.default("#1f4d3d"),
  headingColor: colour
    .refine((text) => contrast(text, "#ffffff") >= READABLE, "Too light to read on white. Use a darker one.")
    .default("#1a1a1a"),
  /** Behind the mail. */
  pageColor: colour
    .refine(
      (text) => contrast(text, "#595959") >= READABLE,
      "The footer cannot be read on it. Use a lighter one.",
    )
    .default("#f4f4f2"),
  font: z.enum(FONTS).default("modern"),
  corners: z.enum(CORNERS).default("soft"),
  senderName: line(60),
  replyTo: z.email("Use an email address like help@shop.example.").or(z.literal("")).default(""),
  postalAddress: line(200),
  footerText: line(300),
  social: z
    .object({ instagram: profile, facebook: profile, tiktok: profile, youtube: profile, pinterest: profile })
    .prefault({}),
  /** Where shoppers review the shop; "{stars}" in it becomes the number of stars. */
  reviewUrl: z
    .string()
    .trim()
    .max(500, "Use at most 500 characters.")
    .refine(
      (text) => text === "" || /^https:\/\/[^\s/]+\S*$/.test(text.replaceAll("{stars}", "5")),
      "Use a web address that starts with https://.",
    )
    .default(""),
  /** A note to whoever writes: how the shop speaks. */
  tone: line(500),
});
export type Brand = z.infer<typeof BrandSchema>;
