import type { z } from "zod";
import { storable } from "#app/db/storable";

/** First problem per field, keyed by the field's path ("brand.primaryColor"). */
export type Problems = Record<string, string>;

/** Reads a JSON body against a schema; bad input becomes a problem beside its field, never an exception. */
export async function readForm<Value>(
  request: Request,
  schema: z.ZodType<Value>,
): Promise<{ ok: true; value: Value } | { ok: false; problems: Problems }> {
  const json: unknown = await request.json().catch(() => null);
  const parsed = schema.safeParse(storable(json));
  if (parsed.success) return { ok: true, value: parsed.data };
  const problems: Problems = {};
  for (const issue of parsed.error.issues) problems[issue.path.join(".")] ??= issue.message;
  return { ok: false, problems };
}

/** Problems of `{ form, … }` as problems of the form itself. */
export function withoutPrefix(problems: Problems): Problems {
  return Object.fromEntries(
    Object.entries(problems).map(([path, text]) => [path.replace(/^form\./, ""), text]),
  );
}
