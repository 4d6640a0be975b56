import { checkBlock, checkHead } from "#app/messages/check-content";
import {
  inAnyLocale,
  type Block,
  type Content,
  type ContentProblem,
  type LocalizedText,
} from "#app/messages/blocks";
import { mainLocale, type Locale } from "#app/shops/settings";

/** By field and language: "subject.en", "<field>.<locale>" of a block. */
export type Problems = Record<string, string>;

const NONE: Problems = {};
const ofBlocks = new WeakMap<Block, { languages: Locale[]; problems: Problems }>();

/**
 * The linter's findings while the merchant types, the first one per field. A block that did not change is not read again.
 * @param languages the shop's, the main one first
 */
export function problemsOfBlock(block: Block, languages: Locale[]): Problems {
  const known = ofBlocks.get(block);
  if (known?.languages === languages) return known.problems;
  const problems = byField(checkBlock(block, languages), (path) => {
    const [, , field = "", locale = ""] = path.split(".");
    return [`${field}.${locale}`, block.fields[field]?.[locale as Locale] ?? ""];
  });
  ofBlocks.set(block, { languages, problems });
  return problems;
}

/** The same for the texts around the blocks: subject, preview line, short form. */
export function problemsOfHead(
  content: Pick<Content, "subject" | "preheader" | "short">,
  languages: Locale[],
): Problems {
  return byField(checkHead(content, languages), (path) => {
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
  languages: Locale[],
): string | undefined {
  const own = problems[`${field}.${language}`];
  return own ?? (inAnyLocale(texts, languages) ? undefined : problems[`${field}.${mainLocale(languages)}`]);
}

export function hasProblems(problems: Problems, language: Locale): boolean {
  return Object.keys(problems).some((path) => path.endsWith(`.${language}`));
}
