import { z } from "zod";
import { LOCALES, type Locale } from "#app/shops/settings";

/**
 * A tip as the merchant wrote it: how to begin with a product, how to use it, how to look after it. In as many
 * languages as they like, about as many products as they like. It knows no shopper.
 */
export const TIP_KINDS = ["quick-start", "how-to", "care"] as const;
export type TipKind = (typeof TIP_KINDS)[number];

/** What a tip is about, the most specific first. `keys` are gids, tags or types; none for "everything". */
export const TIP_SCOPES = ["products", "collections", "tags", "types", "everything"] as const;
export type TipScope = (typeof TIP_SCOPES)[number];

const httpsUrl = z
  .url({ protocol: /^https$/, error: "Use a web address that starts with https://." })
  .max(500, "Use at most 500 characters.")
  .or(z.literal(""));

const TipTextSchema = z.object({
  title: z.string().trim().max(80, "Use at most 80 characters."),
  /** Plain text; an empty line starts a new paragraph. */
  body: z.string().trim().max(2_000, "Use at most 2,000 characters."),
  /** Where the video can be watched; empty for none. It is linked to, never played inside the shop's pages. */
  videoUrl: httpsUrl,
});
export type TipText = z.infer<typeof TipTextSchema>;

export const EMPTY_TEXT: TipText = { title: "", body: "", videoUrl: "" };

export const TipFormSchema = z
  .object({
    kind: z.enum(TIP_KINDS),
    scope: z.enum(TIP_SCOPES),
    keys: z.array(z.string().min(1).max(255)).max(250, "Choose at most 250."),
    imageUrl: httpsUrl,
    texts: z.partialRecord(z.enum(LOCALES), TipTextSchema),
  })
  .superRefine((tip, { addIssue }) => {
    if (tip.scope !== "everything" && tip.keys.length === 0)
      addIssue({ code: "custom", path: ["keys"], message: "Choose what the tip is about." });
    for (const [locale, { title, body, videoUrl }] of Object.entries(tip.texts)) {
      if (!title && (body || videoUrl))
        addIssue({ code: "custom", path: ["texts", locale, "title"], message: "Give it a title." });
      if (title && !body && !videoUrl)
        addIssue({
          code: "custom",
          path: ["texts", locale, "body"],
          message: "Write a few words, or link to a video.",
        });
    }
    if (Object.values(tip.texts).every(({ title }) => !title))
      addIssue({ code: "custom", path: ["texts"], message: "Write the tip in at least one language." });
  });
export type TipForm = z.infer<typeof TipFormSchema>;

export type Tip = TipForm & { id: string };

/** A tip in one language. `paragraphs` are plain text and may be none where there is a video. */
export type ToldTip = {
  id: string;
  kind: TipKind;
  title: string;
  paragraphs: string[];
  /** https, to be linked to. */
  videoUrl: string | null;
  /** https */
  imageUrl: string | null;
};

/** The tip in this language, else in English, else in any; null where it was never written. */
export function tipIn({ id, kind, imageUrl, texts }: Tip, locale: Locale): ToldTip | null {
  const text = [texts[locale], texts.en, ...Object.values(texts)].find((one) => one?.title);
  if (!text) return null;
  const paragraphs = text.body.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== "");
  return {
    ...{ id, kind, title: text.title, paragraphs },
    videoUrl: text.videoUrl || null,
    imageUrl: imageUrl || null,
  };
}

export type TippedProduct = { gid: string; collections: string[]; tags: string[]; productType: string };

/** Of these tips, those for one product: per kind those that are most specific, in the order they came. */
export function tipsOf(product: TippedProduct, tips: Tip[]): Tip[] {
  const about = tips.filter((tip) => isAbout(tip, product));
  return TIP_KINDS.flatMap((kind) => {
    const ofKind = about.filter((tip) => tip.kind === kind);
    const nearest = TIP_SCOPES.find((scope) => ofKind.some((tip) => tip.scope === scope));
    return ofKind.filter((tip) => tip.scope === nearest);
  });
}

function isAbout({ scope, keys }: Tip, { gid, collections, tags, productType }: TippedProduct): boolean {
  switch (scope) {
    case "products":
      return keys.includes(gid);
    case "collections":
      return collections.some((collection) => keys.includes(collection));
    case "tags":
      return tags.some((tag) => keys.includes(tag));
    case "types":
      return keys.includes(productType);
    case "everything":
      return true;
  }
}
