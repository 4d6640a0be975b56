import { useRevalidator } from "@remix-run/react";
import { useEffect } from "react";
import { Banner } from "#app/ui/polaris";

type StateBannerProps = {
  enabled: boolean;
  learnt: boolean;
  leastOrders: number;
  sync: { state: string; error: string | null };
  /** Day since which buyers are split as they are now. */
  since: string | null;
  saving: boolean;
  onTryAgain: () => void;
};

const ASK_AGAIN_MS = 2000;

/** Whether it runs, and whether Shopify has what is set here. */
export function StateBanner(props: StateBannerProps) {
  const { enabled, learnt, leastOrders, sync, since, saving, onTryAgain } = props;
  const isWaiting = sync.state === "pending" || sync.state === "unknown";
  useAskAgain(isWaiting);

  if (sync.state === "failed") {
    return (
      <Banner
        tone="critical"
        title="Shopify did not take the change"
        action={{ content: "Try again", onAction: onTryAgain, loading: saving }}
      >
        <p>{sync.error}</p>
      </Banner>
    );
  }
  if (isWaiting) {
    return (
      <Banner tone="info">
        <p>Shopify is being told about the change. This takes a few seconds.</p>
      </Banner>
    );
  }
  if (!learnt) {
    return (
      <Banner tone="info" title="Not enough orders yet">
        <p>
          {`Postlude needs ${leastOrders} orders of the last year, paid in at least two ways. It looks again every week and after an import. `}
          {enabled ? "Until then the payment step keeps Shopify's order; your rules already hold." : ""}
        </p>
      </Banner>
    );
  }
  return (
    <Banner tone={enabled ? "success" : "info"}>
      <p>
        {enabled
          ? `On since ${since ?? "today"}. Shopify has the newest state.`
          : "Off. The payment step shows Shopify's own order. Try below what buyers would see."}
      </p>
    </Banner>
  );
}

function useAskAgain(isWaiting: boolean): void {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setInterval(revalidate, ASK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isWaiting, revalidate]);
}
