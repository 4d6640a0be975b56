import type { Said } from "../../shared/contract";
import type { Page } from "../../shared/page";

/** Stands in the editor, where nobody is signed in. */
export function sampleSaid({ text }: Page, now: Date): Said {
  const message = { title: text("sample.message"), body: text("sample.message_body"), url: null };
  const tip = { title: text("sample.tip"), paragraphs: [text("sample.tip_body")] };
  return {
    messages: [{ id: "sample", ...message, createdAt: now.toISOString(), read: false }],
    tips: [{ id: "sample", ...tip, videoUrl: null, imageUrl: null }],
    codes: [],
  };
}
