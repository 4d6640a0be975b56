import { LANGUAGE_NAMES, LOCALES, mainLocale, type Locale } from "#app/shops/settings";
import {
  allBlocks,
  fieldsOf,
  inAnyLocale,
  LONGEST_SHORT,
  settingOf,
  type Block,
  type Content,
  type ContentProblem,
  type LocalizedText,
} from "./blocks";
import type { Field } from "./block-types";
import { parseUrl } from "./link-field";
import { parseText } from "./template-language";

/**
 * What keeps a template from being saved: every text in every language is checked.
 * @param locales the shop's languages, the main one first: it must have every text that one of the others has. Left
 *   out, it is only asked whether the content can be rendered, as for what was saved before the languages were changed.
 */
export function checkContent(content: Content, locales?: readonly Locale[]): ContentProblem[] {
  return [
    ...checkHead(content, locales),
    ...allBlocks(content.blocks).flatMap((block) => checkBlock(block, locales)),
  ];
}

/** The texts around the blocks. */
export function checkHead(
  { subject, preheader, short = {} }: Pick<Content, "subject" | "preheader" | "short">,
  locales?: readonly Locale[],
): ContentProblem[] {
  const tooLong = (Object.keys(short) as Locale[])
    .filter((locale) => short[locale]!.length > LONGEST_SHORT)
    .map((locale) => ({
      field: `short.${locale}`,
      message: `Use at most ${LONGEST_SHORT} characters.`,
      position: LONGEST_SHORT,
    }));
  const optional = { kind: "line", required: false } as const;
  return [
    ...checkTexts("subject", subject, { kind: "line", required: true, missing: "Give a subject." }, locales),
    ...checkTexts("preheader", preheader, optional, locales),
    ...checkTexts("short", short, optional, locales),
    ...tooLong,
  ];
}

/** One block alone: what stands in its columns are blocks too. */
export function checkBlock(block: Block, locales?: readonly Locale[]): ContentProblem[] {
  const { id, type, fields } = block;
  const path = `blocks.${id}`;
  const problems = fieldsOf(type).flatMap((field) =>
    checkTexts(`${path}.${field.name}`, fields[field.name] ?? {}, field, locales),
  );
  if (type === "columns" && block.columns?.length !== 2)
    problems.push({ field: path, message: "This block needs two columns.", position: 0 });
  if (type === "survey" && !settingOf(block, "survey"))
    problems.push({ field: `${path}.settings.survey`, message: "Choose a survey.", position: 0 });
  return problems;
}

type Asked = Pick<Field, "kind" | "required"> & { /** What to say where it is missing. */ missing?: string };

function checkTexts(
  path: string,
  texts: LocalizedText,
  asked: Asked,
  locales?: readonly Locale[],
): ContentProblem[] {
  const message = missingIn(texts, asked, locales);
  const field = `${path}.${mainLocale(locales ?? LOCALES)}`;
  return [...(message ? [{ field, message, position: 0 }] : []), ...checkWritten(path, texts, asked.kind)];
}

/** What the main language lacks. Texts in languages that the shop does not speak count for nothing: nobody sees them. */
function missingIn(
  texts: LocalizedText,
  { kind, required, missing }: Asked,
  locales?: readonly Locale[],
): string | null {
  const isAddress = kind === "url";
  if (!inAnyLocale(texts, isAddress ? LOCALES : locales))
    return required ? (missing ?? "Write something here.") : null;
  // An address serves all languages.
  if (!locales || isAddress) return null;
  const main = mainLocale(locales);
  if (inAnyLocale(texts, [main])) return null;
  return missing ?? `Give this text in ${LANGUAGE_NAMES[main]} too.`;
}

function checkWritten(path: string, texts: LocalizedText, kind: Field["kind"]): ContentProblem[] {
  const written = (Object.keys(texts) as Locale[]).filter((locale) => texts[locale]?.trim());
  const check = kind === "url" ? parseUrl : parseText;
  return written.flatMap((locale) =>
    check(texts[locale]!).problems.map((problem) => ({ ...problem, field: `${path}.${locale}` })),
  );
}
