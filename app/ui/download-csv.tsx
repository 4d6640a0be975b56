import { useState } from "react";
import { Button, InlineError } from "./polaris";

type DownloadCsvProps = {
  url: string;
  /** The file is named after it. */
  name: string;
  disabled?: boolean;
};

/** Fetched by script, because only so the request carries the admin's session token; then saved as a file. */
export function DownloadCsv({ url, name, disabled }: DownloadCsvProps) {
  const [state, setState] = useState<"idle" | "loading" | "failed">("idle");
  const download = async () => {
    setState("loading");
    try {
      const response = await fetch(url);
      if (!response.ok) throw new Error(`answered ${response.status}`);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await response.blob());
      link.download = `${
        name
          .match(/[\p{L}\p{N}]+/gu)
          ?.join("-")
          .toLowerCase() ?? "figures"
      }.csv`;
      link.click();
      URL.revokeObjectURL(link.href);
      setState("idle");
    } catch {
      setState("failed");
    }
  };
  return (
    <>
      <Button id="download-csv" onClick={download} loading={state === "loading"} disabled={disabled}>
        Download CSV
      </Button>
      {state === "failed" && (
        <InlineError fieldID="download-csv" message="The download failed. Please try again." />
      )}
    </>
  );
}
