/**
 * The port through which a message leaves: one function per channel that hands one message to one recipient, and one
 * kind of error that says what is certain about it afterwards. Only this folder knows providers.
 */

/** Hands one message over. @throws ChannelError that says what is certain about the message */
export type HandOver<Form> = (message: Form) => Promise<Receipt>;

/** The provider has taken responsibility. `providerId` is how it calls the message. */
export type Receipt = { providerId: string };

export type Mail = {
  /** RFC 5322 Message-ID without angle brackets; the same for every attempt. */
  messageId: string;
  from: { name: string; address: string };
  /** One plain address. */
  to: string;
  replyTo: string | null;
  /** Where the mail comes back to when it cannot be delivered (SMTP envelope); left out: the sender's address. */
  returnPath?: string;
  subject: string;
  html: string;
  text: string;
  headers: Record<string, string>;
};

export type TextMessage = {
  channel: "sms" | "whatsapp";
  /** E.164. */
  to: string;
  /** E.164, or the sid of a messaging service (MG…). */
  from: string;
  text: string;
  /** Where the provider tells what became of it; left out for a test message. */
  statusUrl?: string;
  account: { sid: string; token: string };
};

export type PushMessage = {
  endpoint: string;
  /** The browser's keys, base64url (RFC 8291). */
  keys: { p256dh: string; auth: string };
  /** What the service worker shows. A notification replaces an older one with the same tag. */
  payload: { title: string; body: string; url: string; tag: string };
};

export type WebhookCall = {
  url: string;
  /** The same for every attempt: a receiver that keeps it does nothing twice. */
  idempotencyKey: string;
  /** Signs the body. */
  secret: string;
  event: string;
  body: string;
};

export type ChannelErrorKind =
  /** Certainly not accepted; may work later. */
  | "temporary"
  /** This address takes no messages. */
  | "recipient"
  /** The person told the provider that they want no more. They can take it back. */
  | "stopped"
  /** Certainly not accepted, and never will be as it is. */
  | "permanent"
  /** The provider does not let us in: the merchant has to mend the account. May work later. */
  | "account"
  /** Nobody knows whether it was accepted: the answer got lost. */
  | "ambiguous";

export class ChannelError extends Error {
  override name = "ChannelError";
  readonly kind: ChannelErrorKind;

  constructor(kind: ChannelErrorKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/**
 * Channels on which the same message handed over twice arrives once: a webhook carries an idempotency key, a
 * notification replaces the one with its tag. What became ambiguous there is simply sent again.
 */
export const REPEATABLE: readonly string[] = ["webhook", "push"];
