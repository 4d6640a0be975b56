import type { Mail } from "./channel";

/** Postmark gives a mail an id of its own; with this its webhooks tell ours (app/http/providers-mail-events.ts). */
export function providerHeaders(url: string, { messageId }: Mail): Record<string, string> {
  if (!/@?smtp[\w.-]*\.postmarkapp\.com/i.test(url)) return {};
  return { "X-PM-Metadata-postlude": messageId.split("@")[0]!, "X-PM-KeepID": "true" };
}
