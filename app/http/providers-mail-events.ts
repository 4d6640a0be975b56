import { createPublicKey, timingSafeEqual, verify } from "node:crypto";
import { z } from "zod";
import type { Report } from "#app/messages/reports.server";
import { readMessageId } from "#app/messages/return-path";

/** What two providers of mail tell by webhook, in our words. Events about other mails, and of other kinds, are left out. */
export type ProviderReport = { shopId: number; report: Report };

// ───────── SendGrid: signed event webhook ─────────

/**
 * ECDSA on P-256 over timestamp and body.
 * https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features
 * @param key base64 of the public key (SPKI)
 */
export function isSendgrids(key: string, signature: string, timestamp: string, body: Buffer): boolean {
  try {
    const publicKey = createPublicKey({ key: Buffer.from(key, "base64"), format: "der", type: "spki" });
    const signed = Buffer.concat([Buffer.from(timestamp), body]);
    return verify("sha256", signed, publicKey, Buffer.from(signature, "base64"));
  } catch {
    return false;
  }
}

const SendgridEvents = z.array(
  z.object({
    event: z.string(),
    timestamp: z.number(),
    sg_event_id: z.string().min(1),
    "smtp-id": z.string().optional(),
    reason: z.string().optional(),
    response: z.string().optional(),
    status: z.string().optional(),
    type: z.string().optional(),
  }),
);

/** @returns null where this is not SendGrid's format */
export function readSendgrid(json: unknown): ProviderReport[] | null {
  const events = SendgridEvents.safeParse(json);
  if (!events.success) return null;
  return events.data.flatMap((event) => {
    const about = readMessageId(event["smtp-id"] ?? "");
    const kind = sendgridKind(event);
    if (!about || !kind) return [];
    const reason = [event.status, event.reason ?? event.response].filter(Boolean).join(" ");
    const happenedAt = new Date(event.timestamp * 1000);
    const sourceKey = `sendgrid:${event.sg_event_id}`;
    return [
      { shopId: about.shopId, report: { messageId: about.messageId, kind, reason, sourceKey, happenedAt } },
    ];
  });
}

function sendgridKind({
  event,
  type,
  reason = "",
}: z.infer<typeof SendgridEvents>[number]): Report["kind"] | null {
  switch (event) {
    case "delivered":
      return "delivered";
    case "bounce":
      return type === "blocked" ? "soft-bounce" : "bounce";
    case "dropped":
      return /bounced|invalid|spam report/i.test(reason) ? "bounce" : "failed";
    case "deferred":
      return "soft-bounce";
    case "spamreport":
      return "complaint";
    default:
      return null;
  }
}

// ───────── Postmark: basic authentication ─────────

/** @param expected "user:password" */
export function isPostmarks(expected: string, authorization: string): boolean {
  const given = Buffer.from(authorization.replace(/^Basic\s+/i, ""), "base64");
  const wanted = Buffer.from(expected);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

const PostmarkEvent = z.object({
  RecordType: z.string(),
  ID: z.number().optional(),
  MessageID: z.string().min(1),
  Type: z.string().optional(),
  Description: z.string().optional(),
  Details: z.string().optional(),
  DeliveredAt: z.iso.datetime({ offset: true }).optional(),
  BouncedAt: z.iso.datetime({ offset: true }).optional(),
  Metadata: z.record(z.string(), z.string()).optional(),
});

/** Bounces after which Postmark itself gives the address up. https://postmarkapp.com/developer/api/bounce-api#bounce-types */
const DEAD = ["HardBounce", "BadEmailAddress", "ManuallyDeactivated", "AddressChange"];

/** @returns null where this is not Postmark's format */
export function readPostmark(json: unknown): ProviderReport[] | null {
  const parsed = PostmarkEvent.safeParse(json);
  if (!parsed.success) return null;
  const event = parsed.data;
  const about = readMessageId(`${event.Metadata?.postlude ?? ""}@`);
  const kind = postmarkKind(event);
  if (!about || !kind) return [];
  const told = event.DeliveredAt ?? event.BouncedAt;
  if (!told) return null;
  const sourceKey = `postmark:${event.RecordType}:${event.ID ?? event.MessageID}`;
  const reason = event.Description ?? event.Details ?? event.RecordType;
  const report = { messageId: about.messageId, kind, reason, sourceKey, happenedAt: new Date(told) };
  return [{ shopId: about.shopId, report }];
}

function postmarkKind({ RecordType, Type = "" }: z.infer<typeof PostmarkEvent>): Report["kind"] | null {
  if (RecordType === "Delivery") return "delivered";
  if (RecordType === "SpamComplaint" || Type === "SpamComplaint") return "complaint";
  if (RecordType !== "Bounce") return null;
  return DEAD.includes(Type) ? "bounce" : "soft-bounce";
}
