import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { useEffect, useRef } from "react";
import type { CompanionRule } from "#app/offers/companions.server";
import type { SaveResult } from "#app/ui/save";

/** Sets or takes back the rule between a product and another one; tells what came of it. */
export function useRule(productGid: string): (otherGid: string, rule: CompanionRule | null) => void {
  const fetcher = useFetcher<SaveResult>();
  const shopify = useAppBridge();
  const told = useRef<SaveResult>();
  useEffect(() => {
    const { data, state } = fetcher;
    if (state !== "idle" || !data || data === told.current) return;
    told.current = data;
    const problem = Object.values(data.problems)[0];
    if (problem) shopify.toast.show(problem, { isError: true });
    else shopify.toast.show(data.saved ?? "Done");
  });
  return (otherGid, rule) =>
    fetcher.submit(JSON.stringify({ productGid, otherGid, rule }), {
      method: "post",
      encType: "application/json",
    });
}
