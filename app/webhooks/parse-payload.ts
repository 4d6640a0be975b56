import type { z } from "zod";
import { parseStorable } from "#app/db/storable";

export type Parsed<Value> = { ok: true; value: Value } | { ok: false; problems: string[] };

/**
 * JSON with every integer that a float cannot hold kept as text: ids beyond 2^53 would come out rounded, and a rounded
 * id belongs to another order.
 * @throws SyntaxError where the text is not JSON
 */
export function parseJson(text: string): unknown {
  const keepDigits = (_key: string, value: unknown, context?: { source: string }) =>
    typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value) && context
      ? context.source
      : value;
  return JSON.parse(text, keepDigits as (key: string, value: unknown) => unknown);
}

/** Reads a body against the schema of its topic; the problems name fields, never their values. */
export function parseWith<Value>(schema: z.ZodType<Value>, body: string): Parsed<Value> {
  let json: unknown;
  try {
    json = parseStorable(body, parseJson);
  } catch {
    return { ok: false, problems: ["the body is not JSON"] };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { ok: true, value: parsed.data };
  return {
    ok: false,
    problems: parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`),
  };
}
