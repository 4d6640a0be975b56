// The developer strip at the end of the page: which extensions run, and what Shopify would not accept.

export type Reports = ReturnType<typeof createReports>;

export function createReports(strip: HTMLElement) {
  const list = strip.querySelector<HTMLElement>("[data-extensions]")!;
  const problems = strip.querySelector<HTMLElement>("[data-problems]")!;
  const count = strip.querySelector<HTMLElement>("[data-problem-count]")!;

  function addLine(parent: HTMLElement, text: string): void {
    const line = document.createElement("li");
    line.textContent = text;
    parent.append(line);
  }

  return {
    list({
      handle,
      target,
      deflatedBytes,
    }: {
      handle: string;
      target: string;
      deflatedBytes: number | null;
    }): void {
      const size =
        deflatedBytes === null ? "not built" : `${(deflatedBytes / 1024).toFixed(1)} KB compressed`;
      addLine(list, `${handle} — ${target} — ${size}`);
    },
    /** Something to repair. */
    add(handle: string, target: string, message: string): void {
      console.warn("[extension]", handle, target, message);
      addLine(problems, `${handle} (${target}): ${message}`);
      const total = problems.children.length;
      count.textContent = total === 1 ? "1 problem" : `${total} problems`;
      strip.dataset.problems = String(total);
    },
    /** Something that happened. */
    note(handle: string, message: string): void {
      addLine(list, `${handle}: ${message}`);
    },
  };
}
