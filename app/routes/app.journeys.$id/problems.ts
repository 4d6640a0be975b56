import type { Problems } from "./vocabulary";

/** What the server found: by part of the journey ("trigger", "exits", "goal", a step's id), then by field. */
export type ProblemsByPart = Readonly<Record<string, Problems>>;

type Found = { stepId: string | null; path: string; message: string };

const SEPARATOR = " › ";

/** As the action answers it: one text per part and field. */
export function toRecord(found: Found[]): Record<string, string> {
  const record: Record<string, string> = {};
  for (const { stepId, path, message } of found) {
    const [part, field] = stepId
      ? [stepId, fieldOf(path)]
      : [path.split(".")[0]!, path.split(".").slice(1).join(".")];
    record[`${part}${SEPARATOR}${field}`] ??= message;
  }
  return record;
}

export function byPart(record: Record<string, string>): ProblemsByPart {
  const parts: Record<string, Record<string, string>> = {};
  for (const [key, message] of Object.entries(record)) {
    const [part = "", field = ""] = key.split(SEPARATOR);
    (parts[part] ??= {})[field] ??= withoutPlace(message);
  }
  return parts;
}

/** Beside the field nobody needs to be told where it is: "Step 2 (Wait): use …" → "Use …". */
function withoutPlace(message: string): string {
  const words = message.replace(/^Step .+?\): /, "");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What comes after the innermost step of a path: "steps.0.paths.1.steps.2.template" → "template". */
function fieldOf(path: string): string {
  return path.replace(/^.*?(?:steps|otherwise)\.\d+\.(?!.*(?:steps|otherwise)\.\d+)/, "");
}
