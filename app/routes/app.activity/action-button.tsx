import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { useEffect, useRef } from "react";
import { BlockStack, Button, InlineError } from "#app/ui/polaris";
import type { ActivityResult } from "./route";

type ActionButtonProps = {
  label: string;
  /** Says which row, for those who hear the page. */
  accessibilityLabel?: string;
  fields: Record<string, string>;
};

/** A button that posts to the page's action, tells success by a toast and failure beside itself. */
export function ActionButton({ label, accessibilityLabel, fields }: ActionButtonProps) {
  const fetcher = useFetcher<ActivityResult>();
  const shopify = useAppBridge();
  const told = useRef<ActivityResult>();
  const result = fetcher.data;
  useEffect(() => {
    if (fetcher.state !== "idle" || !result || result === told.current) return;
    told.current = result;
    if (result.status === "replayed") shopify.toast.show(`${result.count} will be tried again`);
    if (result.status === "export") download(result.fileName, result.data);
  }, [fetcher.state, result, shopify]);
  const id = `problem-${Object.values(fields).join("-")}`;
  return (
    <BlockStack gap="100">
      <Button
        size="slim"
        accessibilityLabel={accessibilityLabel}
        loading={fetcher.state !== "idle"}
        onClick={() => fetcher.submit(fields, { method: "post" })}
      >
        {label}
      </Button>
      {result?.status === "refused" && <InlineError message={result.problem} fieldID={id} />}
    </BlockStack>
  );
}

/** A plain link would not carry the session token of the embedded app. */
function download(fileName: string, data: object): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
