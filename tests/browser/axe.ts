import { createRequire } from "node:module";
import type { Frame, Page } from "playwright-core";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

type AxeResults = { violations: { id: string; help: string; nodes: { html: string; target: unknown }[] }[] };

/**
 * What axe-core finds wrong in a page or frame under WCAG 2.2 AA, one line per fault; empty where all is well.
 * @param within a CSS selector; without it the whole document
 */
export async function accessibilityFaults(where: Page | Frame, within?: string): Promise<string[]> {
  // Evaluated rather than added as a script element: the page's own security policy stays as it is.
  const { readFile } = await import("node:fs/promises");
  await where.evaluate(await readFile(AXE, "utf8"));
  const results = await where.evaluate(
    async ([rules, selector]) => {
      const { axe } = window as unknown as {
        axe: { run: (context: unknown, options: unknown) => Promise<unknown> };
      };
      return axe.run(selector ?? document, { runOnly: rules, resultTypes: ["violations"], iframes: false });
    },
    [RULES, within ?? null] as const,
  );
  return (results as AxeResults).violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, target }) => `${id}: ${help}: ${JSON.stringify(target)} ${html.slice(0, 160)}`),
  );
}
