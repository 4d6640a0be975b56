// The demo's mailbox: a real SMTP server that takes every mail for everybody and keeps it.
import type { MailMessage } from "../store/types.ts";

export type Mailbox = {
  port: number;
  /** Newest first. */
  mails(): MailMessage[];
  mail(id: string): MailMessage | undefined;
  clear(): void;
  subscribe(listener: (mail: MailMessage) => void): () => void;
  stop(): Promise<void>;
};
