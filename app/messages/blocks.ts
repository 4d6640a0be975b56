import type { Locale } from "#app/shops/settings";
import { safeUrl } from "./escape";
import { evaluateAll, parseText, type Piece, type Problem } from "./template-language";
import { variable } from "./variables";

/**
 * What a template is made of. The order of blocks is the same in all languages; each field has a text per language.
 * Conditions are part of a block ("tracking shows where there is a parcel"), so texts never need code.
 */
export type FieldKind = "line" | "paragraphs" | "url";
export type Field = { name: string; label: string; kind: FieldKind; required: boolean };

const line = (name: string, label: string, required = true): Field => ({
  name,
  label,
  kind: "line",
  required,
});
const paragraphs = (name: string, label: string): Field => ({
  name,
  label,
  kind: "paragraphs",
  required: true,
});
const url = (name: string, label: string, required = true): Field => ({ name, label, kind: "url", required });

export type BlockType = keyof typeof BLOCKS;

/** Every type of block: its fields, and when it shows. */
export const BLOCKS = {
  heading: { label: "Heading", shows: "Always", fields: [line("text", "Heading")] },
  text: { label: "Text", shows: "Always", fields: [paragraphs("text", "Text")] },
  button: { label: "Button", shows: "Always", fields: [line("text", "Label"), url("url", "Link")] },
  image: {
    label: "Picture",
    shows: "Always",
    fields: [url("url", "Picture address"), line("alt", "What it shows", false), url("link", "Link", false)],
  },
  products: {
    label: "Products of the order",
    shows: "Where the order is known",
    fields: [line("heading", "Heading", false)],
  },
  tracking: {
    label: "Tracking",
    shows: "Where there is a parcel",
    fields: [
      line("heading", "Heading"),
      line("expected", "Expected by", false),
      line("button", "Label of the button"),
    ],
  },
  nps: {
    label: "Would you recommend us? (0 to 10)",
    shows: "Where the person was not asked in the last 90 days",
    fields: [line("question", "Question"), line("low", "At 0"), line("high", "At 10")],
  },
  points: {
    label: "Points",
    shows: "For members of the loyalty programme",
    fields: [paragraphs("text", "Text")],
  },
  divider: { label: "Line", shows: "Always", fields: [] },
  offer: {
    label: "Offer",
    shows: "Where an offer fits the order, to people who agreed to marketing",
    fields: [line("heading", "Heading", false), line("button", "Label of the button")],
  },
  marketing: {
    label: "Marketing",
    shows: "Only to people who agreed to marketing",
    fields: [
      line("heading", "Heading"),
      paragraphs("text", "Text"),
      line("button", "Label of the button"),
      url("url", "Link"),
    ],
  },
} as const satisfies Record<string, { label: string; shows: string; fields: readonly Field[] }>;

export const BLOCK_TYPES = Object.keys(BLOCKS) as [BlockType, ...BlockType[]];
export const MOST_BLOCKS = 40;

/** A text per language. */
export type LocalizedText = Partial<Record<Locale, string>>;

export type Block = { id: string; type: BlockType; fields: Record<string, LocalizedText> };

export type Content = {
  subject: LocalizedText;
  preheader: LocalizedText;
  blocks: Block[];
  /** The same news in a few plain words, for SMS, WhatsApp, push and the inbox; none: this template is a mail only. */
  short?: LocalizedText;
};

/** Longest short form as written, in UTF-16 units: two SMS, with room for what its variables become. */
export const LONGEST_SHORT = 300;

export function fieldsOf(type: BlockType): readonly Field[] {
  return BLOCKS[type].fields;
}

/** The text in the wanted language, else in the first language that has one. */
export function inLocale(text: LocalizedText | undefined, locale: Locale): string {
  if (!text) return "";
  return text[locale] || text.en || Object.values(text).find(Boolean) || "";
}

/** A problem beside the field it is in: "subject.en", "blocks.<id>.<field>.<locale>". */
export type ContentProblem = Problem & { field: string };

/** What keeps a template from being saved: every text in every language is checked. */
export function checkContent(content: Content): ContentProblem[] {
  const problems: ContentProblem[] = [
    ...checkTexts("subject", content.subject, { kind: "line", required: true }),
    ...checkTexts("preheader", content.preheader, { kind: "line", required: false }),
  ];
  problems.push(...checkTexts("short", content.short ?? {}, { kind: "line", required: false }));
  for (const locale of Object.keys(content.short ?? {}) as Locale[]) {
    if (content.short![locale]!.length <= LONGEST_SHORT) continue;
    const message = `Use at most ${LONGEST_SHORT} characters.`;
    problems.push({ field: `short.${locale}`, message, position: LONGEST_SHORT });
  }
  for (const { id, type, fields } of content.blocks) {
    for (const field of fieldsOf(type)) {
      problems.push(...checkTexts(`blocks.${id}.${field.name}`, fields[field.name] ?? {}, field));
    }
  }
  return problems;
}

function checkTexts(
  path: string,
  texts: LocalizedText,
  { kind, required }: Pick<Field, "kind" | "required">,
): ContentProblem[] {
  const written = (Object.keys(texts) as Locale[]).filter((locale) => texts[locale]?.trim());
  if (required && written.length === 0)
    return [{ field: `${path}.en`, message: "Write something here.", position: 0 }];
  return written.flatMap((locale) => {
    const check = kind === "url" ? parseUrl : parseText;
    return check(texts[locale]!).problems.map((problem) => ({ ...problem, field: `${path}.${locale}` }));
  });
}

/**
 * A link field: a web address in which variables may fill gaps, or one variable that is a web address.
 * Gaps are percent-encoded, so that a value can never change where the link leads.
 */
export function parseUrl(source: string): { pieces: Piece[]; problems: Problem[] } {
  const text = source.trim();
  const { pieces, problems } = parseText(text);
  if (problems.length > 0) return { pieces: [], problems };
  const [first, ...rest] = pieces;
  if (first !== undefined && typeof first !== "string") {
    if (variable(first.path)?.kind === "url" && rest.length === 0) return { pieces, problems: [] };
    return {
      pieces: [],
      problems: [{ message: "Start with https://, or use one variable that is a web address.", position: 0 }],
    };
  }
  const host = /^https:\/\/[^/?#\s]+(?=[/?#]|$)/i.exec(first ?? "");
  // The host must be complete before the first gap: no value may have a say in it.
  const isComplete = host && (rest.length === 0 || host[0].length < (first ?? "").length);
  const sample = evaluateAll(
    pieces.map((piece) => (typeof piece === "string" ? piece : "x")),
    new Map(),
    { locale: "en", timezone: "UTC" },
  );
  if (!isComplete || !safeUrl(sample)) {
    return {
      pieces: [],
      problems: [{ message: "Use a web address that starts with https://.", position: 0 }],
    };
  }
  return { pieces, problems: [] };
}
