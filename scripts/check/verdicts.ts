export type Verdict = { ok: boolean; details: string };

/** Shopify's validators answer in Markdown, one section per piece of code. Reads it back into values. */
export function readVerdicts(answer: { content: unknown[] }, expected: number): Verdict[] {
  const text = (answer.content[0] as { text: string }).text;
  const sections = expected === 0 ? [] : text.split("### Code Block ").slice(1);
  if (sections.length !== expected) throw new Error(`Expected ${expected} verdicts in:\n${text}`);
  return sections.map((section) => ({
    ok: /\*\*Status:\*\* ✅/.test(section),
    details: (/\*\*Details:\*\* ([\s\S]*?)(?:\n\n|$)/.exec(section)?.[1] ?? section).trim(),
  }));
}
