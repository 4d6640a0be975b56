import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { useEffect, useRef } from "react";
import { useFocusOnProblem } from "./focus-problem";

/** What every saving action answers: nothing wrong, or a problem per field ("" is the form as a whole). */
export type SaveResult = {
  problems: Record<string, string>;
  saved?: string;
  /** Somebody else saved since the page was opened; nothing was saved now. */
  isStale?: boolean;
};

/** The answer to a save that began from what is no longer the newest. */
export const STALE = {
  problems: { "": "Somebody saved this meanwhile." },
  isStale: true,
} satisfies SaveResult;

/** The same object each time, so that what shows no problem is not drawn anew. */
const NO_PROBLEMS: Record<string, string> = {};

/**
 * Posts a form's value as JSON to the page's action. Success is told by a toast (`saved`), failure stays on the page
 * as problems beside the fields, of which the first gets the focus.
 */
export function useSave<Value, Result extends SaveResult = SaveResult>(): {
  save: (value: Value) => void;
  saving: boolean;
  problems: Record<string, string>;
  /** The action's latest answer. */
  result: Result | undefined;
} {
  const fetcher = useFetcher<SaveResult>();
  const shopify = useAppBridge();
  const told = useRef<SaveResult>();
  /** The answer to the save before. It stays in the fetcher where the next one leads to another page. */
  const before = useRef<SaveResult>();
  const isOld = fetcher.state === "idle" && fetcher.data !== undefined && fetcher.data === before.current;
  const result = isOld ? undefined : fetcher.data;
  useEffect(() => {
    if (fetcher.state !== "idle" || !fetcher.data || fetcher.data === told.current) return;
    told.current = fetcher.data;
    if (fetcher.data.saved) shopify.toast.show(fetcher.data.saved);
  }, [fetcher.state, fetcher.data, shopify]);
  useFocusOnProblem(result?.problems);
  return {
    save: (value) => {
      before.current = fetcher.data;
      fetcher.submit(JSON.stringify(value, withoutNaN), { method: "post", encType: "application/json" });
    },
    saving: fetcher.state !== "idle",
    problems: result?.problems ?? NO_PROBLEMS,
    result: result as Result | undefined,
  };
}

/** JSON has no NaN and would say null, which means "none": a number that is none must be refused, not saved as nothing. */
function withoutNaN(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? "not a number" : value;
}
