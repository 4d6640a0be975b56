import { CodeToCart } from "../../shared/code-to-cart";
import type { OpenCode } from "../../shared/contract";
import type { Page } from "../../shared/page";

/** Codes that were taken and still work. */
export function Codes({ page, codes }: { page: Page; codes: OpenCode[] }) {
  return (
    <s-stack gap="large">
      {codes.map(({ title, ...taken }) => (
        <s-stack key={taken.code} gap="small">
          <s-heading>{title}</s-heading>
          <CodeToCart page={page} taken={taken} />
        </s-stack>
      ))}
    </s-stack>
  );
}
