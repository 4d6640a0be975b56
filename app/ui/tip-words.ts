import type { TipKind, TipScope } from "#app/content/tip";

/** What kinds of tip there are, in words for the merchant. */
export const KIND_WORDS: Record<TipKind, { name: string; help: string }> = {
  "quick-start": { name: "First steps", help: "What to do when the parcel is there." },
  "how-to": { name: "How to use it", help: "Get the most out of it, best with a video." },
  care: { name: "Care", help: "Clean it, store it, make it last." },
};

export const SCOPE_WORDS: Record<TipScope, string> = {
  products: "Certain products",
  collections: "Collections",
  tags: "Products with a tag",
  types: "Product types",
  everything: "Everything you sell",
};

/** What a tip is about, in a few words. @param names of its keys, where they have some */
export function aboutWords(scope: TipScope, keys: string[], names: Record<string, string>): string {
  if (scope === "everything") return SCOPE_WORDS.everything;
  const [first, second] = keys.map(
    (key) => names[key] ?? (key.startsWith("gid:") ? "one that is gone" : key),
  );
  const more = keys.length > 2 ? ` and ${keys.length - 2} more` : "";
  return [first, second].filter(Boolean).join(", ") + more;
}
