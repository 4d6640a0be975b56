import { useState } from "react";
import { Button, InlineError } from "./polaris";

type DownloadButtonProps = { label: string; url: string; filename: string; disabled?: boolean };

/** Fetched by script, because only so the request carries the admin's session token; then saved as a file. */
export function DownloadButton({ label, url, filename, disabled }: DownloadButtonProps) {
  const [state, setState] = useState<"idle" | "loading" | "failed">("idle");
  const download = async () => {
    setState("loading");
    try {
      const response = await fetch(url);
      if (!response.ok) throw new Error(`answered ${response.status}`);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await response.blob());
      link.download = filename;
      link.click();
      URL.revokeObjectURL(link.href);
      setState("idle");
    } catch {
      setState("failed");
    }
  };
  return (
    <>
      <Button id="download" onClick={() => void download()} loading={state === "loading"} disabled={disabled}>
        {label}
      </Button>
      {state === "failed" && (
        <InlineError fieldID="download" message="The download failed. Please try again." />
      )}
    </>
  );
}
