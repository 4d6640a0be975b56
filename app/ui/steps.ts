import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { useEffect, useRef } from "react";
import type { SaveResult } from "./save";

type Step<Intent extends string> = { intent: Intent; id: string };

/**
 * Posts `{ intent, id }` to the page's action and tells what came of it; a step can be taken back from the toast.
 * @param undo the step that takes each step back, where there is one
 */
export function useSteps<Intent extends string>(undo: Partial<Record<Intent, Intent>>) {
  const fetcher = useFetcher<SaveResult>();
  const shopify = useAppBridge();
  const last = useRef<Step<Intent>>();
  const told = useRef<SaveResult>();

  function take(intent: Intent, id: string): void {
    last.current = { intent, id };
    fetcher.submit(JSON.stringify({ intent, id }), { method: "post", encType: "application/json" });
  }

  useEffect(() => {
    const { data } = fetcher;
    if (fetcher.state !== "idle" || !data?.problems || data === told.current || !last.current) return;
    told.current = data;
    const problem = Object.values(data.problems)[0];
    if (problem) return void shopify.toast.show(problem, { isError: true });
    const { intent, id } = last.current;
    const back = undo[intent];
    shopify.toast.show(data.saved ?? "Done", back ? { action: "Undo", onAction: () => take(back, id) } : {});
  });
  return { take, busy: fetcher.state !== "idle" };
}
