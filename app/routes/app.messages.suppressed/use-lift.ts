import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { useEffect, useRef } from "react";
import type { LiftResult, Wish } from "./route";

export type Lift = {
  lift: (whose: Omit<Wish, "intent">) => void;
  lifting: string | null;
  problem: string | null;
};

/** Lifts, and offers the way back in a toast. It stands with the page: the row is gone by the time of the answer. */
export function useLift(): Lift {
  const fetcher = useFetcher<LiftResult>();
  const shopify = useAppBridge();
  const told = useRef<LiftResult>();
  const asked = useRef<string | null>(null);
  const send = (wish: Wish) => {
    asked.current = wish.hash;
    fetcher.submit(JSON.stringify(wish), { method: "post", encType: "application/json" });
  };
  const result = fetcher.data;
  useEffect(() => {
    if (fetcher.state !== "idle" || !result || result === told.current) return;
    told.current = result;
    const { saved, lifted } = result;
    if (saved) shopify.toast.show(saved);
    if (lifted) {
      const undo = () => send({ intent: "stop-again", ...lifted });
      shopify.toast.show("Messages go there again", { action: "Undo", onAction: undo });
    }
  });
  return {
    lift: (whose) => send({ intent: "lift", ...whose }),
    lifting: fetcher.state === "idle" ? null : asked.current,
    problem: result?.problems[""] ?? null,
  };
}
