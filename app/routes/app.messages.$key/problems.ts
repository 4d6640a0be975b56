import { checkContent, type Content } from "#app/messages/blocks";
import type { Locale } from "#app/shops/settings";

/** What every part of the editor needs: the content, the language being edited, what is wrong, how to change it. */
export type Edit = {
  content: Content;
  language: Locale;
  /** By field: "subject.en", "blocks.<id>.<field>.<locale>". */
  problems: Record<string, string>;
  onChange: (content: Content) => void;
};

/** The linter's findings while the merchant types; the first one per field, with the place it is at. */
export function problemsByField(content: Content): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const { field, message, position } of checkContent(content)) {
    const excerpt = textAt(content, field).slice(position, position + 24);
    problems[field] ??= excerpt ? `${message} (at “${excerpt}”)` : message;
  }
  return problems;
}

function textAt(content: Content, path: string): string {
  const [part, ...rest] = path.split(".");
  if (part !== "blocks") return content[part as "subject" | "preheader" | "short"]?.[rest[0] as Locale] ?? "";
  const [id, field, locale] = rest;
  const block = content.blocks.find((one) => one.id === id);
  return block?.fields[field ?? ""]?.[locale as Locale] ?? "";
}

/** The problem to show at a field in one language; an empty required field is a problem in every language. */
export function problemAt(
  edit: Edit,
  path: string,
  texts: Partial<Record<Locale, string>>,
): string | undefined {
  const isEmpty = Object.values(texts).every((text) => !text?.trim());
  return edit.problems[`${path}.${edit.language}`] ?? (isEmpty ? edit.problems[`${path}.en`] : undefined);
}
