import { checkBlock, checkHead } from "#app/messages/check-content";
import {
  inAnyLocale,
  type Block,
  type Content,
  type ContentProblem,
  type LocalizedText,
} from "#app/messages/blocks";
import type { Locale } from "#app/shops/settings";

/** By field and language: "subject.en", "<field>.<locale>" of a block. */
export type Problems = Record<string, string>;

const NONE: Problems = {};
const ofBlocks = new WeakMap<Block, Problems>();

/** The linter's findings while the merchant types, the first one per field. A block that did not change is not read again. */
export function problemsOfBlock(block: Block): Problems {
  let problems = ofBlocks.get(block);
  if (!problems) {
    problems = byField(checkBlock(block), (path) => {
      const [, , field = "", locale = ""] = path.split(".");
      return [`${field}.${locale}`, block.fields[field]?.[locale as Locale] ?? ""];
    });
    ofBlocks.set(block, problems);
  }
  return problems;
}

/** The same for the texts around the blocks: subject, preview line, short form. */
export function problemsOfHead(content: Pick<Content, "subject" | "preheader" | "short">): Problems {
  return byField(checkHead(content), (path) => {
    const [field, locale] = path.split(".") as ["subject" | "preheader" | "short", Locale];
    return [path, content[field]?.[locale] ?? ""];
  });
}

function byField(found: ContentProblem[], read: (path: string) => [key: string, text: string]): Problems {
  if (found.length === 0) return NONE;
  const problems: Problems = {};
  for (const { field, message, position } of found) {
    const [key, text] = read(field);
    const excerpt = text.slice(position, position + 24);
    problems[key] ??= excerpt ? `${message} (at “${excerpt}”)` : message;
  }
  return problems;
}

/** The problem to show at a field in one language; an empty required field is a problem in every language. */
export function problemAt(
  problems: Problems,
  field: string,
  texts: LocalizedText,
  language: Locale,
): string | undefined {
  return problems[`${field}.${language}`] ?? (inAnyLocale(texts) ? undefined : problems[`${field}.en`]);
}

export function hasProblems(problems: Problems, language: Locale): boolean {
  return Object.keys(problems).some((path) => path.endsWith(`.${language}`));
}
