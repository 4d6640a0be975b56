import { LOCALES, type Locale } from "#app/shops/settings";
import { BLOCKS, type BlockShape, type Field, type Setting } from "./block-types";
import type { ShowRule } from "./show-rule";
import type { Problem } from "./template-language";

export type BlockType = keyof typeof BLOCKS;

export const BLOCK_TYPES = Object.keys(BLOCKS) as [BlockType, ...BlockType[]];
export const MOST_BLOCKS = 40;

/** A text per language. */
export type LocalizedText = Partial<Record<Locale, string>>;

export type Block = {
  id: string;
  type: BlockType;
  fields: Record<string, LocalizedText>;
  settings?: Record<string, string>;
  /** Left out: shown to everyone, where its type shows at all. */
  when?: ShowRule;
  /** Of a block of columns: what stands in each. */
  columns?: Block[][];
};

/** What may stand in a column. */
export const COLUMN_TYPES = ["image", "heading", "text", "button", "space"] as const satisfies BlockType[];
export const MOST_IN_COLUMN = 6;

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

export function settingsOf(type: BlockType): readonly Setting[] {
  const shape: BlockShape = BLOCKS[type];
  return shape.settings ?? [];
}

/** What is chosen, or the first option. */
export function settingOf(block: Block, name: string): string {
  const setting = settingsOf(block.type).find((one) => one.name === name);
  const chosen = block.settings?.[name];
  if (setting?.kind !== "choice") return chosen ?? "";
  return setting.options.find(({ value }) => value === chosen)?.value ?? setting.options[0]!.value;
}

/** All blocks, with those in columns. */
export function allBlocks(blocks: Block[]): Block[] {
  return blocks.flatMap((block) => [block, ...(block.columns ?? []).flat()]);
}

/** The text in the wanted language, else in the one that stands in for it. Never in a third: the rest of the mail is not in it. */
export function inLocale(text: LocalizedText | undefined, locale: Locale, standIn: Locale): string {
  return [text?.[locale], text?.[standIn]].find((one) => one?.trim()) ?? "";
}

/** An address is no text: one that is given in any language serves all. */
export function addressIn(text: LocalizedText | undefined, locale: Locale, standIn: Locale): string {
  return inLocale(text, locale, standIn) || Object.values(text ?? {}).find((one) => one.trim()) || "";
}

/** Whether there is a text in one of these languages; left out: in any. */
export function inAnyLocale(text: LocalizedText, locales: readonly Locale[] = LOCALES): boolean {
  return locales.some((locale) => text[locale]?.trim());
}

/**
 * The language that stands in for what a mail lacks in another: the shop's main one. A mail that was written before the
 * shop changed its main language keeps the one that most of its texts are in, or it would be nearly empty.
 */
export function standInLocale({ subject, preheader, blocks }: Content, main: Locale): Locale {
  const fields = allBlocks(blocks).flatMap(({ type, fields }) =>
    fieldsOf(type).flatMap(({ name, kind }) => (kind === "url" ? [] : [fields[name] ?? {}])),
  );
  const texts = [subject, preheader, ...fields].filter((text) => inAnyLocale(text));
  const written = (locale: Locale) => texts.filter((text) => inAnyLocale(text, [locale])).length;
  if (written(main) * 2 >= texts.length) return main;
  return LOCALES.reduce((most, locale) => (written(locale) > written(most) ? locale : most), main);
}

/** An empty block of this type, with an id that none of the others has. */
export function newBlock(type: BlockType, others: Block[]): Block {
  const taken = new Set(allBlocks(others).map(({ id }) => id));
  const free = (wanted: BlockType) => {
    let number = 1;
    while (taken.has(`${wanted}-${number}`)) number++;
    taken.add(`${wanted}-${number}`);
    return `${wanted}-${number}`;
  };
  const block: Block = { id: free(type), type, fields: {} };
  if (type !== "columns") return block;
  const inner = (one: BlockType): Block => ({ id: free(one), type: one, fields: {} });
  return { ...block, columns: [[inner("image")], [inner("heading"), inner("text")]] };
}

/** A problem beside the field it is in: "subject.en", "blocks.<id>.<field>.<locale>". */
export type ContentProblem = Problem & { field: string };
