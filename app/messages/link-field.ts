import { safeUrl } from "./escape";
import { evaluateAll, parseText, type Piece, type Problem } from "./template-language";
import { variable } from "./variables";

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
