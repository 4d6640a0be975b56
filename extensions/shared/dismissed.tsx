import { useEffect, useState } from "preact/hooks";
import type { Page } from "./page";

const THANKS_SHOWN_MS = 4000;

/** Thanks for a moment. Its line stays empty afterwards: what stands below must not move while it is read. */
export function Dismissed({ page }: { page: Page }) {
  const [isThanking, setThanking] = useState(true);

  useEffect(() => {
    const timer = setTimeout(() => setThanking(false), THANKS_SHOWN_MS);
    return () => clearTimeout(timer);
  }, []);

  return (
    <s-box minBlockSize="24px">
      <s-stack accessibilityRole="status">
        {isThanking && <s-text color="subdued">{page.text("dismissed")}</s-text>}
      </s-stack>
    </s-box>
  );
}
