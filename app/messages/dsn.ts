import PostalMime, { type Attachment, type Email } from "postal-mime";
import { refusedRecipient } from "./channels/refused-recipient";
import type { Report } from "./reports.server";
import { readMessageId, readReturnPath } from "./return-path";

/**
 * Mails that mail servers send back: delivery status notifications (RFC 3464) and spam complaints (RFC 5965). Only what
 * names one of our own mails counts, by the address it came back to or by the Message-ID it returns.
 */
export type ReturnedMail = { shopId: number; report: Report };

/** @returns null for a mail that is no report, or a report about no mail of ours */
export async function readReturnedMail(
  raw: Buffer,
  { secret, now }: { secret: string; now: Date },
): Promise<ReturnedMail | null> {
  const mail = await new PostalMime({ forceRfc822Attachments: true }).parse(raw).catch(() => null);
  if (!mail) return null;
  const about = messageOf(mail, secret);
  if (!about) return null;
  const kindAndReason = complaintOf(mail) ?? deliveryStatusOf(mail);
  if (!kindAndReason) return null;
  const { kind, reason } = kindAndReason;
  const told = mail.date ? new Date(mail.date) : now;
  const happenedAt = Number.isNaN(told.getTime()) || told > now ? now : told;
  const sourceKey = `dsn:${about.messageId}:${kind}:${mail.messageId ?? happenedAt.toISOString()}`;
  return {
    shopId: about.shopId,
    report: { messageId: about.messageId, kind, reason, sourceKey, happenedAt },
  };
}

/** The return path is signed; a Message-ID is not, but then the caller knows whose mails it takes. */
function messageOf(mail: Email, secret: string): { shopId: number; messageId: string } | null {
  const addresses = [
    ...(mail.to ?? []).map(({ address }) => address ?? ""),
    mail.deliveredTo ?? "",
    ...mail.headers
      .filter(({ key }) => /^(x-original-to|envelope-to|x-failed-recipients)$/.test(key))
      .map(({ value }) => value),
  ];
  for (const address of addresses) {
    const found = readReturnPath(secret, address);
    if (found) return found;
  }
  const original = partOf(mail, /^(message\/rfc822|text\/rfc822-headers)/);
  const id = original && /^message-id:\s*(<[^>]+>)/im.exec(textOf(original))?.[1];
  return readMessageId(id ?? mail.inReplyTo ?? mail.references ?? "");
}

type KindAndReason = Pick<Report, "kind" | "reason">;

function complaintOf(mail: Email): KindAndReason | null {
  const part = partOf(mail, /^message\/feedback-report/);
  if (!part) return null;
  const type = /^feedback-type:\s*([\w-]+)/im.exec(textOf(part))?.[1]?.toLowerCase();
  return type === "abuse" || type === "fraud"
    ? { kind: "complaint", reason: `Feedback report: ${type}` }
    : null;
}

/** Each recipient has a block of fields; our mails have one recipient. */
function deliveryStatusOf(mail: Email): KindAndReason | null {
  const part = partOf(mail, /^message\/(global-)?delivery-status/);
  if (!part) return null;
  const fields = fieldsOf(textOf(part));
  const action = fields.get("action")?.toLowerCase();
  const status = /\b([245])\.\d{1,3}\.\d{1,3}\b/.exec(fields.get("status") ?? "");
  const diagnosis = fields.get("diagnostic-code")?.replace(/^\w+;\s*/, "");
  const reason = [status?.[0], diagnosis].filter(Boolean).join(" ") || `Action: ${action}`;
  if (action === "delivered" || action === "relayed") return { kind: "delivered", reason };
  if (action === "delayed") return { kind: "soft-bounce", reason };
  if (action !== "failed") return null;
  const isDead = refusedRecipient(diagnosis ?? "", status?.[0]) === "recipient";
  return { kind: isDead ? "bounce" : "soft-bounce", reason };
}

/** The first value of each field over all blocks, lower-cased names; folded lines joined. */
function fieldsOf(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of text
    .replace(/\r\n/g, "\n")
    .replace(/\n[ \t]+/g, " ")
    .split("\n")) {
    const match = /^([\w-]+):\s*(.*)$/.exec(line);
    const name = match?.[1]!.toLowerCase();
    if (name && !fields.has(name)) fields.set(name, match![2]!.trim());
  }
  return fields;
}

function partOf(mail: Email, type: RegExp): Attachment | undefined {
  return mail.attachments.find(({ mimeType }) => type.test(mimeType));
}

function textOf({ content }: Attachment): string {
  return typeof content === "string" ? content : Buffer.from(content as ArrayBuffer).toString("utf8");
}
