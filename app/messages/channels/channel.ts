/** The port through which a message leaves. One call hands over one message to one recipient. */
export type Mail = {
  /** RFC 5322 Message-ID without angle brackets; the same for every attempt. */
  messageId: string;
  from: { name: string; address: string };
  /** One plain address. */
  to: string;
  replyTo: string | null;
  subject: string;
  html: string;
  text: string;
  headers: Record<string, string>;
};

export type Channel = {
  /**
   * Hands one mail over.
   * @returns the provider's id once it has taken responsibility
   * @throws ChannelError that says what is certain about the mail
   */
  send: (mail: Mail) => Promise<{ providerId: string }>;
};

export type ChannelErrorKind =
  /** Certainly not accepted; may work later. */
  | "temporary"
  /** This address takes no mail. */
  | "recipient"
  /** Certainly not accepted, and never will be as it is. */
  | "permanent"
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
