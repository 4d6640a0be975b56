import { memo } from "react";
import { Box } from "./polaris";

export type MailView = "desktop" | "phone" | "text" | "short";
export type ShownMail = { subject: string; html: string; text: string; short: string };

const DARK_QUERY = "@media (prefers-color-scheme: dark)";

type MailFrameProps = { mail: ShownMail | null; view: MailView; dark: boolean };

/** The mail in a frame of its own that runs no scripts and leads nowhere. */
export const MailFrame = memo(function MailFrame({ mail, view, dark }: MailFrameProps) {
  if (!mail) return <Box minHeight="600px" />;
  if (view === "text" || view === "short") {
    return (
      <Box background="bg-surface-secondary" padding="400" borderRadius="200" minHeight="600px">
        <pre style={{ margin: 0, whiteSpace: "pre-wrap", overflowWrap: "anywhere", font: "inherit" }}>
          {view === "text" ? mail.text : mail.short || "This email has no short form."}
        </pre>
      </Box>
    );
  }
  const document = mail.html
    .replace("<head>", '<head><base target="_blank">')
    .replaceAll(DARK_QUERY, dark ? "@media all" : "@media not all");
  return (
    <div style={{ display: "flex", justifyContent: "center" }}>
      <iframe
        title={`Preview on a ${view}${dark ? ", dark" : ""}`}
        sandbox=""
        srcDoc={document}
        style={{
          width: view === "phone" ? 375 : "100%",
          maxWidth: "100%",
          height: 640,
          border: "1px solid #e3e3e3",
          borderRadius: 8,
        }}
      />
    </div>
  );
});
