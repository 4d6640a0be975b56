import type { Answers } from "#app/surveys/check-answers";
import { scaleOf, type Question } from "#app/surveys/question";

const BODY_LIMIT = 64 * 1024;

/**
 * Reads a posted form as answers to these questions. What is not a number on a scale stays text, and is told as a
 * problem later.
 * @returns null where the body is larger than any honest answer
 */
export async function readAnswers(request: Request, questions: Question[]): Promise<Answers | null> {
  const text = await readText(request, BODY_LIMIT);
  if (text === null) return null;
  const form = new URLSearchParams(text);
  const answers: Answers = {};
  for (const { id, type } of questions) {
    if (!form.has(id)) continue;
    const value = form.get(id)!;
    if (type === "multi") answers[id] = form.getAll(id);
    else if (scaleOf(type) && /^\d{1,2}$/.test(value)) answers[id] = Number(value);
    else answers[id] = value;
  }
  return answers;
}

function chunksOf(request: Request): AsyncIterable<Uint8Array> | Uint8Array[] {
  return (request.body as AsyncIterable<Uint8Array> | null) ?? [];
}

async function readText(request: Request, limit: number): Promise<string | null> {
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for await (const chunk of chunksOf(request)) {
    size += chunk.byteLength;
    if (size > limit) return null;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
