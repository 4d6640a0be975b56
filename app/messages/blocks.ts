import type { Locale } from "#app/shops/settings";
import type { Problem } from "./template-language";

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

export function inAnyLocale(text: LocalizedText): boolean {
  return Object.values(text).some((one) => one.trim() !== "");
}

/** An empty block of this type, with an id that none of the others has. */
export function newBlock(type: BlockType, others: Block[]): Block {
  let number = others.length + 1;
  while (others.some((block) => block.id === `${type}-${number}`)) number++;
  return { id: `${type}-${number}`, type, fields: {} };
}

/** A problem beside the field it is in: "subject.en", "blocks.<id>.<field>.<locale>". */
export type ContentProblem = Problem & { field: string };
