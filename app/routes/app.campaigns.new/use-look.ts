import { useFetcher } from "@remix-run/react";
import { useEffect } from "react";
import type { CampaignAction, CampaignActionResult, CampaignDraft, Look } from "./form";

const PAUSE_MS = 300;
const NONE: Record<string, string> = {};

/** Who would get what is typed, or which fields keep that from being told; follows the form. */
export function useLook(draft: CampaignDraft): { look: Look | undefined; wrong: Record<string, string> } {
  const { data, submit } = useFetcher<CampaignActionResult>();
  const { name: _, ...rest } = draft;
  const asked = JSON.stringify({ intent: "look", ...rest } satisfies CampaignAction);
  useEffect(() => {
    const timer = setTimeout(() => submit(asked, { method: "post", encType: "application/json" }), PAUSE_MS);
    return () => clearTimeout(timer);
    // `submit` changes with every rendering; only a change of the form may ask again.
  }, [asked]);
  return { look: data?.look, wrong: data?.problems ?? NONE };
}
