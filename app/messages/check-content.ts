import type { Locale } from "#app/shops/settings";
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

/** What keeps a template from being saved: every text in every language is checked. */
export function checkContent(content: Content): ContentProblem[] {
  return [...checkHead(content), ...allBlocks(content.blocks).flatMap(checkBlock)];
}

/** The texts around the blocks. */
export function checkHead({
  subject,
  preheader,
  short = {},
}: Pick<Content, "subject" | "preheader" | "short">): ContentProblem[] {
  const tooLong = (Object.keys(short) as Locale[])
    .filter((locale) => short[locale]!.length > LONGEST_SHORT)
    .map((locale) => ({
      field: `short.${locale}`,
      message: `Use at most ${LONGEST_SHORT} characters.`,
      position: LONGEST_SHORT,
    }));
  return [
    ...checkTexts("subject", subject, { kind: "line", required: true }),
    ...checkTexts("preheader", preheader, { kind: "line", required: false }),
    ...checkTexts("short", short, { kind: "line", required: false }),
    ...tooLong,
  ];
}

/** One block alone: what stands in its columns are blocks too. */
export function checkBlock(block: Block): ContentProblem[] {
  const { id, type, fields } = block;
  const path = `blocks.${id}`;
  const problems = fieldsOf(type).flatMap((field) =>
    checkTexts(`${path}.${field.name}`, fields[field.name] ?? {}, field),
  );
  if (type === "columns" && block.columns?.length !== 2)
    problems.push({ field: path, message: "This block needs two columns.", position: 0 });
  if (type === "survey" && !settingOf(block, "survey"))
    problems.push({ field: `${path}.settings.survey`, message: "Choose a survey.", position: 0 });
  return problems;
}

function checkTexts(
  path: string,
  texts: LocalizedText,
  { kind, required }: Pick<Field, "kind" | "required">,
): ContentProblem[] {
  if (!inAnyLocale(texts)) {
    return required ? [{ field: `${path}.en`, message: "Write something here.", position: 0 }] : [];
  }
  const written = (Object.keys(texts) as Locale[]).filter((locale) => texts[locale]?.trim());
  const check = kind === "url" ? parseUrl : parseText;
  return written.flatMap((locale) =>
    check(texts[locale]!).problems.map((problem) => ({ ...problem, field: `${path}.${locale}` })),
  );
}
