import type { ShouldRevalidateFunction } from "@remix-run/react";
import { useEffect } from "react";

/**
 * For a page that also asks, for previews or tests: answers change nothing, so nothing needs to be loaded again. But Remix drops a
 * load under way when another answer comes: what a save asked for is then asked for again, or the page would go on from an
 * earlier version.
 *
 * @param isAsking of an intent: nothing is saved by it
 * @param afterOthers whether to load again after everything else
 * @returns what the route exports, and a hook that its page gives what was loaded
 */
export function reloadAfterSaves(
  isAsking: (intent: string | undefined) => boolean,
  afterOthers: ShouldRevalidateFunction,
): { shouldRevalidate: ShouldRevalidateFunction; useLoaded: (data: unknown) => void } {
  /** After a save, until the page has what was saved. */
  let isOwed = false;
  return {
    shouldRevalidate: (args) => {
      if (!isAsking((args.json as { intent?: string } | undefined)?.intent)) isOwed = afterOthers(args);
      return isOwed;
    },
    useLoaded: (data) =>
      useEffect(() => {
        isOwed = false;
      }, [data]),
  };
}
